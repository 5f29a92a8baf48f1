import { once } from 'node:events'
import { closeSync, openSync, realpathSync, statSync } from 'node:fs'
import { createServer, Socket } from 'node:net'
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
  /** False while PostgreSQL has taken it away: nothing may be written until it is ours again. */
  isHeld(): boolean
  release(): Promise<void>
}

/** A database in memory is nobody else's. */
const UNSHARED: InstanceLock = { isHeld: () => true, release: async () => {} }

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
      return address.path === ':memory:' ? UNSHARED : lockFile(address.path)
    case 'postgres':
      return lockServer(address.url, onLost)
  }
}

/**
 * Two locks: an exclusive transaction on a file beside the real database, for whoever shares the
 * folder, and on Linux a name made of the file itself, which no other path, hard link or removed
 * lock file gets around. Both end with the process; readers and backups of the database stay free.
 */
async function lockFile(path: string): Promise<InstanceLock> {
  const real = createdAt(path)
  const file = lockBeside(real)
  try {
    const name = await lockByIdentity(real)
    return {
      isHeld: () => true,
      async release() {
        file.close()
        await name.release()
      },
    }
  } catch (error) {
    file.close()
    throw error
  }
}

/** The file's one real path; a database that is not there yet is begun, so that it has one. */
function createdAt(path: string): string {
  try {
    makeFolder(dirname(path))
    closeSync(openSync(path, 'a'))
    return realpathSync(path)
  } catch (error) {
    throw new StartError(`DATABASE_URL: cannot open the SQLite file ${path}: ${messageOf(error)}`)
  }
}

function lockBeside(path: string): BetterSqlite.Database {
  const file = openLockFile(path)
  try {
    file.exec('begin exclusive')
    return file
  } catch (error) {
    file.close()
    if (isBusy(error)) throw takenError(path)
    throw error
  }
}

async function lockByIdentity(path: string): Promise<Pick<InstanceLock, 'release'>> {
  if (process.platform !== 'linux') return { release: async () => {} }
  const { dev, ino } = statSync(path, { bigint: true })
  const server = createServer((socket) => socket.destroy())
  // a name in the abstract namespace: the kernel forgets it with the process
  server.listen({ path: `\0hotline-database-${dev}-${ino}` })
  server.unref()
  try {
    await once(server, 'listening')
  } catch (error) {
    if (isInUse(error)) throw takenError(path)
    throw error
  }
  return { release: () => new Promise((resolve) => void server.close(() => resolve())) }
}

function isInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}

function openLockFile(path: string): BetterSqlite.Database {
  try {
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
  let isHeld = true
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
    isHeld = false
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
        isHeld = true
        return null
      }
      // oxlint-disable-next-line no-await-in-loop
      await next.close()
      refusedSince ??= performance.now()
      if (performance.now() - refusedSince > OTHER_HOLDER_MS)
        return takenError(withoutPassword(url)).message
    }
  }

  return {
    isHeld: () => isHeld,
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
    "select pg_try_advisory_lock($1, hashtext(coalesce(current_schema(), current_setting('search_path')))) as locked",
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
