import type { Db } from '../db/schema.ts'
import { dialableNumber } from '../customers/phone-number.ts'
import { type Callback, toCallback } from './callback-store.ts'

/** A promise that its owner cannot keep, with who holds its ticket. */
export interface OrphanedPromise {
  callback: Callback
  ticketHolderId: string | null
}

const AT_MOST = 500
/** In which somebody has still to act. */
const WAITING = ['scheduled', 'failed'] as const

/**
 * Promises that wait for somebody to act, of people who work here no more, and those of a ticket that are
 * nobody's: a phone without a person answered for the caller's place.
 */
export async function listOrphaned(db: Db): Promise<OrphanedPromise[]> {
  const gone = await db.selectFrom('staff').select('id').where('active', '=', 0).execute()
  const ids = gone.map(({ id }) => id)
  const left = ids.length === 0 ? [] : WAITING.map((status) => ofStatus(db, status, ids))
  const [first, ...others] = [...WAITING.map((status) => ofNobody(db, status)), ...left].map(
    (part) => db.selectFrom(part.as('part')).selectAll('part'),
  )
  if (first === undefined) return []
  const rows = await db
    .selectFrom(others.reduce((all, one) => all.unionAll(one), first).as('promise'))
    .innerJoin('ticket', 'ticket.id', 'promise.ticket_id')
    .selectAll('promise')
    .select('ticket.assignee_id as holder_id')
    .orderBy('promise.due_at')
    .limit(AT_MOST)
    .execute()
  return rows.map((row) => ({ callback: toCallback(row), ticketHolderId: row.holder_id }))
}

/** These promises with who holds their tickets, soonest first. */
export async function listWithHolders(db: Db, ids: readonly string[]): Promise<OrphanedPromise[]> {
  const rows = await db
    .selectFrom('callback')
    .leftJoin('ticket', 'ticket.id', 'callback.ticket_id')
    .selectAll('callback')
    .select('ticket.assignee_id as holder_id')
    .where('callback.id', 'in', [...ids])
    .orderBy('callback.due_at')
    .execute()
  return rows.map((row) => ({ callback: toCallback(row), ticketHolderId: row.holder_id }))
}

/** By the index of status and time, in its order: neither many kept promises nor many leavers cost. */
function ofStatus(db: Db, status: 'scheduled' | 'failed', assigneeIds: readonly string[]) {
  return db
    .selectFrom('callback')
    .selectAll()
    .where('status', '=', status)
    .where('assignee_id', 'in', [...assigneeIds])
    .orderBy('due_at')
    .limit(AT_MOST)
}

function ofNobody(db: Db, status: 'scheduled' | 'failed') {
  return db
    .selectFrom('callback')
    .selectAll()
    .where('status', '=', status)
    .where('assignee_id', 'is', null)
    .where('ticket_id', 'is not', null)
    .orderBy('due_at')
    .limit(AT_MOST)
}

/** How many promises each of these people has still to keep; who has none is left out. */
export async function countOpenPromises(
  db: Db,
  staffIds: readonly string[],
): Promise<Map<string, number>> {
  if (staffIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('callback')
    .select(['assignee_id', (eb) => eb.fn.countAll<number>().as('open')])
    .where('assignee_id', 'in', [...staffIds])
    .where('status', 'in', ['scheduled', 'dialing', 'failed'])
    .groupBy('assignee_id')
    .execute()
  return new Map(rows.map((row) => [row.assignee_id ?? '', row.open]))
}

/**
 * Whether the other end of this call is whom the promise was given: by the promised number, by the
 * number or the customer of its ticket, or because the call belongs to that very ticket.
 */
export async function isCallWithPromised(
  db: Db,
  callId: string,
  promise: Pick<Callback, 'ticketId' | 'numberDial'>,
): Promise<boolean> {
  const call = await db
    .selectFrom('call')
    .leftJoin('ticket', 'ticket.id', 'call.ticket_id')
    .select(['call.ticket_id', 'call.caller_raw', 'ticket.customer_id', 'ticket.number_key'])
    .where('call.id', '=', callId)
    .executeTakeFirst()
  const promised = await db
    .selectFrom('ticket')
    .select(['customer_id', 'number_key'])
    .where('id', '=', promise.ticketId)
    .executeTakeFirst()
  if (call === undefined || promised === undefined) return false
  const caller = dialableNumber(call.caller_raw)
  return (
    call.ticket_id === promise.ticketId ||
    ('digits' in caller && caller.digits === promise.numberDial) ||
    isSame(call.customer_id, promised.customer_id) ||
    isSame(call.number_key, promised.number_key)
  )
}

function isSame(one: string | null, other: string | null): boolean {
  return one !== null && one === other
}
