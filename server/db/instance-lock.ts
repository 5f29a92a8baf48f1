import { Socket } from 'node:net'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import BetterSqlite from 'better-sqlite3'
import { Client } from 'pg'
import { messageOf, StartError } from '../errors.ts'
import { parseDatabaseUrl } from './database.ts'
import { CLOSE_LIMIT_MS, POSTGRES_LIMITS } from './postgres/postgres-connection.ts'
import { makeFolder } from './sqlite/make-folder.ts'
import { isBusy } from './sqlite/retry-busy.ts'

/** Held while the service runs, so that no second one works on the same database. */
export interface InstanceLock {
  release(): Promise<void>
}

/** Any number will do as long as it never changes. */
const ADVISORY_KEY = 1_900_0382

/**
 * Throws StartError when another service holds the database. The operating system (or PostgreSQL)
 * lets go when the process dies, however it dies. `onLost` says that PostgreSQL took the lock away,
 * by a restart or a fail-over, and that somebody else has it now.
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
  const file = openLockFile(path)
  try {
    file.exec('begin exclusive')
  } catch (error) {
    file.close()
    if (isBusy(error)) throw takenError(path)
    throw error
  }
  return { release: async () => void file.close() }
}

function openLockFile(path: string): BetterSqlite.Database {
  try {
    makeFolder(dirname(path))
    return new BetterSqlite(`${path}.lock`, { timeout: 0 })
  } catch (error) {
    throw new StartError(`DATABASE_URL: cannot write ${path}.lock: ${messageOf(error)}`)
  }
}

/** Between two tries to get the lock back, and for how long another holder is waited out. */
const AGAIN_AFTER_MS = 500
const OTHER_HOLDER_MS = 5_000

async function lockServer(url: string, onLost: (reason: string) => void): Promise<InstanceLock> {
  let isReleased = false
  let held = await connectForLock(url, regain)
  if (!held.isOurs) {
    await held.close()
    throw takenError(withoutPassword(url))
  }

  /**
   * A server that restarts or fails over takes the connection away, not the database: the lock is
   * asked for again as long as nobody can write, and is lost only when somebody else has it.
   */
  function regain(): void {
    if (!isReleased) void tryAgain().then((reason) => (reason === null ? null : onLost(reason)))
  }

  async function tryAgain(): Promise<string | null> {
    let refusedSince: number | null = null
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop -- each try follows the one before
      await sleep(AGAIN_AFTER_MS, null, { ref: false })
      if (isReleased) return null
      // oxlint-disable-next-line no-await-in-loop
      const next = await connectForLock(url, regain).catch(() => null)
      if (next === null) continue
      if (next.isOurs) {
        held = next
        return null
      }
      // oxlint-disable-next-line no-await-in-loop
      await next.close()
      refusedSince ??= performance.now()
      if (performance.now() - refusedSince > OTHER_HOLDER_MS) return 'another service has taken it'
    }
  }

  return {
    async release() {
      isReleased = true
      await held.close()
    },
  }
}

/** One connection that has asked for the lock. Throws StartError when there is no server. */
async function connectForLock(url: string, onBroken: () => void) {
  const { connectionTimeoutMillis, query_timeout, keepAlive } = POSTGRES_LIMITS
  const limits = { connectionTimeoutMillis, query_timeout, keepAlive }
  const socket = new Socket()
  const client = new Client({ ...limits, connectionString: url, stream: () => socket })
  let isOurs = false
  let isClosed = false
  client.on('error', () => {
    if (isOurs && !isClosed) onBroken()
    isClosed = true
  })
  const close = async () => {
    isClosed = true
    // A server that is silent does not say goodbye.
    await Promise.race([client.end(), sleep(CLOSE_LIMIT_MS, null, { ref: false })])
    socket.destroy()
  }
  try {
    isOurs = await lock(client)
    return { isOurs, close }
  } catch (error) {
    await close()
    throw new StartError(`DATABASE_URL: cannot reach PostgreSQL: ${messageOf(error)}`)
  }
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
