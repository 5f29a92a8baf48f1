import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'
import { migrations } from '../../server/db/migrations/index.ts'

/** What Kysely's migrator makes and writes when all of them went through. */
const MARKS = [
  'create table kysely_migration (name varchar(255) primary key, timestamp varchar(255) not null)',
  'create table kysely_migration_lock (id varchar(255) primary key, is_locked integer default 0 not null)',
  `insert into kysely_migration_lock (id) values ('migration_lock')`,
]

let written: Promise<string[]> | null = null

/**
 * The statements of all migrations for PostgreSQL, in order, and the marks that they were run: sent
 * at once they cost a fraction of running the migrations, which matters to tests that each want a
 * database of their own.
 */
export function schemaStatements(): Promise<string[]> {
  written ??= record()
  return written
}

async function record(): Promise<string[]> {
  const statements = [...MARKS]
  // A database that is told everything and does nothing.
  const recorder = new Kysely<unknown>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    log: ({ query }) => void statements.push(withoutParameters(query)),
  })
  for (const name of Object.keys(migrations).toSorted()) {
    // oxlint-disable-next-line no-await-in-loop -- they are written in order
    await migrations[name]?.up(recorder)
    statements.push(
      `insert into kysely_migration values ('${name}', '${new Date().toISOString()}')`,
    )
  }
  return statements
}

function withoutParameters({ sql, parameters }: CompiledQuery): string {
  if (parameters.length > 0) throw new Error(`a migration with parameters: ${sql}`)
  return sql
}
