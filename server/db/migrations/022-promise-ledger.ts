import { type Kysely, sql, SqliteAdapter } from 'kysely'
import { addColumns } from './add-columns.ts'

/** What a promise to a caller whom nobody has talked to does not have yet. */
const OPTIONAL = ['ticket_id', 'assignee_id', 'created_by']

/**
 * The ledger of promises: why each was made and by which team it is kept, the moment that was promised
 * (retries move `due_at`, never this), the first attempt and the verdict, and how many attempts the trunk
 * or the PBX spoiled. A missed caller is promised a
 * callback by the service itself: without a ticket and without a person. Promises of earlier releases
 * get no verdict: their moment was moved by their retries.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addColumns(db, 'callback', [
    { name: 'reason', type: 'text' },
    { name: 'team', type: 'text' },
    { name: 'promised_for', type: 'text' },
    { name: 'agreed', type: 'integer', default: 0 },
    { name: 'late_until', type: 'text' },
    { name: 'first_attempt_at', type: 'text' },
    { name: 'verdict', type: 'text' },
    { name: 'queue', type: 'text' },
    { name: 'missed_call_id', type: 'text' },
    { name: 'faults', type: 'integer', default: 0 },
  ])
  if (db.getExecutor().adapter instanceof SqliteAdapter) await rebuildOnSqlite(db)
  else await loosenOnPostgres(db)
  await sql`update callback set
    reason = 'guidance', team = 'cskh', promised_for = due_at,
    first_attempt_at = (select min(submitted_at) from callback_attempt
      where callback_attempt.callback_id = callback.id)
    where promised_for is null`.execute(db)
  await indexLedger(db)
}

async function loosenOnPostgres(db: Kysely<unknown>): Promise<void> {
  for (const column of OPTIONAL) {
    // oxlint-disable-next-line no-await-in-loop -- three
    await sql`alter table callback alter column ${sql.ref(column)} drop not null`.execute(db)
  }
}

/**
 * SQLite cannot loosen a column: the table is made anew, with the one that refers to it, so that no
 * reference points nowhere at any moment.
 */
async function rebuildOnSqlite(db: Kysely<unknown>): Promise<void> {
  const { sql: promises } = await definitionOf(db, 'callback')
  if (!promises.includes('"ticket_id" text not null')) return
  const { sql: attempts } = await definitionOf(db, 'callback_attempt')
  const indexes = await sql<{ sql: string }>`select sql from sqlite_master where type = 'index'
    and tbl_name in ('callback', 'callback_attempt') and sql is not null`.execute(db)
  const loosened = OPTIONAL.reduce(
    (text, column) => text.replace(`"${column}" text not null`, `"${column}" text`),
    promises.replace('"callback"', '"callback_new"'),
  )
  const statements = [
    loosened,
    attempts
      .replace('"callback_attempt"', '"callback_attempt_new"')
      .replace('references "callback"', 'references "callback_new"'),
    'insert into callback_new select * from callback',
    'insert into callback_attempt_new select * from callback_attempt',
    'drop table callback_attempt',
    'drop table callback',
    'alter table callback_new rename to callback',
    'alter table callback_attempt_new rename to callback_attempt',
    ...indexes.rows.map((row) => row.sql),
  ]
  for (const statement of statements) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await sql.raw(statement).execute(db)
  }
}

async function definitionOf(db: Kysely<unknown>, table: string): Promise<{ sql: string }> {
  const { rows } = await sql<{ sql: string }>`
    select sql from sqlite_master where type = 'table' and name = ${table}`.execute(db)
  const [row] = rows
  if (row === undefined) throw new Error(`there is no table ${table}`)
  return row
}

/** Figures are read by the day of the promised moment; a verdict that is owed, by the rows without one. */
async function indexLedger(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('callback_promised_for')
    .ifNotExists()
    .on('callback')
    .column('promised_for')
    .execute()
  await db.schema
    .createIndex('callback_team')
    .ifNotExists()
    .on('callback')
    .columns(['team', 'status', 'due_at'])
    .execute()
  await db.schema
    .createIndex('callback_owed_verdict')
    .ifNotExists()
    .on('callback')
    .column('late_until')
    .where(sql.ref('verdict'), 'is', null)
    .execute()
  await db.schema
    .createIndex('callback_one_missed')
    .ifNotExists()
    .unique()
    .on('callback')
    .column('number_dial')
    .where(sql<boolean>`ticket_id is null and status in ('scheduled', 'dialing')`)
    .execute()
  // A missed call is promised a callback once, whoever learns of it how often.
  await db.schema
    .createIndex('callback_missed_call')
    .ifNotExists()
    .unique()
    .on('callback')
    .column('missed_call_id')
    .where(sql.ref('missed_call_id'), 'is not', null)
    .execute()
  await db.schema
    .createIndex('callback_missed_number')
    .ifNotExists()
    .on('callback')
    .columns(['number_dial', 'created_at'])
    .where(sql.ref('missed_call_id'), 'is not', null)
    .execute()
}
