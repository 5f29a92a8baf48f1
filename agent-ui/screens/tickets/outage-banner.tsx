import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OutageRef } from '#contract/casework/outages.ts'
import type { Ticket } from '#contract/tickets.ts'
import { useAction } from '../../actions.ts'
import { notifyFailure } from '../../components/failure.tsx'
import { formatShort } from '../../state/local-time.ts'
import { useCoarseNow } from '../../ticker.ts'
import { useAct } from './process/use-act.ts'
import classes from './ticket.module.css'

/** A known outage of the ticket's area or service: what to tell the customer, and one key to link. */
export function OutageBanner({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const { outage, outageOffer } = ticket
  const act = useAct(ticket, () => undefined, notifyFailure)
  const mayLink =
    outage === null &&
    outageOffer !== null &&
    ticket.actions.some(({ action }) => action === 'link_outage')
  const link = () => {
    if (outageOffer === null || act.isPending) return
    act.mutate({ action: 'link_outage', input: { outageId: outageOffer.ticketId } })
  }
  useAction({
    id: 'ticket.outage',
    keys: 'Alt+O',
    label: t('outage.linkKey'),
    when: mayLink,
    run: link,
  })
  const shown = outage ?? outageOffer
  if (shown === null) return null
  return (
    <div className={classes.notice} data-testid="outage">
      <IconAlertTriangle size={16} aria-hidden style={{ flex: 'none' }} />
      <OutageWords outage={shown} />
      {mayLink && (
        <Button
          size="compact-xs"
          variant="default"
          ml="auto"
          title="Alt+O"
          loading={act.isPending}
          onClick={link}
        >
          {t('outage.link')}
        </Button>
      )}
    </div>
  )
}

/** "Known outage, expected until …", as the agent says it. */
export function OutageWords({ outage }: { outage: OutageRef }) {
  const { t } = useTranslation()
  const now = useCoarseNow()
  const { code, message, expectedUntil } = outage
  return (
    <span className="wrap-anywhere">
      <strong>{t('outage.known', { code, message })}</strong>{' '}
      {expectedUntil === null
        ? t('outage.noTime')
        : t('outage.until', { time: formatShort(expectedUntil, now) })}
    </span>
  )
}
