import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import type { CallbackView, PromiseVerdict } from '#contract/callbacks.ts'
import type { ListColumn } from '../../components/data-list/list-types.ts'
import { PromiseTone } from '../../components/promise-tone.tsx'
import { Tone } from '../../components/tone.tsx'
import type { ToneName } from '../../components/tone.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { formatShort } from '../../state/local-time.ts'
import type { PromiseShown } from '../../state/promise-search.ts'
import { useCoarseNow } from '../../ticker.ts'

const TONES: Record<PromiseVerdict, ToneName> = {
  kept: 'ok',
  late: 'warn',
  broken: 'bad',
  superseded: 'calm',
  cancelled: 'calm',
}

/** Where promises that were tried are read, it is asked how that went; before, why there will be a call. */
const TRIED: readonly PromiseShown[] = ['failed', 'all']

/** The columns of the ledger. */
export function promiseColumns(
  t: TFunction,
  state: PromiseShown = 'open',
): readonly ListColumn<CallbackView>[] {
  return [
    {
      id: 'status',
      title: t('ticket.status'),
      width: 158,
      cell: (row) => <PromiseNow promise={row} />,
    },
    {
      id: 'promisedFor',
      title: t('ledger.promisedFor'),
      width: 96,
      cell: ({ promisedFor }) => <When at={promisedFor} />,
    },
    { id: 'who', title: t('ledger.customer'), cell: whoOf },
    {
      id: 'ticket',
      title: t('ticket.code'),
      width: 136,
      cell: ({ ticket }) =>
        ticket && (
          <Link className="numeric" to="/tickets/$ticketId" params={{ ticketId: ticket.id }}>
            {ticket.code}
          </Link>
        ),
    },
    {
      id: 'assignee',
      title: t('ledger.keeper'),
      width: 136,
      cell: ({ assignee }) => assignee?.displayName ?? t('ledger.nobody'),
    },
    TRIED.includes(state)
      ? {
          id: 'lastTry',
          title: t('words.lastTry'),
          width: 148,
          cell: (row) => <LastTry promise={row} />,
        }
      : {
          id: 'reason',
          title: t('ledger.reason'),
          width: 124,
          cell: ({ reason }) => t(`ledger.reasons.${reason}`),
        },
    {
      id: 'verdict',
      title: t('ledger.verdict'),
      width: 104,
      cell: ({ verdict }) => verdict && <Verdict verdict={verdict} />,
    },
  ]
}

function whoOf({ customerName, number }: CallbackView): string {
  return customerName === null ? number.display : `${customerName} · ${number.display}`
}

/** The countdown while it is open, else how it ended. */
export function PromiseNow({ promise }: { promise: CallbackView }) {
  const { t } = useTranslation()
  const { status } = promise
  if (status !== 'done' && status !== 'cancelled') return <PromiseTone promise={promise} />
  return <Tone tone={status === 'done' ? 'ok' : 'calm'}>{t(`callbackStatus.${status}`)}</Tone>
}

/** How the last attempt went, and whose word that is. */
export function LastTry({ promise }: { promise: CallbackView }) {
  const { t } = useTranslation()
  const ended = promise.attempts.findLast(({ outcome }) => outcome !== null)
  if (ended?.outcome == null) return null
  const { outcome, saidBy } = ended
  const how = t(`outcome.${outcome}`)
  if (saidBy === null) return <span title={how}>{how}</span>
  return (
    <span title={`${how} · ${t('words.saidBy', { name: saidBy })}`}>
      {how} · {saidBy}
    </span>
  )
}

export function Verdict({ verdict }: { verdict: PromiseVerdict }) {
  const { t } = useTranslation()
  return <Tone tone={TONES[verdict]}>{t(`ledger.verdicts.${verdict}`)}</Tone>
}

function When({ at }: { at: string }) {
  const now = useCoarseNow()
  return <span className="numeric">{formatShort(at, now)}</span>
}
