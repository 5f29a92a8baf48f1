import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { Client } from 'pg'
import { openDatabase } from '../../server/db/database.ts'
import type { Db } from '../../server/db/schema.ts'
import type { Database } from '../../server/db/transaction.ts'
import { schemaStatements } from './schema-script.ts'

/** What this run of tests makes begins with it; `drop-schemas.ts` sets and removes it. */
const PREFIX = `t_${process.env['TEST_RUN'] ?? 'x'}_`

/** A name that no schema has yet. */
export function schemaName(): string {
  return PREFIX + randomBytes(8).toString('hex')
}

/** A server seen through one schema. */
export function schemaUrl(server: string, schema: string): string {
  const url = new URL(server)
  url.searchParams.set('options', `-c search_path=${schema} -c client_min_messages=warning`)
  return url.href
}

/** Runs statements on a connection of their own. */
export async function administer(server: string, statements: string): Promise<void> {
  const client = new Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(statements)
  } finally {
    await client.end()
  }
}

/** Schemas of tests that are over: emptying one takes a fiftieth of the time of making one. */
const left: string[] = []
/** How many tables a schema has that is whole; asked of the first. */
let tablesOfWhole: number | null = null

/** All tables and no row, for one test alone; `close()` leaves the schema to the next one. */
export async function openOwnSchema(server: string): Promise<Database> {
  const schema = left.pop() ?? (await makeSchema(server))
  const database = await openDatabase(schemaUrl(server, schema))
  const tables = await emptyTables(database.db)
  tablesOfWhole ??= tables
  if (tables !== tablesOfWhole) {
    // the test before took a table away
    await database.close()
    return openOwnSchema(server)
  }
  return {
    ...database,
    async close() {
      await database.close()
      left.push(schema)
    },
  }
}

async function makeSchema(server: string): Promise<string> {
  const schema = schemaName()
  const statements = await schemaStatements('postgres')
  const setUp = [`create schema ${schema}`, `set search_path = ${schema}`, ...statements]
  await administer(server, setUp.join(';'))
  return schema
}

/** Answers how many there are. A table only ever refers to older ones, so the newest goes first. */
async function emptyTables(db: Db): Promise<number> {
  const { rows } = await sql<{ script: string; tables: number }>`
    select string_agg(format('delete from %I', relname), ';' order by oid desc) as script,
      count(*)::int as tables
    from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace`.execute(db)
  const [found] = rows
  await sql.raw(found?.script ?? '').execute(db)
  return found?.tables ?? 0
}
