import { type ExpressionBuilder, type Selectable, sql } from 'kysely'
import type { TicketQuery } from '#contract/tickets.ts'
import { likePatterns, numberPatterns, phoneQueryDigits } from '../customers/fold-text.ts'
import { normalizeVn } from '../customers/phone-number.ts'
import { likeEscaped } from '../db/like.ts'
import { prepared } from '../db/prepared.ts'
import type { Db, Tables, TicketTable, TicketTimelineTable } from '../db/schema.ts'
import { OPEN_STATUSES } from './ticket.ts'
import type { TicketCursor } from './ticket-record.ts'

export type StoredTicket = Selectable<TicketTable>
export type StoredTimeline = Selectable<TicketTimelineTable>

const LONGEST_TIMELINE = 500

const insertOnce = prepared((db, row: StoredTicket) =>
  db
    .insertInto('ticket')
    .values({
      id: row.id,
      code: row.code,
      status: row.status,
      kind: row.kind,
      priority: row.priority,
      team: row.team,
      channel: row.channel,
      subject: row.subject,
      description: row.description,
      customer_id: row.customer_id,
      number_raw: row.number_raw,
      number_key: row.number_key,
      assignee_id: row.assignee_id,
      received_at: row.received_at,
      due_at: row.due_at,
      opened_by_call_id: row.opened_by_call_id,
      recovered: row.recovered,
      search_text: row.search_text,
      version: row.version,
      created_at: row.created_at,
      updated_at: row.updated_at,
    })
    .onConflict((conflict) => conflict.column('opened_by_call_id').doNothing())
    .returning('id'),
)

/** Stores the ticket unless its call has opened one already; answers whether it was stored. */
export async function insertTicket(db: Db, row: StoredTicket): Promise<boolean> {
  const { rows } = await insertOnce(db, row)
  return rows.length === 1
}

const insertLine = prepared((db, row: StoredTimeline) =>
  db.insertInto('ticket_timeline').values({
    id: row.id,
    ticket_id: row.ticket_id,
    at: row.at,
    actor_id: row.actor_id,
    kind: row.kind,
    note: row.note,
    fields: row.fields,
  }),
)

export async function insertTimeline(db: Db, row: StoredTimeline): Promise<void> {
  await insertLine(db, row)
}

/** Newest last. */
export async function selectTimeline(db: Db, ticketId: string): Promise<StoredTimeline[]> {
  const rows = await db
    .selectFrom('ticket_timeline')
    .selectAll()
    .where('ticket_id', '=', ticketId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(LONGEST_TIMELINE)
    .execute()
  return rows.toReversed()
}

export async function selectTicket(db: Db, id: string): Promise<StoredTicket | undefined> {
  return db.selectFrom('ticket').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The ticket that this call opened or, for a callback, the one whose promise it keeps. */
export async function selectTicketOfCall(
  db: Db,
  callId: string,
): Promise<StoredTicket | undefined> {
  return db
    .selectFrom('ticket')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('opened_by_call_id', '=', callId),
        eb('id', '=', eb.selectFrom('call').select('ticket_id').where('call.id', '=', callId)),
      ]),
    )
    .executeTakeFirst()
}

/** Gives the ticket to this person unless somebody has it. */
export async function assignIfFree(db: Db, id: string, staffId: string): Promise<void> {
  await db
    .updateTable('ticket')
    .set((eb) => ({ assignee_id: staffId, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .where('assignee_id', 'is', null)
    .execute()
}

/** Writes the columns when the stored version is `version`; answers the row after, or undefined. */
export async function updateTicket(
  db: Db,
  id: string,
  version: number,
  columns: Partial<Omit<StoredTicket, 'id' | 'code' | 'version'>>,
): Promise<StoredTicket | undefined> {
  return db
    .updateTable('ticket')
    .set({ ...columns, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .executeTakeFirst()
}

export type TicketFilter = Omit<TicketQuery, 'cursor' | 'assignee' | 'overdue'> & {
  after: TicketCursor | null
  /** Undefined: anybody; null: tickets that nobody has. */
  assigneeId?: string | null
  /** Open tickets whose deadline was before this. */
  dueBefore?: string
}

type TicketEb = ExpressionBuilder<
  Omit<Tables, 'customer'> & {
    customer: { [K in keyof Tables['customer']]: Tables['customer'][K] | null }
  },
  'ticket' | 'customer'
>

/** Newest receipt first. */
export async function searchTickets(db: Db, filter: TicketFilter): Promise<StoredTicket[]> {
  return db
    .selectFrom('ticket')
    .leftJoin('customer', 'customer.id', 'ticket.customer_id')
    .selectAll('ticket')
    .where((eb) => eb.and([...plainConditions(eb, filter), ...textConditions(eb, filter.q ?? '')]))
    .orderBy('ticket.received_at', 'desc')
    .orderBy('ticket.id', 'desc')
    .limit(filter.limit)
    .execute()
}

function plainConditions(eb: TicketEb, filter: TicketFilter) {
  const { status, team, kind, customerId, assigneeId, dueBefore, after } = filter
  const open = eb('ticket.status', 'in', [...OPEN_STATUSES])
  return [
    ...(status === 'open' ? [open] : []),
    ...(status === undefined || status === 'open' ? [] : [eb('ticket.status', '=', status)]),
    ...(team === undefined ? [] : [eb('ticket.team', '=', team)]),
    ...(kind === undefined ? [] : [eb('ticket.kind', '=', kind)]),
    ...(customerId === undefined ? [] : [eb('ticket.customer_id', '=', customerId)]),
    ...(assigneeId === undefined ? [] : [assignedTo(eb, assigneeId)]),
    ...(dueBefore === undefined ? [] : [open, eb('ticket.due_at', '<', dueBefore)]),
    ...(after === null ? [] : [olderThan(eb, after)]),
  ]
}

function assignedTo(eb: TicketEb, staffId: string | null) {
  return staffId === null
    ? eb('ticket.assignee_id', 'is', null)
    : eb('ticket.assignee_id', '=', staffId)
}

function olderThan(eb: TicketEb, { receivedAt, id }: TicketCursor) {
  return eb.or([
    eb('ticket.received_at', '<', receivedAt),
    eb.and([eb('ticket.received_at', '=', receivedAt), eb('ticket.id', '<', id)]),
  ])
}

/** Every word stands in the ticket or in its customer; a telephone or a code counts as one word. */
function textConditions(eb: TicketEb, q: string) {
  const anywhere = (pattern: string) => [
    likeEscaped(eb.ref('ticket.search_text'), pattern),
    likeEscaped(sql.ref<string>('customer.search_text'), pattern),
  ]
  const patterns = numberPatterns(q)
  if (patterns.length === 0) return likePatterns(q).map((pattern) => eb.or(anywhere(pattern)))
  const key = phoneQueryDigits(q) === null ? null : normalizeVn(q).key
  const hasNumber = key === null ? [] : [eb('ticket.number_key', '=', key)]
  return [eb.or([...hasNumber, ...patterns.flatMap(anywhere)])]
}
