import { type Kysely, sql } from 'kysely'
import { type AddedColumn, addColumns } from './add-columns.ts'

const DUE_COLUMNS: AddedColumn[] = [
  { name: 'due_owner', type: 'text' },
  { name: 'due_lease_until', type: 'text' },
  { name: 'due_fence', type: 'integer', default: 0 },
  { name: 'due_tries', type: 'integer', default: 0 },
  { name: 'due_error', type: 'text' },
  { name: 'due_retry_at', type: 'text' },
]

const CALLS_PER_STEP = 500

/** Promises and owed tickets fall due by one shape of columns; calls say when they came to owe. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addColumns(db, 'callback', [
    ...DUE_COLUMNS,
    { name: 'asked_at', type: 'text' },
    { name: 'asked_version', type: 'integer' },
    { name: 'asked_by', type: 'text' },
  ])
  await addColumns(db, 'call', [...DUE_COLUMNS, { name: 'ticket_moment_at', type: 'text' }])
  await db.schema
    .createIndex('call_owed')
    .ifNotExists()
    .on('call')
    .column('ticket_moment_at')
    .where(sql.ref('ticket_moment_at'), 'is not', null)
    .where(sql.ref('ticket_id'), 'is', null)
    .execute()
  await db.schema
    .createIndex('callback_taken')
    .ifNotExists()
    .on('callback')
    .column('due_lease_until')
    .where(sql.ref('due_owner'), 'is not', null)
    .execute()
  await fillTicketMoments(db)
  await fillAnswered(db)
}

/** Calls that have their ticket are only counted by the column: their first answer stands for it. */
async function fillAnswered(db: Kysely<unknown>): Promise<void> {
  await sql`
    update call set ticket_moment_at = answered_at
    where ticket_id is not null and ticket_moment_at is null and direction = 'inbound'
  `.execute(db)
}

interface StoredCall {
  id: string
  state: string
}

/**
 * Fills the new column for answered calls without a ticket, the only ones that it is asked about: a
 * call that has its ticket owes nothing, and one that goes on is written anew with its next event.
 */
async function fillTicketMoments(db: Kysely<unknown>): Promise<void> {
  let last = ''
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- in steps, so that a big table is never in memory
    const { rows } = await sql<StoredCall>`
      select id, state from call
      where answered_at is not null and ticket_id is null and ticket_moment_at is null and id > ${sql.lit(last)}
      order by id limit ${sql.lit(CALLS_PER_STEP)}
    `.execute(db)
    // oxlint-disable-next-line no-await-in-loop
    for (const row of rows) await fillTicketMoment(db, row)
    const newest = rows.at(-1)
    if (newest === undefined) return
    last = newest.id
  }
}

async function fillTicketMoment(db: Kysely<unknown>, { id, state }: StoredCall): Promise<void> {
  const moment = ticketMomentOf(state)
  if (moment === null) return
  await sql`update call set ticket_moment_at = ${moment} where id = ${id}`.execute(db)
}

/** Null when the call owed none, and for a state that cannot be read: nothing could be opened by it. */
function ticketMomentOf(state: string): string | null {
  try {
    const call: unknown = JSON.parse(state)
    if (typeof call !== 'object' || call === null || !('ticketMomentAt' in call)) return null
    return typeof call.ticketMomentAt === 'string' ? call.ticketMomentAt : null
  } catch {
    return null
  }
}
