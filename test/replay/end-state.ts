import { z } from 'zod'
import { call as callSchema } from '../../server/calls/conversation/call.ts'
import type { Database } from '../../server/db/transaction.ts'

/** What must be the same however a tape's events came: who called, who answered, what was opened. */
export interface EndState {
  calls: {
    uniqueid: string
    direction: string
    status: string
    outcome: string | null
    queues: string[]
    number: string | null
    agents: string[]
    openedTicket: boolean
  }[]
  tickets: { call: string; assignee: string | null; receivedAt: string; number: string | null }[]
  pops: string[]
  attempts: { stage: string; outcome: string | null; callback: string }[]
}

/** The end state of everything that one PBX said. */
export async function readEndState(database: Database, pbxId: string): Promise<EndState> {
  const { db } = database
  const calls = await db
    .selectFrom('call')
    .select(['id', 'uniqueid', 'state', 'ticket_id'])
    .where('pbx_id', '=', pbxId)
    .orderBy('uniqueid')
    .execute()
  const tickets = await db
    .selectFrom('ticket')
    .innerJoin('call', 'call.id', 'ticket.opened_by_call_id')
    .leftJoin('staff', 'staff.id', 'ticket.assignee_id')
    .select(['call.uniqueid', 'staff.extension', 'ticket.received_at', 'ticket.number_key'])
    .where('call.pbx_id', '=', pbxId)
    .orderBy('call.uniqueid')
    .execute()
  const pops = await db
    .selectFrom('screen_pop')
    .innerJoin('call', 'call.id', 'screen_pop.call_id')
    .select(['call.uniqueid', 'screen_pop.stage'])
    .where('call.pbx_id', '=', pbxId)
    .where('screen_pop.stage', 'in', ['ringing', 'answered'])
    .execute()
  const attempts = await db
    .selectFrom('callback_attempt')
    .innerJoin('callback', 'callback.id', 'callback_attempt.callback_id')
    .select(['callback_attempt.stage', 'callback_attempt.outcome', 'callback.status'])
    .where('callback_attempt.pbx_id', '=', pbxId)
    .execute()
  return {
    calls: calls.map((row) => {
      const call = callSchema.parse(JSON.parse(z.string().parse(row.state)))
      return {
        uniqueid: row.uniqueid,
        direction: call.direction,
        status: call.status,
        outcome: call.outcome,
        queues: call.visits.map((visit) => visit.queue),
        number: call.withheld ? 'withheld' : call.callerIdNum,
        agents: [...new Set(call.segments.map((segment) => segment.extension))].toSorted(),
        openedTicket: row.ticket_id !== null,
      }
    }),
    tickets: tickets.map((row) => ({
      call: row.uniqueid,
      assignee: row.extension,
      receivedAt: row.received_at.slice(0, 18),
      number: row.number_key,
    })),
    /** Live pops of calls that are over: there must be none. */
    pops: pops.map((row) => `${row.uniqueid} ${row.stage}`),
    attempts: attempts.map((row) => ({
      stage: row.stage,
      outcome: row.outcome,
      callback: row.status,
    })),
  }
}
