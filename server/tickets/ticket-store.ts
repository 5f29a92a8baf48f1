import { type ExpressionBuilder, sql } from 'kysely'
import { type TicketQuery, type TicketStatus, ticketStatus } from '#contract/tickets.ts'
import { likePatterns, numberPatterns, phoneQueryDigits } from '../customers/fold-text.ts'
import { normalizeVn } from '../customers/phone-number.ts'
import { likeEscaped } from '../db/like.ts'
import { isPast } from '../db/page.ts'
import { inParts, preparedForRows } from '../db/prepared.ts'
import type { Db, Tables } from '../db/schema.ts'
import type { PageCursor } from '../page.ts'
import type { NewTicket } from './new-ticket.ts'
import { isOpen } from './ticket.ts'
import type { StoredTicket } from './ticket-record.ts'

const insertOnce = preparedForRows((db, rows: NewTicket[]) =>
  db
    .insertInto('ticket')
    .values(rows)
    .onConflict((conflict) => conflict.column('opened_by_call_id').doNothing())
    .returning('id'),
)

/** Stores the tickets but those whose call has opened one already; answers how many were stored. */
export async function insertTickets(db: Db, rows: readonly NewTicket[]): Promise<number> {
  let stored = 0
  for (const part of inParts(rows)) stored += (await insertOnce(db, part)).rows.length
  return stored
}

export async function selectTicket(db: Db, id: string): Promise<StoredTicket | undefined> {
  return db.selectFrom('ticket').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The ticket that this call opened or, for a callback, the one whose promise it keeps. */
export async function selectTicketOfCall(
  db: Db,
  callId: string,
): Promise<StoredTicket | undefined> {
  const tickets = () => db.selectFrom('ticket').selectAll()
  // One read per index: a plain `or` makes both databases scan.
  return tickets()
    .where('opened_by_call_id', '=', callId)
    .unionAll(
      tickets().where('id', '=', (eb) =>
        eb.selectFrom('call').select('ticket_id').where('call.id', '=', callId),
      ),
    )
    .limit(1)
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

/** Stores a ticket that a person opens, with all that they wrote. */
export async function insertWholeTicket(db: Db, row: StoredTicket): Promise<void> {
  await db.insertInto('ticket').values(row).execute()
}

/** Writes a subject that the service made, unless a person has written one. */
export async function writeMadeSubject(
  db: Db,
  id: string,
  columns: Pick<StoredTicket, 'subject' | 'search_text'>,
): Promise<void> {
  await db
    .updateTable('ticket')
    .set(columns)
    .where('id', '=', id)
    .where('subject_by_person', '=', 0)
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
  after: PageCursor | null
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

const NEWEST_FIRST = { at: 'ticket.received_at', id: 'ticket.id' }

/**
 * Newest receipt first. One read per status, each by the index of status and receipt and cut at the
 * limit: neither all open tickets are sorted for one page nor is a second index needed for all.
 */
export async function searchTickets(db: Db, filter: TicketFilter): Promise<StoredTicket[]> {
  const statuses = statusesOf(filter)
  // A customer has few tickets, and an index of its own.
  if (filter.customerId !== undefined) {
    return page(db, filter).where('ticket.status', 'in', statuses).execute()
  }
  const [first, ...others] = statuses.map((status) =>
    db
      .selectFrom(page(db, filter).where('ticket.status', '=', status).as('part'))
      .selectAll('part'),
  )
  if (!first) return []
  return others
    .reduce((all, one) => all.unionAll(one), first)
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit)
    .execute()
}

function page(db: Db, filter: TicketFilter) {
  return db
    .selectFrom('ticket')
    .leftJoin('customer', 'customer.id', 'ticket.customer_id')
    .selectAll('ticket')
    .where((eb) => eb.and([...plainConditions(eb, filter), ...textConditions(eb, filter.q ?? '')]))
    .orderBy('ticket.received_at', 'desc')
    .orderBy('ticket.id', 'desc')
    .limit(filter.limit)
}

/** What is overdue is open. */
function statusesOf({ status, dueBefore }: TicketFilter): TicketStatus[] {
  const wanted = ticketStatus.options.filter(
    (one) => status === undefined || (status === 'open' ? isOpen(one) : one === status),
  )
  return dueBefore === undefined ? wanted : wanted.filter(isOpen)
}

function plainConditions(eb: TicketEb, filter: TicketFilter) {
  const { team, kind, customerId, assigneeId, dueBefore, after } = filter
  return [
    ...(team === undefined ? [] : [eb('ticket.team', '=', team)]),
    ...(kind === undefined ? [] : [eb('ticket.kind', '=', kind)]),
    ...(customerId === undefined ? [] : [eb('ticket.customer_id', '=', customerId)]),
    ...(assigneeId === undefined ? [] : [assignedTo(eb, assigneeId)]),
    ...(dueBefore === undefined ? [] : [eb('ticket.due_at', '<', dueBefore)]),
    eb('ticket.merged_into', 'is', null),
    ...(after === null ? [] : [isPast('desc', NEWEST_FIRST, after)]),
  ]
}

function assignedTo(eb: TicketEb, staffId: string | null) {
  return staffId === null
    ? eb('ticket.assignee_id', 'is', null)
    : eb('ticket.assignee_id', '=', staffId)
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
