import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'
import { migrations } from '../../server/db/migrations/index.ts'

let script: Promise<string> | null = null

/**
 * All migrations as one text for PostgreSQL: sent in one go it costs a fraction of running them one
 * by one, which matters to tests that each want a schema of their own.
 */
export function schemaScript(): Promise<string> {
  script ??= record()
  return script
}

async function record(): Promise<string> {
  const statements: string[] = []
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
  }
  return statements.join(';\n')
}

function withoutParameters({ sql, parameters }: CompiledQuery): string {
  if (parameters.length > 0) throw new Error(`a migration with parameters: ${sql}`)
  return sql
}
