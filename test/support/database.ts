import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { openDatabase } from '../../server/db/database.ts'
import { migrateToLatestOrThrow } from '../../server/db/migrator.ts'
import type { Database } from '../../server/db/transaction.ts'
import { schemaScript } from './schema-script.ts'

export type TestDialect = Database['dialect']

const postgresUrl = process.env['TEST_DATABASE_URL']

/** The databases this run tests on: PostgreSQL when `TEST_DATABASE_URL` names one. */
export const DIALECTS: TestDialect[] = postgresUrl ? ['sqlite', 'postgres'] : ['sqlite']

/** A migrated, empty database of its own; `close()` removes it. */
export async function openTestDatabase(dialect: TestDialect): Promise<Database> {
  if (dialect === 'postgres') return openSchema(await schemaScript())
  const database = await openEmptyTestDatabase(dialect)
  await migrateToLatestOrThrow(database)
  return database
}

/** An address where a service can make its own database; `remove()` deletes what it made. */
export async function createScratchDatabase(
  dialect: TestDialect,
): Promise<{ url: string; remove: () => Promise<void> }> {
  if (dialect === 'sqlite') {
    const folder = await mkdtemp(join(tmpdir(), 'hotline-test-'))
    const remove = () => rm(folder, { recursive: true, force: true })
    return { url: `sqlite:${folder}/hotline.db`, remove }
  }
  if (!postgresUrl) throw new Error('TEST_DATABASE_URL is not set')
  const schema = `t_${randomBytes(8).toString('hex')}`
  await administer(postgresUrl, `create schema ${schema}`)
  const remove = () => administer(postgresUrl, `drop schema ${schema} cascade`)
  return { url: schemaUrl(postgresUrl, schema), remove }
}

/** The same without any table. */
export async function openEmptyTestDatabase(dialect: TestDialect): Promise<Database> {
  return dialect === 'sqlite' ? openDatabase('sqlite::memory:') : openSchema('')
}

async function openSchema(script: string): Promise<Database> {
  if (!postgresUrl) throw new Error('TEST_DATABASE_URL is not set')
  const schema = `t_${randomBytes(8).toString('hex')}`
  await administer(postgresUrl, `create schema ${schema}; set search_path = ${schema}; ${script}`)
  const database = await openDatabase(schemaUrl(postgresUrl, schema))
  return {
    ...database,
    async close() {
      await database.close()
      await administer(postgresUrl, `drop schema ${schema} cascade`)
    },
  }
}

/** The address of the test server, seen through one schema; null when there is none. */
export function postgresTestUrl(schema = 'public'): string | null {
  return postgresUrl ? schemaUrl(postgresUrl, schema) : null
}

function schemaUrl(url: string, schema: string): string {
  const withSchema = new URL(url)
  withSchema.searchParams.set('options', `-c search_path=${schema} -c client_min_messages=warning`)
  return withSchema.href
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
