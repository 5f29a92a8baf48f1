import type { Role, SessionUser } from '#contract/staff.ts'
import type { TicketStatus } from '#contract/tickets.ts'
import { TICKET_STATES } from '../../server/tickets/ticket.ts'
import { openTestDatabase } from './database.ts'
import { openTestHouse } from './house.ts'
import { createTestApp } from './http.ts'

export type TeamHouse = Awaited<ReturnType<typeof openTeamHouse>>

/** A house with two people of each trade, spoken to over HTTP as any of them. */
export async function openTeamHouse(dialect: Parameters<typeof openTestDatabase>[0]) {
  const house = await openTestHouse(await openTestDatabase(dialect))
  const { tickets, teams, customers, calls, callbacks, desk, people, queues, views } = house
  const features = [tickets, teams, customers, calls, callbacks, desk, people, queues, views]
  const routes = features.flatMap((feature) => feature.routes)
  const http = createTestApp(routes)
  const staff = new Map<string, SessionUser>()
  const roles: Role[] = ['agent', 'noc', 'field', 'supervisor', 'admin']
  for (const [index, role] of roles.entries()) {
    for (const number of [1, 2]) {
      const id = `${role}-${number}`
      const extension = role === 'field' || role === 'admin' ? null : `${number}0${index}`
      const person = { id, username: id, displayName: `Người ${id}`, role, extension }
      // oxlint-disable-next-line no-await-in-loop
      staff.set(id, await house.hire(person))
    }
  }

  function personOf(id: string): SessionUser {
    const person = staff.get(id)
    if (person === undefined) throw new Error(`nobody is called ${id}`)
    return person
  }

  /** Puts a ticket into a state as the process would, with the team that owns it. */
  async function putInto(
    ticketId: string,
    status: TicketStatus,
    columns: { team_id?: string; assignee_id?: string | null } = {},
  ): Promise<void> {
    const { owner } = TICKET_STATES[status]
    await house.database.db
      .updateTable('ticket')
      .set({ status, team: owner, assignee_id: null, ...columns })
      .where('id', '=', ticketId)
      .execute()
  }

  /** A ticket in this state that nobody has. */
  async function aTicket(status: TicketStatus = 'new', number = '0912345678') {
    const order = { channel: 'counter', number }
    const opened = await http.as(personOf('agent-1')).post('/tickets', order)
    await putInto(opened.body.id, status)
    const path = `/tickets/${opened.body.id}`
    const version: number = opened.body.version
    return { id: String(opened.body.id), path, version }
  }

  return {
    ...house,
    http,
    routes,
    personOf,
    as: (id: string) => http.as(personOf(id)),
    putInto,
    aTicket,
  }
}
