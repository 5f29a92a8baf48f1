import { Socket } from 'node:net'
import { Kysely } from 'kysely'
import { Pool, type PoolConfig } from 'pg'
import { messageOf, StartError } from '../../errors.ts'
import { openTrx } from '../after-commit.ts'
import {
  CLOSE_LIMIT_MS,
  POSTGRES_LIMITS,
  POSTGRES_TYPES,
  suspicious,
} from './postgres-connection.ts'
import type { Db, Tables } from '../schema.ts'
import type { Database, Trx } from '../transaction.ts'
import { OwnSchemaDialect } from './own-schema-dialect.ts'
import { askedOnce, probeWrite } from '../write-probe.ts'

const POOL_SIZE = 10

export async function openPostgres(
  url: string,
  onTaskError: (error: unknown) => void,
): Promise<Database> {
  const pool = openPool({ ...POSTGRES_LIMITS, connectionString: url, max: POOL_SIZE })
  await requireReachable(pool)
  const { db } = pool
  const { connectionTimeoutMillis, keepAlive } = POSTGRES_LIMITS
  const unlimited = { connectionTimeoutMillis, keepAlive, connectionString: url }
  const long = openPool({ ...unlimited, max: 1 })
  async function transactionOn<T>(on: Db, work: (trx: Trx) => Promise<T>): Promise<T> {
    const { result, around } = await on.transaction().execute(async (trx) => {
      const opened = openTrx(trx)
      const done = await work(opened.trx)
      await opened.finish()
      return { result: done, around: opened }
    })
    around.committed(onTaskError)
    return result
  }
  const transaction = <T>(work: (trx: Trx) => Promise<T>) => transactionOn(db, work)
  return {
    dialect: 'postgres',
    db,
    transaction,
    longRead: (work) => work(db),
    longTransaction: (work) => transactionOn(long.db, work),
    async withoutTimeLimit(work) {
      const own = openPool({ ...unlimited, max: 2 })
      try {
        return await work(own.db)
      } finally {
        await own.close()
      }
    },
    ping: askedOnce(() => transaction((trx) => probeWrite(trx.db))),
    close: async () => void (await Promise.all([pool.close(), long.close()])),
  }
}

interface OpenPool {
  pool: Pool
  db: Db
  close: () => Promise<void>
}

function openPool(config: PoolConfig): OpenPool {
  const sockets = new Set<Socket>()
  const stream = () => {
    const socket = new Socket()
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    return socket
  }
  const pool = new Pool({ ...config, stream, types: POSTGRES_TYPES })
  // A connection that dies is replaced by the pool at the next use. Whoever uses it just then hears
  // of it by its query; without these the event would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const db = new Kysely<Tables>({ dialect: new OwnSchemaDialect({ pool: suspicious(pool) }) })
  return {
    pool,
    db,
    async close() {
      const timer = setTimeout(() => {
        for (const socket of sockets) socket.destroy()
      }, CLOSE_LIMIT_MS)
      await db.destroy()
      // Kysely leaves a pool alone that it never used.
      if (!pool.ended) await pool.end()
      clearTimeout(timer)
    },
  }
}

async function requireReachable({ pool, close }: OpenPool): Promise<void> {
  try {
    await pool.query('select 1')
  } catch (error) {
    await close()
    throw new StartError(`DATABASE_URL: cannot reach PostgreSQL: ${messageOf(error)}`)
  }
}
