import {
  Button,
  Group,
  Modal,
  NativeSelect,
  NumberInput,
  Stack,
  Table,
  Text,
  TextInput,
} from '@mantine/core'
import { IconTarget } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { FormEvent } from 'react'
import { TARGET_RULES, targetFigure, targetOn } from '#contract/supervision/targets.ts'
import type { Target, TargetFigure, Targets } from '#contract/supervision/targets.ts'
import { api } from '../../../api.ts'
import { LoadFailed, Loading, notifyFailure } from '../../../components/failure.tsx'
import { useTranslation } from '../../../i18n/translation.tsx'
import { queries } from '../../../queries.ts'
import { formatDate, localDay } from '../../../state/local-time.ts'
import { useCoarseNow } from '../../../ticker.ts'
import { useSaveSettings } from '../../settings/use-save-settings.ts'

/** What each figure should reach, from which day on, and who set it. */
export function TargetsButton() {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconTarget size={14} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t('targets.open')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        size="lg"
        title={t('targets.title')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {isOpen && <TargetsBody />}
      </Modal>
    </>
  )
}

function TargetsBody() {
  const { t } = useTranslation()
  const found = useQuery(queries.targets())
  if (found.isPending) return <Loading rows={7} />
  if (found.isError) return <LoadFailed error={found.error} onRetry={() => void found.refetch()} />
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t('targets.hint')}
      </Text>
      <TargetTable items={found.data.items} />
      <TargetForm targets={found.data} />
    </Stack>
  )
}

function useTargetText(): (figure: TargetFigure, value: number | null) => string {
  const { t } = useTranslation()
  return (figure, value) => {
    const { unit, sense } = TARGET_RULES[figure]
    if (value === null) return t('targets.none')
    return `${sense === 'least' ? '≥' : '≤'} ${t(`targets.${unit}`, { value })}`
  }
}

/** The one of today, and those that are still to come. */
function TargetTable({ items }: { items: readonly Target[] }) {
  const { t } = useTranslation()
  const today = localDay(useCoarseNow())
  const rows = targetFigure.options.flatMap((figure) => {
    const coming = items.filter((one) => one.figure === figure && (one.from ?? '') > today)
    return [
      { figure, target: targetOn(items, figure, today) },
      ...coming.map((target) => ({ figure, target })),
    ]
  })
  return (
    <Table verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('targets.figure')}</Table.Th>
          <Table.Th>{t('targets.value')}</Table.Th>
          <Table.Th>{t('targets.from')}</Table.Th>
          <Table.Th>{t('targets.setBy')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ figure, target }) => (
          <TargetRow key={`${figure}/${target?.from ?? ''}`} figure={figure} target={target} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

function TargetRow({ figure, target }: { figure: TargetFigure; target: Target | null }) {
  const { t } = useTranslation()
  const text = useTargetText()
  const from = target?.from ?? null
  return (
    <Table.Tr>
      <Table.Td>{t(`board.tile.${figure}`)}</Table.Td>
      <Table.Td className="numeric">{text(figure, target?.value ?? null)}</Table.Td>
      <Table.Td className="numeric">
        {from === null ? t('targets.always') : formatDate(`${from}T00:00:00.000Z`)}
      </Table.Td>
      <Table.Td>{target?.setBy?.displayName}</Table.Td>
    </Table.Tr>
  )
}

function TargetForm({ targets }: { targets: Targets }) {
  const { t } = useTranslation()
  const today = localDay(useCoarseNow())
  const [figure, setFigure] = useState<TargetFigure>('serviceLevel')
  const [value, setValue] = useState<number | string>('')
  const [from, setFrom] = useState(today)
  const { unit } = TARGET_RULES[figure]
  const save = useSaveSettings({
    key: queries.targets().queryKey,
    save: api.setTarget,
    done: t('targets.saved'),
    onSaved: () => setValue(''),
    onRefused: notifyFailure,
  })
  const isPast = from < today
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isPast) return
    const goal = value === '' ? null : Math.round(Number(value))
    save.mutate({ version: targets.version, figure, value: goal, from })
  }
  return (
    <form onSubmit={submit} aria-label={t('targets.save')}>
      <Group align="flex-start" grow>
        <NativeSelect
          label={t('targets.figure')}
          data={targetFigure.options.map((one) => ({ value: one, label: t(`board.tile.${one}`) }))}
          value={figure}
          onChange={(event) => setFigure(targetFigure.parse(event.currentTarget.value))}
        />
        <NumberInput
          label={`${t('targets.value')} (${t(`targets.${unit}Unit`)})`}
          description={t('targets.valueHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          allowDecimal={false}
          min={0}
          max={unit === 'percent' ? 100 : 3600}
          value={value}
          onChange={setValue}
        />
        <TextInput
          label={t('targets.from')}
          type="date"
          min={today}
          value={from}
          error={isPast ? t('targets.past') : null}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
      </Group>
      <Group justify="flex-end" mt="xs">
        <Button type="submit" size="xs" loading={save.isPending} disabled={isPast}>
          {t('targets.save')}
        </Button>
      </Group>
    </form>
  )
}
