import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { FormEvent } from 'react'
import { api } from '../../api.ts'
import { LoadFailed, Loading } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { type ChangeProps, closeOnEscape, usePromiseChange } from './promise-change.tsx'

const OUTCOMES = ['reached', 'no_answer', 'busy', 'rejected', 'bad_number'] as const

/** Gives the promise to a colleague who has a phone. */
export function GivePromise({ promise, onClose }: ChangeProps) {
  const { t } = useTranslation()
  const people = useQuery(queries.promiseAssignees())
  const [chosen, setChosen] = useState('')
  const others = (people.data?.items ?? []).filter(({ id }) => id !== promise.assignee?.id)
  const give = usePromiseChange({ promise, onClose }, (staffId: string) =>
    api.assignPromise(promise.id, promise.version, staffId),
  )
  const choices = others.map(({ id, displayName }) => ({ value: id, label: displayName }))
  if (people.isPending) return <Loading rows={1} />
  if (people.isError) {
    return <LoadFailed error={people.error} onRetry={() => void people.refetch()} />
  }
  if (others.length === 0) return <NobodyElse onClose={onClose} />
  return (
    <ChooseOne
      title={t('promises.give')}
      label={t('promises.giveTo')}
      choices={[{ value: '', label: t('promises.chooseColleague') }, ...choices]}
      value={chosen}
      isBusy={give.isPending}
      onChoose={setChosen}
      onSubmit={() => give.mutate(chosen)}
      onClose={onClose}
    />
  )
}

function NobodyElse({ onClose }: Pick<ChangeProps, 'onClose'>) {
  const { t } = useTranslation()
  return (
    <Stack gap="xs" mt="xs" onKeyDown={closeOnEscape(onClose)}>
      <Text size="sm">{t('promises.nobodyElse')}</Text>
      <Button size="xs" variant="default" autoFocus onClick={onClose}>
        {t('common.cancel')}
      </Button>
    </Stack>
  )
}

/** Says how the last attempt really went. */
export function CorrectOutcome({ promise, onClose }: ChangeProps) {
  const { t } = useTranslation()
  const isKept = promise.status === 'done'
  const [outcome, setOutcome] = useState<string>(isKept ? 'no_answer' : 'reached')
  const correct = usePromiseChange({ promise, onClose }, (said: string) =>
    api.giveOutcome(promise.id, promise.version, said),
  )
  const possible = OUTCOMES.filter((one) =>
    isKept ? one !== 'reached' : one === 'reached' || promise.attempts.length > 0,
  )
  return (
    <ChooseOne
      title={t('promises.correct')}
      label={t('promises.correctTo')}
      choices={possible.map((value) => ({ value, label: t(`outcome.${value}`) }))}
      value={outcome}
      isBusy={correct.isPending}
      onChoose={setOutcome}
      onSubmit={() => correct.mutate(outcome)}
      onClose={onClose}
    />
  )
}

interface ChoiceProps {
  title: string
  label: string
  choices: { value: string; label: string }[]
  value: string
  isBusy: boolean
  onChoose: (value: string) => void
  onSubmit: () => void
  onClose: () => void
}

function ChooseOne(props: ChoiceProps) {
  const { t } = useTranslation()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (props.value !== '') props.onSubmit()
  }
  return (
    <form onSubmit={submit} onKeyDown={closeOnEscape(props.onClose)} aria-label={props.title}>
      <Stack gap="xs" mt="xs">
        <NativeSelect
          size="xs"
          label={props.label}
          data-autofocus
          autoFocus
          data={props.choices}
          value={props.value}
          onChange={(event) => props.onChoose(event.currentTarget.value)}
        />
        <Group gap="xs">
          <Button size="xs" type="submit" loading={props.isBusy} disabled={props.value === ''}>
            {props.title}
          </Button>
          <Button size="xs" variant="default" onClick={props.onClose}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
