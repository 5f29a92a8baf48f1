import { Link } from '@tanstack/react-router'
import type { OutageView } from '#contract/casework/outages.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { outageTitle } from '../../state/outage-entry.ts'
import { OutageWords } from '../tickets/outage-words.tsx'
import { OutageTone } from './outage-columns.tsx'
import classes from './outages.module.css'

/** An outage in a list on a telephone; all of it leads to its page. */
export function OutageCard({ outage }: { outage: OutageView }) {
  const { t } = useTranslation()
  const { ticket, children } = outage
  const facts = (
    <>
      <div className={classes.cardHead}>
        <strong>{outageTitle(outage)}</strong>
        <OutageTone outage={outage} />
      </div>
      {ticket && <OutageWords outage={{ ...outage, ticketId: ticket.id, code: ticket.code }} />}
      <div className={classes.dim}>{t('outages.childCount', { count: children })}</div>
    </>
  )
  return ticket === null ? (
    <div className={classes.card}>{facts}</div>
  ) : (
    <Link className={classes.card} to="/outages/$ticketId" params={{ ticketId: ticket.id }}>
      {facts}
    </Link>
  )
}
