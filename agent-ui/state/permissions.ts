import type { Ticket } from '#contract/tickets.ts'

type Permission = Ticket['actions'][number]

/** Whether the signed-in person may do this beside the steps of the process. */
export function mayDo(ticket: Pick<Ticket, 'actions'>, permission: Permission): boolean {
  return ticket.actions.includes(permission)
}
