import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { openDatabase } from '../../server/db/database.ts'
import type { Database } from '../../server/db/transaction.ts'
import { administer, openOwnSchema, schemaName, schemaUrl } from './postgres-schema.ts'
import { schemaStatements } from './schema-script.ts'

export type TestDialect = Database['dialect']

const postgresUrl = process.env['TEST_DATABASE_URL']

/** The databases this run tests on: PostgreSQL when `TEST_DATABASE_URL` names one. */
export const DIALECTS: TestDialect[] = postgresUrl ? ['sqlite', 'postgres'] : ['sqlite']

/** A migrated, empty database of its own; `close()` gives it back. */
export function openTestDatabase(dialect: TestDialect): Promise<Database> {
  return dialect === 'sqlite' ? openMigrated() : openOwnSchema(requirePostgres())
}

async function openMigrated(): Promise<Database> {
  const database = await openDatabase('sqlite::memory:')
  const statements = await schemaStatements('sqlite')
  await database.transaction(async ({ db }) => {
    // oxlint-disable-next-line no-await-in-loop -- one connection
    for (const statement of statements) await sql.raw(statement).execute(db)
  })
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
  const server = requirePostgres()
  const schema = schemaName()
  await administer(server, `create schema ${schema}`)
  const remove = () => administer(server, `drop schema ${schema} cascade`)
  return { url: schemaUrl(server, schema), remove }
}

/** A database without any table; `close()` removes it. */
export async function openEmptyTestDatabase(dialect: TestDialect): Promise<Database> {
  if (dialect === 'sqlite') return openDatabase('sqlite::memory:')
  const { url, remove } = await createScratchDatabase(dialect)
  const database = await openDatabase(url)
  return {
    ...database,
    async close() {
      await database.close()
      await remove()
    },
  }
}

/** The address of the test server, seen through one schema; null when there is none. */
export function postgresTestUrl(schema = 'public'): string | null {
  return postgresUrl ? schemaUrl(postgresUrl, schema) : null
}

function requirePostgres(): string {
  if (!postgresUrl) throw new Error('TEST_DATABASE_URL is not set')
  return postgresUrl
}
