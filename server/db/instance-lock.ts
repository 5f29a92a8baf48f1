import { mkdirSync } from 'node:fs'
import { Socket } from 'node:net'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import BetterSqlite from 'better-sqlite3'
import { Client } from 'pg'
import { messageOf, StartError } from '../errors.ts'
import { parseDatabaseUrl } from './database.ts'
import { CLOSE_LIMIT_MS, POSTGRES_LIMITS } from './postgres/postgres-connection.ts'
import { isBusy } from './sqlite/retry-busy.ts'

/** Held while the service runs, so that no second one works on the same database. */
export interface InstanceLock {
  release(): Promise<void>
}

/** Any number will do as long as it never changes. */
const ADVISORY_KEY = 1_900_0382

/**
 * Throws StartError when another service holds the database. The operating system (or PostgreSQL)
 * lets go when the process dies, however it dies. `onLost` says that PostgreSQL closed the
 * connection that held the lock.
 */
export async function acquireInstanceLock(
  databaseUrl: string,
  onLost: (reason: string) => void,
): Promise<InstanceLock> {
  const address = parseDatabaseUrl(databaseUrl)
  switch (address.dialect) {
    case 'sqlite':
      return address.path === ':memory:' ? { release: async () => {} } : lockFile(address.path)
    case 'postgres':
      return lockServer(address.url, onLost)
  }
}

/** An exclusive transaction on a file beside the database: its readers and backups stay free. */
function lockFile(path: string): InstanceLock {
  mkdirSync(dirname(path), { recursive: true })
  const file = new BetterSqlite(`${path}.lock`, { timeout: 0 })
  try {
    file.exec('begin exclusive')
  } catch (error) {
    file.close()
    if (isBusy(error)) throw takenError(path)
    throw error
  }
  return { release: async () => void file.close() }
}

async function lockServer(url: string, onLost: (reason: string) => void): Promise<InstanceLock> {
  const { connectionTimeoutMillis, query_timeout, keepAlive } = POSTGRES_LIMITS
  const limits = { connectionTimeoutMillis, query_timeout, keepAlive }
  const socket = new Socket()
  const client = new Client({ ...limits, connectionString: url, stream: () => socket })
  let isReleased = false
  client.on('error', (error) => {
    if (!isReleased) onLost(error.message)
  })
  const release = async () => {
    isReleased = true
    // A server that is silent does not say goodbye.
    await Promise.race([client.end(), sleep(CLOSE_LIMIT_MS, null, { ref: false })])
    socket.destroy()
  }
  try {
    if (await lock(client)) return { release }
  } catch (error) {
    await release()
    throw new StartError(`DATABASE_URL: cannot reach PostgreSQL: ${messageOf(error)}`)
  }
  await release()
  throw takenError(withoutPassword(url))
}

async function lock(client: Client): Promise<boolean> {
  await client.connect()
  const { rows } = await client.query<{ locked: boolean }>(
    "select pg_try_advisory_lock($1, hashtext(current_setting('search_path'))) as locked",
    [ADVISORY_KEY],
  )
  return rows[0]?.locked === true
}

function takenError(what: string): StartError {
  return new StartError(
    `DATABASE_URL: another hotline service is running on ${what}: stop it first`,
  )
}

function withoutPassword(url: string): string {
  const { host, pathname } = new URL(url)
  return `postgres://${host}${pathname}`
}
