import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { CallbackView, PromiseVerdict } from '#contract/callbacks.ts'
import type { ListColumn } from '../../components/data-list/list-types.ts'
import { PromiseTone } from '../../components/promise-tone.tsx'
import { Tone } from '../../components/tone.tsx'
import type { ToneName } from '../../components/tone.tsx'
import { formatShort } from '../../state/local-time.ts'
import { useCoarseNow } from '../../ticker.ts'

const TONES: Record<PromiseVerdict, ToneName> = {
  kept: 'ok',
  late: 'warn',
  broken: 'bad',
  superseded: 'calm',
  cancelled: 'calm',
}

/** The columns of the ledger. */
export function promiseColumns(t: TFunction): readonly ListColumn<CallbackView>[] {
  return [
    {
      id: 'status',
      title: t('ticket.status'),
      width: 140,
      cell: (row) => <PromiseState promise={row} />,
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
      width: 124,
      cell: ({ assignee }) => assignee?.displayName ?? t('ledger.nobody'),
    },
    {
      id: 'reason',
      title: t('ledger.reason'),
      width: 124,
      cell: ({ reason }) => t(`ledger.reasons.${reason}`),
    },
    {
      id: 'verdict',
      title: t('ledger.verdict'),
      width: 96,
      cell: ({ verdict }) => verdict && <Verdict verdict={verdict} />,
    },
  ]
}

function whoOf({ customerName, number }: CallbackView): string {
  return customerName === null ? number.display : `${customerName} · ${number.display}`
}

/** The countdown while it is open, else how it ended. */
export function PromiseState({ promise }: { promise: CallbackView }) {
  const { t } = useTranslation()
  const { status } = promise
  if (status !== 'done' && status !== 'cancelled') return <PromiseTone promise={promise} />
  return <Tone tone={status === 'done' ? 'ok' : 'calm'}>{t(`callbackStatus.${status}`)}</Tone>
}

export function Verdict({ verdict }: { verdict: PromiseVerdict }) {
  const { t } = useTranslation()
  return <Tone tone={TONES[verdict]}>{t(`ledger.verdicts.${verdict}`)}</Tone>
}

function When({ at }: { at: string }) {
  const now = useCoarseNow()
  return <span className="numeric">{formatShort(at, now)}</span>
}
