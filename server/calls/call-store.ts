import { z } from 'zod'
import type { Instant } from '#contract/primitives.ts'
import { inParts, prepared, preparedForRows } from '../db/prepared.ts'
import { refsOf } from '../db/refs-of.ts'
import type { Db } from '../db/schema.ts'
import { type Call, call } from './conversation/call.ts'
import {
  CALL_COLUMNS,
  type CallRecord,
  COUNT_COLUMNS,
  type ListedCall,
  type TimelineRecord,
} from './call-record.ts'

/** More open calls than this on one service means that something else is wrong. */
const LOADED_AT_MOST = 20_000
const TIMELINE_AT_MOST = 1_000

/** Sets only columns that no index holds, so that a call that goes on costs one page and no more. */
const upsertRows = preparedForRows((db, rows: CallRecord[]) => upserted(db, rows, false))

/** Their tickets too, which an index holds: only where a call gets one. */
const upsertLinkedRows = preparedForRows((db, rows: (CallRecord & { ticket_id: string })[]) =>
  upserted(db, rows, true),
)

function upserted(db: Db, rows: CallRecord[], isLinked: boolean) {
  return db
    .insertInto('call')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['pbx_id', 'uniqueid']).doUpdateSet((eb) => ({
        status: eb.ref('excluded.status'),
        outcome: eb.ref('excluded.outcome'),
        caller_raw: eb.ref('excluded.caller_raw'),
        caller_key: eb.ref('excluded.caller_key'),
        answered_at: eb.ref('excluded.answered_at'),
        ticket_moment_at: eb.ref('excluded.ticket_moment_at'),
        wait_seconds: eb.ref('excluded.wait_seconds'),
        talk_seconds: eb.ref('excluded.talk_seconds'),
        recovered: eb.ref('excluded.recovered'),
        ...refsOf('excluded', COUNT_COLUMNS),
        state: eb.ref('excluded.state'),
        updated_at: eb.ref('excluded.updated_at'),
        ...(isLinked ? { ticket_id: eb.ref('excluded.ticket_id') } : {}),
      })),
    )
    .returning(['id', 'uniqueid', 'entered_at', 'ended_at', 'queue', 'local_day'])
}

/** Columns that indexes hold: they change when a call ends, seldom otherwise. */
type IndexedColumns = Pick<CallRecord, 'entered_at' | 'ended_at' | 'queue' | 'local_day'>

const setIndexed = prepared((db, row: IndexedColumns & { id: string }) =>
  db
    .updateTable('call')
    .set({
      entered_at: row.entered_at,
      ended_at: row.ended_at,
      queue: row.queue,
      local_day: row.local_day,
    })
    .where('id', '=', row.id),
)

const insertLines = preparedForRows((db, rows: TimelineRecord[]) =>
  db
    .insertInto('call_event')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['call_id', 'event_key']).doNothing()),
)

/** Calls as the book knows them; ids of rows whose state this version cannot read. */
export interface StoredCalls {
  calls: { id: string; call: Call; savedAt: Instant }[]
  unreadable: string[]
}

/**
 * Saves calls, one statement for all of them, and answers the id of each by Uniqueid: another
 * instance that heard the same PBX may have stored the call first. Touches `ticket_id` of those calls
 * only that `ticketIds` names, by call id.
 */
export async function upsertCalls(
  db: Db,
  rows: CallRecord[],
  ticketIds: ReadonlyMap<string, string> = new Map(),
): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  const plain = rows.filter((row) => !ticketIds.has(row.id))
  for (const part of inParts(plain)) await takeIn(db, ids, part, await upsertRows(db, part))
  const linked = rows.flatMap((row) => {
    const ticketId = ticketIds.get(row.id)
    return ticketId === undefined ? [] : [{ ...row, ticket_id: ticketId }]
  })
  for (const part of inParts(linked)) await takeIn(db, ids, part, await upsertLinkedRows(db, part))
  return ids
}

type UpsertedRow = IndexedColumns & Pick<CallRecord, 'id' | 'uniqueid'>

async function takeIn(
  db: Db,
  ids: Map<string, string>,
  part: readonly CallRecord[],
  result: { rows: UpsertedRow[] },
): Promise<void> {
  const wanted = new Map(part.map((row) => [row.uniqueid, row]))
  for (const row of result.rows) {
    ids.set(row.uniqueid, row.id)
    const { entered_at, ended_at, queue, local_day } = wanted.get(row.uniqueid) ?? row
    const indexed = { entered_at, ended_at, queue, local_day }
    if (differs(row, indexed)) await setIndexed(db, { ...indexed, id: row.id })
  }
}

function differs(row: IndexedColumns, wanted: IndexedColumns): boolean {
  return (
    row.entered_at !== wanted.entered_at ||
    row.ended_at !== wanted.ended_at ||
    row.queue !== wanted.queue ||
    row.local_day !== wanted.local_day
  )
}

/** Adds lines to the timelines; a line that is there already stays as it is. */
export async function insertTimeline(db: Db, rows: TimelineRecord[]): Promise<void> {
  for (const part of inParts(rows)) await insertLines(db, part)
}

/** Calls that are not over, and those that ended since `endedSince`, in the order they came. */
export async function loadCalls(db: Db, endedSince: Instant): Promise<StoredCalls> {
  // Two reads, each in the order of one index: together both databases scan a long history.
  const read = () => db.selectFrom('call').select(['id', 'state', 'entered_at', 'updated_at'])
  const open = await read().where('ended_at', 'is', null).limit(LOADED_AT_MOST).execute()
  const ended = await read()
    .where('ended_at', '>=', endedSince)
    .orderBy('ended_at', 'desc')
    .limit(LOADED_AT_MOST)
    .execute()
  const rows = [...ended, ...open]
  return stored(rows.toSorted((one, other) => one.entered_at.localeCompare(other.entered_at)))
}

/** Calls of one PBX by their identity; unknown ones are left out. */
export async function findCalls(db: Db, pbxId: string, uniqueids: string[]): Promise<StoredCalls> {
  const found: StateRow[] = []
  for (const part of inParts(uniqueids)) {
    const rows = await db
      .selectFrom('call')
      .select(['id', 'state', 'updated_at'])
      .where('pbx_id', '=', pbxId)
      .where('uniqueid', 'in', part)
      .execute()
    found.push(...rows)
  }
  return stored(found)
}

export async function findCall(db: Db, id: string): Promise<ListedCall | null> {
  const [found] = await findCallsById(db, [id])
  return found ?? null
}

/** In no order; ids that do not exist are missing. */
export async function findCallsById(db: Db, ids: readonly string[]): Promise<ListedCall[]> {
  const found: ListedCall[] = []
  for (const part of inParts(ids.map((id) => ({ id })))) {
    const { rows } = await selectListed(db, part)
    found.push(...rows.map(listedCall))
  }
  return found
}

/** Whose tickets these are, by ticket; tickets of nobody known are missing. */
export async function customersOfTickets(
  db: Db,
  ticketIds: readonly string[],
): Promise<Map<string, { id: string; name: string }>> {
  if (ticketIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('ticket')
    .innerJoin('customer', 'customer.id', 'ticket.customer_id')
    .select(['ticket.id as ticket_id', 'customer.id', 'customer.name'])
    .where('ticket.id', 'in', ticketIds)
    .execute()
  return new Map(rows.map(({ ticket_id, ...customer }) => [ticket_id, customer]))
}

/** The first lines of a call's timeline, in the order of the PBX's clock. */
export async function listTimeline(db: Db, callId: string): Promise<TimelineRecord[]> {
  return db
    .selectFrom('call_event')
    .selectAll()
    .where('call_id', '=', callId)
    .orderBy('at')
    .orderBy('id')
    .limit(TIMELINE_AT_MOST)
    .execute()
}

/** The whole pure call as it was stored. Throws when the text is not one. */
export function parseState(state: string): Call {
  return call.parse(JSON.parse(state))
}

const timelineDetail = z.record(z.string(), z.string())

export function parseDetail(detail: string): Record<string, string> {
  return timelineDetail.parse(JSON.parse(detail))
}

type StateRow = Pick<CallRecord, 'id' | 'state' | 'updated_at'>

function stored(rows: StateRow[]): StoredCalls {
  const found: StoredCalls = { calls: [], unreadable: [] }
  for (const { id, state, updated_at: savedAt } of rows) {
    const read = readState(state)
    if (read === null) found.unreadable.push(id)
    else found.calls.push({ id, call: read, savedAt })
  }
  return found
}

/** Null when this version cannot read it: one such row must stop neither the start nor its neighbours. */
export function readState(state: string): Call | null {
  try {
    return parseState(state)
  } catch {
    return null
  }
}

/** Asked for at every change of a call that somebody talks on. */
const selectListed = preparedForRows((db, of: { id: string }[]) =>
  listed(db).where(
    'call.id',
    'in',
    of.map(({ id }) => id),
  ),
)

/** Calls as lists show them; narrow and order it. */
export function listed(db: Db) {
  return db
    .selectFrom('call')
    .leftJoin('ticket', 'ticket.id', 'call.ticket_id')
    .select(CALL_COLUMNS.map((column) => `call.${column}` as const))
    .select(['call.ticket_id', 'ticket.code as ticket_code'])
}

type Listed = CallRecord & { ticket_id: string | null; ticket_code: string | null }

export function listedCall({ ticket_id, ticket_code, ...row }: Listed): ListedCall {
  const hasTicket = ticket_id !== null && ticket_code !== null
  return { row, ticket: hasTicket ? { id: ticket_id, code: ticket_code } : null }
}
