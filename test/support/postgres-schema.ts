import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { Client } from 'pg'
import { openDatabase } from '../../server/db/database.ts'
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
/** The same, seen by connections that know it already: a new one learns every table anew. */
const open: Database[] = []
/** How many tables and functions a schema has that is whole; asked of the first. */
let whole: { tables: number; functions: number } | null = null

/** Runs SQL on a connection that sees one schema; answers the rows of the last statement. */
type Ask = <R extends object>(statement: string) => Promise<R[]>

/** All tables and no row, for one test alone; `close()` leaves it to the next one. */
export async function openOwnSchema(server: string): Promise<Database> {
  const database = open.pop() ?? (await openSchema(server))
  const ask: Ask = async <R extends object>(statement: string) =>
    (await sql.raw<R>(statement).execute(database.db)).rows
  if (!(await isMadeEmpty(ask))) {
    await database.close()
    return openOwnSchema(server)
  }
  return { ...database, close: async () => void open.push(database) }
}

async function openSchema(server: string): Promise<Database> {
  const schema = left.pop() ?? (await makeSchema(server))
  return openDatabase(schemaUrl(server, schema))
}

/** The address of such a schema, for a program that opens it itself. */
export async function lendSchema(
  server: string,
): Promise<{ url: string; remove: () => Promise<void> }> {
  const schema = left.pop() ?? (await makeSchema(server))
  const url = schemaUrl(server, schema)
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const isWhole = await isMadeEmpty(async (statement) => (await client.query(statement)).rows)
    if (!isWhole) return await lendSchema(server)
  } finally {
    await client.end()
  }
  return { url, remove: async () => void left.push(schema) }
}

async function makeSchema(server: string): Promise<string> {
  const schema = schemaName()
  const statements = await schemaStatements()
  const setUp = [`create schema ${schema}`, `set search_path = ${schema}`, ...statements]
  await administer(server, setUp.join(';'))
  return schema
}

/**
 * Takes all rows but the marks of the migrations; false when the test before took a table away or
 * left a trigger. A table only ever refers to older ones, so the newest goes first.
 */
async function isMadeEmpty(ask: Ask): Promise<boolean> {
  const [found] = await ask<{ script: string | null; tables: number; functions: number }>(`
    select string_agg(format('delete from %I', relname), ';' order by oid desc)
        filter (where pg_relation_size(oid) > 0) as script,
      count(*)::int as tables,
      (select count(*)::int from pg_proc where pronamespace = current_schema()::regnamespace) as functions
    from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace
      and relname not like 'kysely%'`)
  if (found === undefined) return false
  const { tables, functions } = found
  whole ??= { tables, functions }
  if (tables !== whole.tables || functions !== whole.functions) return false
  if (found.script !== null) await ask(found.script)
  return true
}
