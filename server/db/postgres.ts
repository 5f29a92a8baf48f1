import { Kysely, PostgresDialect, sql } from 'kysely'
import { Pool, TypeOverrides } from 'pg'
import { messageOf, StartError } from '../errors.ts'
import { openTrx } from './after-commit.ts'
import type { Tables } from './schema.ts'
import type { Database, Trx } from './transaction.ts'

const INT8 = 20
const POOL_SIZE = 10

/** `count(*)` and the like come as INT8; ours stay far below 2^53. */
const types = new TypeOverrides()
types.setTypeParser(INT8, Number)

export async function openPostgres(
  url: string,
  onTaskError: (error: unknown) => void,
): Promise<Database> {
  const pool = new Pool({ connectionString: url, max: POOL_SIZE, types })
  // A connection that dies while idle is replaced by the pool at the next use.
  pool.on('error', () => {})
  await requireReachable(pool)
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return {
    dialect: 'postgres',
    db,
    async transaction<T>(work: (trx: Trx) => Promise<T>): Promise<T> {
      const { result, around } = await db.transaction().execute(async (trx) => {
        const opened = openTrx(trx)
        const done = await work(opened.trx)
        await opened.finish()
        return { result: done, around: opened }
      })
      around.committed(onTaskError)
      return result
    },
    async ping() {
      await sql`select 1`.execute(db)
    },
    async close() {
      await db.destroy()
      // Kysely leaves a pool alone that it never used.
      if (!pool.ended) await pool.end()
    },
  }
}

async function requireReachable(pool: Pool): Promise<void> {
  try {
    await pool.query('select 1')
  } catch (error) {
    await pool.end()
    throw new StartError(`DATABASE_URL: cannot reach PostgreSQL: ${messageOf(error)}`)
  }
}
