import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import type { OutageView } from '#contract/casework/outages.ts'
import type { ListColumn } from '../../components/data-list/list-types.ts'
import { Tone } from '../../components/tone.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { formatNumber, formatShort } from '../../state/local-time.ts'
import { outageTitle } from '../../state/outage-entry.ts'
import { useCoarseNow } from '../../ticker.ts'
import classes from './outages.module.css'

/** The columns of the list of outages. */
export function outageColumns(t: TFunction): readonly ListColumn<OutageView>[] {
  return [
    { id: 'status', title: t('ticket.status'), width: 120, cell: outageTone },
    {
      id: 'code',
      title: t('ticket.code'),
      width: 140,
      cell: ({ ticket }) =>
        ticket && (
          <Link className="numeric" to="/outages/$ticketId" params={{ ticketId: ticket.id }}>
            {ticket.code}
          </Link>
        ),
    },
    { id: 'where', title: t('outages.where'), width: 190, cell: outageTitle },
    {
      id: 'message',
      title: t('outages.message'),
      cell: ({ message }) => (
        <span className={classes.told} title={message}>
          {message}
        </span>
      ),
    },
    {
      id: 'until',
      title: t('outages.expectedUntil'),
      width: 140,
      cell: (row) => <Until outage={row} />,
    },
    {
      id: 'children',
      title: t('outages.children'),
      width: 96,
      align: 'end',
      cell: ({ children }) => <span className="numeric">{formatNumber(children)}</span>,
    },
    {
      id: 'since',
      title: t('outages.since'),
      width: 104,
      cell: ({ openedAt, offeredAt }) => <When at={openedAt ?? offeredAt} />,
    },
  ]
}

function outageTone(outage: OutageView) {
  return <OutageTone outage={outage} />
}

/** Offered, open, over or cancelled, in words and colour. */
export function OutageTone({ outage }: { outage: OutageView }) {
  const { t } = useTranslation()
  const { status, cancelled, ticket } = outage
  switch (status) {
    case 'open':
      return <Tone tone="bad">{t('outages.status.open')}</Tone>
    case 'offered':
      return <Tone tone="warn">{t('outages.status.offered')}</Tone>
    case 'ended':
      return (
        <Tone tone={cancelled || ticket === null ? 'calm' : 'ok'}>
          {t(
            ticket === null
              ? 'outages.status.dropped'
              : cancelled
                ? 'outages.status.cancelled'
                : 'outages.status.ended',
          )}
        </Tone>
      )
    default:
      return status satisfies never
  }
}

/** When it is expected to be over; of what is late that it is. */
function Until({ outage: { status, expectedUntil } }: { outage: OutageView }) {
  const { t } = useTranslation()
  const now = useCoarseNow()
  if (expectedUntil === null) return <span>{t('outages.unknown')}</span>
  const isLate = status === 'open' && Date.parse(expectedUntil) < now
  const time = <span className="numeric">{formatShort(expectedUntil, now)}</span>
  return isLate ? (
    <Tone tone="warn">
      {time} {t('outages.late')}
    </Tone>
  ) : (
    time
  )
}

function When({ at }: { at: string | null }) {
  const now = useCoarseNow()
  return at === null ? null : <span className="numeric">{formatShort(at, now)}</span>
}
