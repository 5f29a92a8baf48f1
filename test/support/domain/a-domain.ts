import type { CallbackView } from '#contract/callbacks.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Call } from '../../../server/calls/conversation/call.ts'
import { call as storedCall } from '../../../server/calls/conversation/call.ts'
import { createCalendarService } from '../../../server/calendar/calendar-service.ts'
import { createCustomerService } from '../../../server/customers/customer-service.ts'
import { formatForeign } from '../../../server/customers/foreign-number-service.ts'
import type { Db } from '../../../server/db/schema.ts'
import type { Database } from '../../../server/db/transaction.ts'
import { createCallTicketService } from '../../../server/tickets/call-ticket-service.ts'
import { createPopService } from '../../../server/pops/pop-service.ts'
import { selectOpenTickets, selectTicketsOfPop } from '../../../server/tickets/open-ticket-store.ts'
import { createTicketService } from '../../../server/tickets/ticket-service.ts'
import { createTestClock } from '../clock.ts'
import { createTestIds } from '../ids.ts'
import { silentLogger } from '../logger.ts'
import { createFakeNotifier } from '../notifier.ts'

/** The people that `addStaff` stores. */
export function aUser(change: Partial<SessionUser> = {}): SessionUser {
  const who = { id: 'agent-1', username: 'agent-1', displayName: 'Người agent-1' }
  return { ...who, role: 'agent', extension: '101', ...change }
}

export type Domain = Awaited<ReturnType<typeof createDomain>>

/** Calendar, customers, tickets and pops on a database, wired to each other as the program does. */
export async function createDomain(database: Database) {
  const clock = createTestClock()
  const newId = createTestIds()
  const notifier = createFakeNotifier()
  const callbacks: CallbackView[] = []
  const calendar = createCalendarService({
    database,
    redateOpenTickets: (trx, dueAt) => tickets.redateOpen(trx, dueAt),
    recordAudit: async () => {},
  })
  await calendar.load()
  const customers = createCustomerService({
    database,
    clock,
    newId,
    formatForeign,
    openTicketsFor: (db, of) => tickets.openTicketsFor(db, of),
  })
  const shared = {
    database,
    clock,
    newId,
    notifier,
    logger: silentLogger,
    dueAt: calendar.dueAt,
    describeNumber: customers.describe,
    findByNumber: customers.findByNumber,
    findByNumbers: customers.findByNumbers,
    customersById: customers.refsById,
    rememberChoice: customers.rememberChoice,
    staffById: (id: string) => ({ id, displayName: `Người ${id}` }),
  }
  const callTickets = createCallTicketService({
    ...shared,
    linkCall: async (trx, { callId, ticketId }) => {
      await trx.db
        .updateTable('call')
        .set({ ticket_id: ticketId })
        .where('id', '=', callId)
        .execute()
    },
  })
  const pops = createPopService({
    ...shared,
    callsById: readCalls,
    openTickets: selectOpenTickets,
    ticketsOfPop: selectTicketsOfPop,
  })
  const tickets = createTicketService({
    ...shared,
    callTickets,
    callsOf: async () => [],
    callbacksOf: async () => callbacks,
    touchPops: pops.touch,
  })
  return { database, clock, notifier, callbacks, calendar, customers, callTickets, pops, tickets }
}

/** Stores the call as the call book would, or stores how it stands now. */
export async function storeCall(db: Db, id: string, call: Call): Promise<void> {
  const changing = {
    status: call.status,
    state: JSON.stringify(call),
    ended_at: call.endedAt,
    ticket_moment_at: call.ticketMomentAt,
    updated_at: call.enteredAt,
  }
  await db
    .insertInto('call')
    .values({
      ...changing,
      id,
      pbx_id: call.pbxId,
      uniqueid: `${call.uniqueid}-${id}`,
      direction: call.direction,
      outcome: call.outcome,
      queue: call.queue,
      caller_raw: call.callerIdNum ?? '',
      caller_key: null,
      entered_at: call.enteredAt,
      answered_at: call.answeredAt,
      wait_seconds: null,
      talk_seconds: null,
      recovered: call.recovered ? 1 : 0,
      local_day: call.enteredAt.slice(0, 10),
      ticket_id: null,
    })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(changing))
    .execute()
}

async function readCalls(db: Db, ids: readonly string[]): Promise<Map<string, Call>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('call')
    .select(['id', 'state'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id, storedCall.parse(JSON.parse(row.state))]))
}
