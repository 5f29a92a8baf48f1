import { sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { messageOf, StartError } from '../errors.ts'
import { migrations as allMigrations } from './migrations/index.ts'
import type { Database } from './transaction.ts'

/**
 * Brings the database to the newest schema, all steps in one transaction. Throws StartError when
 * the database was made by a newer release or a step fails.
 */
export async function migrateToLatestOrThrow(
  database: Database,
  migrations: Record<string, Migration> = allMigrations,
): Promise<void> {
  const schema = await currentSchema(database)
  await refuseNewerDatabase(database, migrations)
  const { error, results } = await database.withoutTimeLimit((db) =>
    new Migrator({
      db,
      provider: { getMigrations: () => Promise.resolve(migrations) },
      ...(schema === null ? {} : { migrationTableSchema: schema }),
    }).migrateToLatest(),
  )
  if (!error) return
  const failed = results?.find((result) => result.status === 'Error')
  throw new StartError(
    `the database could not be migrated${failed ? ` (${failed.migrationName})` : ''}: ${messageOf(error)}`,
  )
}

/** Kysely looks for its own tables in every PostgreSQL schema unless it is told which one. */
async function currentSchema(database: Database): Promise<string | null> {
  if (database.dialect === 'sqlite') return null
  const answer = await sql<{ name: string }>`select current_schema() as name`.execute(database.db)
  return answer.rows[0]?.name ?? 'public'
}

async function refuseNewerDatabase(
  database: Database,
  migrations: Record<string, Migration>,
): Promise<void> {
  const unknown = (await appliedMigrations(database)).filter((name) => !(name in migrations))
  if (unknown.length === 0) return
  throw new StartError(
    `the database is newer than this program (it has ${unknown.join(', ')}): start the release that made it, or a newer one`,
  )
}

async function appliedMigrations(database: Database): Promise<string[]> {
  if (!(await hasMigrationTable(database))) return []
  const found = await sql<{
    name: string
  }>`select name from kysely_migration order by name`.execute(database.db)
  return found.rows.map((row) => row.name)
}

async function hasMigrationTable(database: Database): Promise<boolean> {
  const found =
    database.dialect === 'sqlite'
      ? await sql`select 1 from sqlite_master where name = 'kysely_migration'`.execute(database.db)
      : await sql`select 1 where to_regclass('kysely_migration') is not null`.execute(database.db)
  return found.rows.length > 0
}
