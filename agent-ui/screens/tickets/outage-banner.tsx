import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Ticket } from '#contract/tickets.ts'
import { useAction, useKeysOf } from '../../actions.ts'
import { notifyFailure } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { useUser } from '../../session.ts'
import { mayRunOutages } from '../../state/outage-entry.ts'
import { useLinkTickets } from '../outages/use-link-tickets.ts'
import { maySee } from '../screen-table.ts'
import { OutageWords } from './outage-words.tsx'
import { useAct } from './process/use-act.ts'
import classes from './ticket.module.css'

/**
 * A known outage of the ticket's area or service: what to tell the customer, and one key to link; of
 * one that is linked the way out again.
 */
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
  const keys = useKeysOf('ticket.outage')
  if (ticket.isOutage) return <ParentBanner ticketId={ticket.id} />
  const shown = outage ?? outageOffer
  if (shown === null) return null
  return (
    <Banner outageId={shown.ticketId} words={<OutageWords outage={shown} />}>
      {mayLink && (
        <Button
          size="compact-xs"
          variant="default"
          title={keys}
          loading={act.isPending}
          onClick={link}
        >
          {t('outage.link')}
        </Button>
      )}
      {outage !== null && <Unlink ticket={ticket} outageId={outage.ticketId} />}
    </Banner>
  )
}

function ParentBanner({ ticketId }: { ticketId: string }) {
  const { t } = useTranslation()
  return <Banner outageId={ticketId} words={<strong>{t('outage.isParent')}</strong>} />
}

interface BannerProps {
  outageId: string
  words: ReactNode
  children?: ReactNode
}

function Banner({ outageId, words, children }: BannerProps) {
  const { t } = useTranslation()
  const user = useUser()
  return (
    <div className={classes.notice} data-testid="outage">
      <IconAlertTriangle size={16} aria-hidden style={{ flex: 'none' }} />
      {words}
      <span className={classes.noticeEnd}>
        {maySee(user.role, 'outages') && (
          <Link to="/outages/$ticketId" params={{ ticketId: outageId }}>
            {t('outage.openPage')}
          </Link>
        )}
        {children}
      </span>
    </div>
  )
}

function Unlink({ ticket, outageId }: { ticket: Ticket; outageId: string }) {
  const { t } = useTranslation()
  const user = useUser()
  const unlink = useLinkTickets('unlink', () => undefined)
  if (!mayRunOutages(user.role)) return null
  return (
    <Button
      size="compact-xs"
      variant="default"
      loading={unlink.isPending}
      onClick={() => unlink.mutate({ outageId, rows: [ticket] }, { onError: notifyFailure })}
    >
      {t('outages.unlink')}
    </Button>
  )
}
