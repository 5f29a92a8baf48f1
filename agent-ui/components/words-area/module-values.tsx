import { createContext, useContext } from 'react'
import type { ReactNode } from 'react'
import type { Ticket } from '#contract/tickets.ts'
import { useUser } from '../../session.ts'
import { formatDateTime } from '../../state/local-time.ts'
import type { ModuleValues } from '../../state/text-modules.ts'

type OfTicket = Omit<ModuleValues, 'agent'>

const NOTHING: OfTicket = { customer: null, ticket: null, due: null }

const OfTicketContext = createContext<OfTicket>(NOTHING)

/** Texts that are put into fields within it speak of this ticket. */
export function TicketWords({
  ticket,
  children,
}: {
  ticket: Ticket | undefined
  children: ReactNode
}) {
  return <OfTicketContext value={ticket ? ofTicket(ticket) : NOTHING}>{children}</OfTicketContext>
}

function ofTicket({ code, customer, contact, dueAt }: Ticket): OfTicket {
  return {
    customer: customer?.name ?? contact.name,
    ticket: code,
    due: dueAt === null ? null : formatDateTime(dueAt),
  }
}

/** What texts are filled with here. */
export function useModuleValues(): ModuleValues {
  const { displayName } = useUser()
  return { ...useContext(OfTicketContext), agent: displayName }
}
