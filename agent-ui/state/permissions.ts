import type { Ticket, TicketPermission } from '#contract/tickets.ts'

/** Whether the signed-in person may do this beside the steps of the process. */
export function mayDo(ticket: Pick<Ticket, 'permissions'>, permission: TicketPermission): boolean {
  return ticket.permissions.includes(permission)
}
