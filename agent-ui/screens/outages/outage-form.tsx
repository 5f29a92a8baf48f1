import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { OutageView } from '#contract/casework/outages.ts'
import { api } from '../../api.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { RequestFailed } from '../../request.ts'
import { FormButtons } from '../../components/draft-form/form-buttons.tsx'
import { useDraftForm } from '../../components/draft-form/use-draft-form.ts'
import type { DraftForm } from '../../components/draft-form/use-draft-form.ts'
import { notifyDone } from '../../components/failure.tsx'
import { KEYS, queries, refresh } from '../../queries.ts'
import { formatDateTime } from '../../state/local-time.ts'
import {
  outageChange,
  outageEntryOf,
  outageEntrySchema,
  outageOrder,
  outageTitle,
} from '../../state/outage-entry.ts'
import type { OutageEntry } from '../../state/outage-entry.ts'
import { useServerNow } from '../../ticker.ts'
import { WordsArea } from '../../components/words-area/words-area.tsx'

interface OutageFormProps {
  /** One that is open and changed, an offer that is taken up, or null for a new one. */
  known: OutageView | null
  /** Where a new one is, when that is known already. */
  area?: string
  onDone: (outage: OutageView) => void
  onCancel: () => void
}

/** What callers are told of an outage, and how their callbacks go out when it is over. */
export function OutageForm({ known, area, onDone, onCancel }: OutageFormProps) {
  const { t } = useTranslation()
  const isOpen = known?.status === 'open'
  const save = useSaveOutage(known, {
    onSaved(outage) {
      draft.clear()
      notifyDone(t(isOpen ? 'outages.changed' : 'outages.opened'))
      onDone(outage)
    },
    onRefused: (error) => draft.refuse(error),
  })
  const draft = useDraftForm({
    key: `outage.${known?.id ?? area ?? 'new'}`,
    schema: outageEntrySchema,
    initial: { ...outageEntryOf(known), ...(area === undefined ? {} : { area }) },
    onSubmit: (entry) => save.mutate(entry),
  })
  const { form } = draft
  return (
    <form {...draft.props} aria-label={t(isOpen ? 'outages.change' : 'outages.open')}>
      <Stack gap="sm">
        {known === null ? (
          <Group grow align="flex-start">
            <TextInput
              label={t('outages.area')}
              description={t('outages.areaHint')}
              data-autofocus
              {...form.getInputProps('area')}
            />
            <TextInput
              label={t('outages.service')}
              description={t('outages.serviceHint')}
              {...form.getInputProps('service')}
            />
          </Group>
        ) : (
          <Text fw={600}>{outageTitle(known)}</Text>
        )}
        <WordsArea
          label={t('outages.message')}
          description={t('outages.messageHint')}
          withAsterisk
          rows={2}
          data-autofocus={known !== null || undefined}
          {...form.getInputProps('message')}
        />
        <Until form={form} />
        <TextInput
          label={t('outages.pace')}
          description={t('outages.paceHint')}
          inputMode="numeric"
          maw={260}
          {...form.getInputProps('callbacksPerMinute')}
        />
        <FormButtons
          submit={t(isOpen ? 'common.save' : 'outages.open')}
          isSaving={save.isPending}
          onCancel={onCancel}
        />
      </Stack>
    </form>
  )
}

const QUICK_HOURS = [1, 2, 4] as const
const HOUR_MS = 3_600_000

/** When it is expected to be over: typed, or so many hours from now. */
function Until({ form }: { form: DraftForm<OutageEntry>['form'] }) {
  const { t } = useTranslation()
  const now = useServerNow()
  const set = (hours: number) =>
    form.setFieldValue(
      'expectedUntil',
      formatDateTime(new Date(now + hours * HOUR_MS).toISOString()),
    )
  return (
    <Group gap="xs" align="flex-end">
      <TextInput
        label={t('outages.expectedUntil')}
        description={t('outages.untilHint')}
        placeholder="28/11/2026 14:30"
        flex={1}
        {...form.getInputProps('expectedUntil')}
      />
      {QUICK_HOURS.map((hours) => (
        <Button key={hours} size="xs" variant="default" onClick={() => set(hours)}>
          {t('outages.inHours', { hours })}
        </Button>
      ))}
    </Group>
  )
}

interface SaveHooks {
  onSaved: (outage: OutageView) => void
  onRefused: (error: unknown) => void
}

function useSaveOutage(known: OutageView | null, { onSaved, onRefused }: SaveHooks) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (entry: OutageEntry) =>
      known?.status === 'open' && known.ticket
        ? api.saveOutage(known.ticket.id, outageChange(entry, known))
        : api.openOutage(outageOrder(entry, known)),
    onSuccess: (outage) => {
      if (outage.ticket) client.setQueryData(queries.outage(outage.ticket.id).queryKey, outage)
      onSaved(outage)
    },
    onError: (error) => {
      // After a conflict the newer words are there to start from.
      if (error instanceof RequestFailed && error.kind === 'conflict') refresh(client, KEYS.outages)
      onRefused(error)
    },
    onSettled: () => refresh(client, KEYS.outages),
  })
}
