import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../server/db/database.ts'
import type { Database } from '../../server/db/transaction.ts'
import { readTurn } from '../turns.ts'
import { migratedFile } from './migrated-file.ts'
import { administer, lendSchema, openOwnSchema, schemaName, schemaUrl } from './postgres-schema.ts'

export type TestDialect = Database['dialect']

const postgresUrl = process.env['TEST_DATABASE_URL']

/** The databases this run tests on: PostgreSQL when `TEST_DATABASE_URL` names one. */
export const DIALECTS: TestDialect[] = postgresUrl ? ['sqlite', 'postgres'] : ['sqlite']

/** `WHOLE=1 scripts/check`: also what the quick check leaves out, because it takes minutes. */
export const IS_WHOLE = process.env['WHOLE'] === '1'

/** For tests of services on their stores: a check that leaves suites to other turns runs them on one of both. */
export const SERVICE_DIALECTS: TestDialect[] = ofTurn(readTurn())

function ofTurn(turn: number | null): TestDialect[] {
  if (turn === null || postgresUrl === undefined) return DIALECTS
  return turn === 1 ? ['postgres'] : ['sqlite']
}

/**
 * For tests of the house above its stores. Stores, locks, migrations, search and faults of the database
 * are tried on both databases whenever they run; what only calls the services, on PostgreSQL in the
 * whole check.
 */
export const HOUSE_DIALECTS: TestDialect[] = IS_WHOLE ? DIALECTS : ['sqlite']

/** A migrated, empty database of its own; `close()` gives it back. */
export async function openTestDatabase(dialect: TestDialect): Promise<Database> {
  if (dialect === 'postgres') return openOwnSchema(requirePostgres())
  return openDatabase('sqlite::memory:', { contents: await migratedFile() })
}

/** An address of a database; `remove()` takes it back. */
export interface Scratch {
  url: string
  remove: () => Promise<void>
}

/** A database that a service has migrated and nobody has used. */
export async function createMigratedDatabase(dialect: TestDialect): Promise<Scratch> {
  if (dialect === 'postgres') return lendSchema(requirePostgres())
  const scratch = await createScratchDatabase(dialect)
  await writeFile(scratch.url.replace(/^sqlite:/, ''), await migratedFile(), { mode: 0o600 })
  return scratch
}

/** An address where a service can make its own database; `remove()` deletes what it made. */
export async function createScratchDatabase(dialect: TestDialect): Promise<Scratch> {
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

/** The address of the test server. Throws when there is none. */
export function requirePostgres(): string {
  if (!postgresUrl) throw new Error('TEST_DATABASE_URL is not set')
  return postgresUrl
}
