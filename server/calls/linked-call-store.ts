import type { TicketCall } from '#contract/tickets.ts'
import { prepared } from '../db/prepared.ts'
import type { Db } from '../db/schema.ts'
import type { Call } from './conversation/call.ts'
import { readState } from './call-store.ts'

/** A ticket with more calls than this shows its newest. */
const CALLS_OF_A_TICKET = 100

const linkStatement = prepared((db, link: { callId: string; ticketId: string }) =>
  db.updateTable('call').set({ ticket_id: link.ticketId }).where('id', '=', link.callId),
)

/** Notes on the call's row which ticket it belongs to. */
export async function linkTicket(
  db: Db,
  link: { callId: string; ticketId: string },
): Promise<void> {
  await linkStatement(db, link)
}

/** The stored calls of these ids; ids that do not exist or cannot be read are missing. */
export async function callsById(db: Db, ids: readonly string[]): Promise<Map<string, Call>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('call').select(['id', 'state']).where('id', 'in', ids).execute()
  return new Map(
    rows.flatMap(({ id, state }) => {
      const call = readState(state)
      return call === null ? [] : [[id, call]]
    }),
  )
}

/** The conversations of one ticket, newest first, with the agents by name or extension. */
export async function ticketCalls(
  db: Db,
  ticketId: string,
  agentName: (extension: string, at: string) => string,
): Promise<TicketCall[]> {
  const rows = await db
    .selectFrom('call')
    .select(['id', 'state'])
    .where('ticket_id', '=', ticketId)
    .orderBy('entered_at', 'desc')
    .limit(CALLS_OF_A_TICKET)
    .execute()
  return rows.flatMap(({ id, state }) => {
    const call = readState(state)
    if (call === null) return []
    const { direction, enteredAt, answeredAt, endedAt, segments } = call
    const agents = [
      ...new Set(segments.map(({ extension, startedAt }) => agentName(extension, startedAt))),
    ]
    return { id, direction, enteredAt, answeredAt, endedAt, agents }
  })
}
