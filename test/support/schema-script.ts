import {
  type CompiledQuery,
  type Dialect,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { migrations } from '../../server/db/migrations/index.ts'
import type { Database } from '../../server/db/transaction.ts'

type Dialects = Database['dialect']

const written = new Map<Dialects, Promise<string[]>>()

/**
 * The statements of all migrations, in order: sent at once they cost a fraction of running the
 * migrations, which matters to tests that each want a database of their own.
 */
export function schemaStatements(dialect: Dialects): Promise<string[]> {
  const known = written.get(dialect)
  if (known !== undefined) return known
  const recorded = record(dialect)
  written.set(dialect, recorded)
  return recorded
}

async function record(dialect: Dialects): Promise<string[]> {
  const statements: string[] = []
  const recorder = new Kysely<unknown>({
    dialect: DEAF[dialect],
    log: ({ query }) => void statements.push(withoutParameters(query)),
  })
  for (const name of Object.keys(migrations).toSorted()) {
    // oxlint-disable-next-line no-await-in-loop -- they are written in order
    await migrations[name]?.up(recorder)
  }
  return statements
}

/** Databases that are told everything and do nothing. */
const DEAF: Record<Dialects, Dialect> = {
  postgres: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
  sqlite: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
}

function withoutParameters({ sql, parameters }: CompiledQuery): string {
  if (parameters.length > 0) throw new Error(`a migration with parameters: ${sql}`)
  return sql
}
