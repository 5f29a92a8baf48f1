import { sql } from 'kysely'
import { normalizeVn } from '../../server/customers/phone-number.ts'
import { migrateToLatestOrThrow } from '../../server/db/migrator.ts'
import { inParts, preparedForRows } from '../../server/db/prepared.ts'
import type { Db, Row } from '../../server/db/schema.ts'
import type { Database } from '../../server/db/transaction.ts'
import { createIndexService } from '../../server/search/index-service.ts'
import { createVietnameseRows } from './vietnamese-rows.ts'

const ROWS_PER_TRANSACTION = 5000
const DOCUMENTS_PER_STEP = 1000
const PEOPLE = 20
const AT = '2026-01-01T00:00:00.000Z'

const insertCustomers = preparedForRows((db, rows: Row<'customer'>[]) =>
  db.insertInto('customer').values(rows),
)
const insertPhones = preparedForRows((db, rows: Row<'customer_phone'>[]) =>
  db.insertInto('customer_phone').values(rows),
)
const insertContracts = preparedForRows((db, rows: Row<'contract'>[]) =>
  db.insertInto('contract').values(rows),
)
const insertTickets = preparedForRows((db, rows: Row<'ticket'>[]) =>
  db.insertInto('ticket').values(rows),
)

/** Migrates an empty database and fills it with so many tickets and their customers; no index yet. */
export async function fillTickets(database: Database, amount: number): Promise<void> {
  await migrateToLatestOrThrow(database)
  const staffIds = await addPeople(database.db)
  const rows = createVietnameseRows(amount, Date.now(), staffIds)
  await inTurns(database, rows.customers, async (db, numbers) => {
    const some = numbers.map((n) => rows.customerRows(n))
    for (const part of inParts(some)) {
      // oxlint-disable-next-line no-await-in-loop
      await insertCustomers(
        db,
        part.map(({ customer }) => customer),
      )
      // oxlint-disable-next-line no-await-in-loop
      await insertPhones(
        db,
        part.map(({ phone }) => phone),
      )
      // oxlint-disable-next-line no-await-in-loop
      await insertContracts(
        db,
        part.map(({ contract }) => contract),
      )
    }
  })
  await inTurns(database, amount, async (db, numbers) => {
    const some = numbers.map((n) => rows.ticketRow(n))
    // oxlint-disable-next-line no-await-in-loop
    for (const part of inParts(some)) await insertTickets(db, part)
  })
  // what the first indexing does anyway
  await database.withoutTimeLimit(async (db) => {
    await db.deleteFrom('search_due').execute()
    await db.deleteFrom('search_due_customer').execute()
  })
}

/** The first indexing, in larger steps than beside calls, all parts merged. */
export async function indexAll(database: Database): Promise<void> {
  if (database.dialect === 'sqlite') return indexInSteps(database)
  // word by word a million documents take 20 minutes
  await database.withoutTimeLimit(async (db) => {
    const { rows } = await sql<{ name: string; definition: string }>`
      select indexname as name, indexdef as definition from pg_indexes
      where schemaname = current_schema() and indexdef like '% USING gin %'`.execute(db)
    for (const { name } of rows) await sql`drop index ${sql.table(name)}`.execute(db)
    await indexInSteps(database)
    for (const { definition } of rows) await sql.raw(definition).execute(db)
  })
}

async function indexInSteps(database: Database): Promise<void> {
  const index = createIndexService({
    database,
    describeNumber: normalizeVn,
    reached: async () => null,
    perStep: DOCUMENTS_PER_STEP,
  })
  for (const kind of ['customer', 'ticket'] as const) {
    for (let before: string | null = ''; before !== null;) {
      const from: string = before
      // oxlint-disable-next-line no-await-in-loop -- one step after the other
      before = await database.transaction(({ db }) => index.indexBefore(db, kind, from))
    }
  }
  await index.catchUp()
}

async function inTurns(
  database: Database,
  amount: number,
  work: (db: Db, numbers: number[]) => Promise<void>,
): Promise<void> {
  for (let first = 1; first <= amount; first += ROWS_PER_TRANSACTION) {
    const length = Math.min(ROWS_PER_TRANSACTION, amount - first + 1)
    const numbers = Array.from({ length }, (_, index) => first + index)
    // oxlint-disable-next-line no-await-in-loop -- one transaction after the other
    await database.transaction(({ db }) => work(db, numbers))
  }
}

async function addPeople(db: Db): Promise<string[]> {
  const people = Array.from({ length: PEOPLE }, (_, n) => ({
    id: `agent-${n}`,
    username: `agent-${n}`,
    display_name: `Agent ${n}`,
    role: 'agent',
    extension: null,
    active: 1,
    password_hash: 'x',
    version: 1,
    created_at: AT,
    updated_at: AT,
  }))
  await db.insertInto('staff').values(people).execute()
  return people.map(({ id }) => id)
}
