import { StartError } from '../errors.ts'
import { openPostgres } from './postgres/postgres.ts'
import { openSqlite } from './sqlite/sqlite.ts'
import type { Database } from './transaction.ts'

export interface DatabaseOptions {
  /** Gets what an `afterCommit` task threw; the transaction itself is safe by then. */
  onTaskError?: (error: unknown) => void
  /** What `sqlite::memory:` begins with: the bytes of a SQLite file. */
  contents?: Uint8Array
}

export type DatabaseAddress =
  | { dialect: 'sqlite'; path: string }
  | { dialect: 'postgres'; url: string }

/** Opens `sqlite:./path.db`, `sqlite::memory:` or `postgres://…`; does not migrate. Throws StartError. */
export async function openDatabase(url: string, options: DatabaseOptions = {}): Promise<Database> {
  const address = parseDatabaseUrl(url)
  const onTaskError = options.onTaskError ?? rethrowLater
  switch (address.dialect) {
    case 'sqlite':
      return openSqlite(address.path, onTaskError, options.contents)
    case 'postgres':
      return openPostgres(address.url, onTaskError)
  }
}

/** Throws StartError with an example when the text is not one of the three forms. */
export function parseDatabaseUrl(url: string): DatabaseAddress {
  if (/^postgres(ql)?:\/\//.test(url)) return { dialect: 'postgres', url }
  const path = /^sqlite:(.+)$/.exec(url)?.[1]
  if (path) return { dialect: 'sqlite', path: path.replace(/^\/\/(?=\/)/, '') }
  throw new StartError(
    'DATABASE_URL must begin with sqlite: or postgres://, for example sqlite:./data/hotline.db',
  )
}

/** Whether a statement broke a unique rule, on either database. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  return (
    error.code === 'SQLITE_CONSTRAINT_UNIQUE' ||
    error.code === 'SQLITE_CONSTRAINT_PRIMARYKEY' ||
    error.code === '23505'
  )
}

function rethrowLater(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
}
