import { Stack } from '@mantine/core'
import type { TFunction } from 'i18next'
import type { MissedCaller } from '#contract/casework/missed.ts'
import type { ListColumn } from '../../components/data-list/list-types.ts'
import { Tone } from '../../components/tone.tsx'
import type { ToneName } from '../../components/tone.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { formatNumber, formatShort } from '../../state/local-time.ts'
import { type MissedState, missedState } from '../../state/missed.ts'
import { useServerNow } from '../../ticker.ts'

const TONES: Record<MissedState, ToneName> = {
  hidden: 'calm',
  later: 'calm',
  due: 'warn',
  dialing: 'busy',
  failed: 'bad',
}

/** The columns of the worklist of missed callers. */
export function missedColumns(t: TFunction): readonly ListColumn<MissedCaller>[] {
  return [
    { id: 'caller', title: t('missed.caller'), cell: (row) => missedName(row, t) },
    {
      id: 'queue',
      title: t('missed.queue'),
      width: 150,
      cell: ({ queue }) => queue ?? t('missed.direct'),
    },
    {
      id: 'at',
      title: t('missed.at'),
      width: 130,
      cell: ({ missedAt }) => <At instant={missedAt} />,
    },
    {
      id: 'calls',
      title: t('missed.calls'),
      width: 90,
      align: 'end',
      cell: ({ calls }) => <span className="numeric">{formatNumber(calls)}</span>,
    },
    {
      id: 'state',
      title: t('missed.state'),
      width: 330,
      cell: (row) => <MissedTone caller={row} />,
    },
  ]
}

export function missedName({ customerName, number }: MissedCaller, t: TFunction): string {
  const shown = number.display === '' ? t('incoming.hidden') : number.display
  return customerName === null ? shown : `${customerName} · ${shown}`
}

function At({ instant }: { instant: string }) {
  const now = useServerNow()
  return <span className="numeric">{formatShort(instant, now)}</span>
}

/** What becomes of the caller, and what it waits for. */
function MissedTone({ caller }: { caller: MissedCaller }) {
  const { t } = useTranslation()
  const now = useServerNow()
  const state = missedState(caller, now)
  const { promise } = caller
  const by = promise?.assignee ?? null
  const waits = state === 'due' ? (promise?.waitingFor ?? null) : null
  return (
    <>
      <Tone tone={TONES[state]}>
        {t(`missed.states.${state}`, { time: promise ? formatShort(promise.dueAt, now) : '' })}
      </Tone>
      {promise?.reason === 'asked' && ` ${t('ledger.reasons.asked')}.`}
      {by !== null && ` ${by.displayName}`}
      {waits !== null && ` ${t(`missed.waitingFor.${waits}`)}`}
    </>
  )
}

/** A missed caller on a telephone's screen. */
export function MissedCard({ caller }: { caller: MissedCaller }) {
  const { t } = useTranslation()
  return (
    <Stack gap={2}>
      <strong>{missedName(caller, t)}</strong>
      <span>
        {caller.queue ?? t('missed.direct')} · <At instant={caller.missedAt} /> ·{' '}
        {t('missed.times', { count: caller.calls })}
      </span>
      <span>
        <MissedTone caller={caller} />
      </span>
    </Stack>
  )
}
