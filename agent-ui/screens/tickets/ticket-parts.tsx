import type { Ticket } from '#contract/tickets.ts'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { mayDo } from '../../state/permissions.ts'
import { partsInOrder } from '../../state/ticket-parts.ts'
import type { TicketPart } from '../../state/ticket-parts.ts'
import { GuidancePanel } from './process/guidance-panel.tsx'
import { Composer } from './composer/composer.tsx'
import { TicketReplies } from './replies/ticket-replies.tsx'
import { TicketForm } from './ticket-form.tsx'
import { TicketReading } from './ticket-reading.tsx'

/** What is worked on, under the steps: first what the next step is about. */
export function TicketParts({ ticket }: { ticket: Ticket }) {
  // by key: what is typed in a part stays when the order changes
  return partsInOrder(ticket).map((part) => <Part key={part} part={part} ticket={ticket} />)
}

function Part({ part, ticket }: { part: TicketPart; ticket: Ticket }) {
  switch (part) {
    case 'composer':
      return <Composer ticket={ticket} />
    case 'replies':
      return <TicketReplies ticket={ticket} />
    case 'matter':
      return <Matter ticket={ticket} />
    case 'guidance':
      return ticket.guidance && <GuidancePanel ticket={ticket} guidance={ticket.guidance} />
    default:
      return part satisfies never
  }
}

function Matter({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('ticket.matter')}>
      {mayDo(ticket, 'edit') ? <TicketForm ticket={ticket} /> : <TicketReading ticket={ticket} />}
    </Panel>
  )
}
