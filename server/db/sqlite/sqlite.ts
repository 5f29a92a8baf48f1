import { statSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { Kysely } from 'kysely'
import { messageOf, StartError } from '../../errors.ts'
import { openLongReads } from './long-read.ts'
import { openLongWrites } from './long-write.ts'
import { makeFolder } from './make-folder.ts'
import { createMutex } from './mutex.ts'
import { runPreparedBy } from '../prepared.ts'
import { checkpointInQuiet } from './quiet-checkpoint.ts'
import { busyDeadline, retryBusy } from './retry-busy.ts'
import type { Tables } from '../schema.ts'
import {
  createSqliteHandle,
  RoutingDriver,
  type SqliteHandle,
  sqliteDialect,
} from './sqlite-driver.ts'
import { runInTransaction, type SqliteParts, transactionOpener } from './sqlite-transaction.ts'
import type { Database } from '../transaction.ts'
import { askedOnce, probeWrite } from '../write-probe.ts'

/** Below this, WAL files can be corrupted when two connections write or checkpoint at once. */
const OLDEST_SQLITE = [3, 51, 3] as const

/** Per connection: the indexes of a year of calls stay in memory. */
const CACHE_KIB = 32_768

/**
 * How long SQLite itself may wait for a lock: not at all, because it waits with the event loop
 * standing still. `retryBusy` waits instead.
 */
const BUSY_TIMEOUT_MS = 0

/** Who asks whether the database can be used wants the answer sooner than a transaction. */
const PING_LIMIT_MS = 2_000

type OnTaskError = (error: unknown) => void

/**
 * Opens (and creates) the file; `:memory:` is a private temporary file, gone when closed, which
 * begins with `contents`.
 */
export async function openSqlite(
  path: string,
  onTaskError: OnTaskError,
  contents?: Uint8Array,
): Promise<Database> {
  const scratch = path === ':memory:' ? await mkdtemp(join(tmpdir(), 'hotline-db-')) : null
  const file = scratch ? join(scratch, 'hotline.db') : path
  if (scratch && contents) await writeFile(file, contents, { mode: 0o600 })
  const synchronous = scratch ? 'off' : 'full'
  const writer = await openHandle(file, synchronous)
  const reader = await openHandle(file, synchronous)
  reader.raw.pragma('query_only = on')
  const turn = createMutex()
  const driver = new RoutingDriver(reader, writer, turn)
  const db = new Kysely<Tables>({ dialect: sqliteDialect(driver) })
  const outside = driver.outsideTransactions()
  runPreparedBy(db, (query) => outside.executeQuery(query))
  const open = transactionOpener(db, driver, writer)
  const longWrites = openLongWrites(db, { file, synchronous, writerTurn: turn, onTaskError })
  const checkpoint = checkpointInQuiet(writer.raw, onTaskError, longWrites.checkpoint)
  const parts: SqliteParts = {
    writer,
    turn,
    open,
    checkpoint,
    requireSameFile: watchFile(file),
    onTaskError,
    isLockedOut: false,
  }
  const longReads = openLongReads(file)
  return {
    dialect: 'sqlite',
    db,
    async transaction(work) {
      // Who waited long for its turn has waited: one try, so that a queue does not wait in a row.
      const deadline = busyDeadline()
      await turn.acquire()
      return runInTransaction(parts, work, deadline)
    },
    withoutTimeLimit: (work) => work(db),
    longRead: (work) => work(longReads.db),
    longTransaction: longWrites.transaction,
    ping: askedOnce(() => probe(parts)),
    async close() {
      await turn.acquire()
      checkpoint.stop()
      await Promise.all([longReads.close(), longWrites.close()])
      reader.raw.close()
      writer.raw.close()
      turn.release()
      if (scratch) await rm(scratch, { recursive: true, force: true })
    },
  }
}

async function probe(parts: SqliteParts): Promise<void> {
  const deadline = busyDeadline(PING_LIMIT_MS)
  if (!(await parts.turn.acquireWithin(PING_LIMIT_MS))) {
    const detail = parts.isLockedOut
      ? 'database is locked by another program'
      : `another transaction has been running for ${PING_LIMIT_MS} ms`
    throw new BetterSqlite.SqliteError(detail, 'SQLITE_BUSY')
  }
  await runInTransaction(parts, ({ db }) => probeWrite(db), deadline)
}

/**
 * A file that was deleted or replaced could still be written to, and all of it would be gone at the
 * next start. Looking takes some microseconds, on the thread that is about to write anyway.
 */
function watchFile(file: string): () => void {
  const opened = identityOf(file)
  return () => {
    if (identityOf(file) === opened) return
    const detail = `the SQLite file ${file} was deleted or replaced while the service runs`
    throw new BetterSqlite.SqliteError(detail, 'SQLITE_READONLY_DBMOVED')
  }
}

/** Null when it cannot be found. */
function identityOf(file: string): string | null {
  try {
    const { dev, ino } = statSync(file, { bigint: true })
    return `${dev} ${ino}`
  } catch {
    return null
  }
}

async function openHandle(file: string, synchronous: 'full' | 'off'): Promise<SqliteHandle> {
  try {
    makeFolder(dirname(file))
    return await retryBusy(() => openOnce(file, synchronous))
  } catch (error) {
    if (error instanceof StartError) throw error
    throw new StartError(`DATABASE_URL: cannot open the SQLite file ${file}: ${messageOf(error)}`)
  }
}

function openOnce(file: string, synchronous: 'full' | 'off'): SqliteHandle {
  const raw = new BetterSqlite(file, { timeout: BUSY_TIMEOUT_MS })
  try {
    requireSafeVersion(raw)
    raw.pragma('journal_mode = wal')
    raw.pragma(`synchronous = ${synchronous}`)
    raw.pragma('foreign_keys = on')
    raw.pragma('trusted_schema = off')
    raw.pragma('temp_store = memory')
    raw.pragma(`cache_size = -${CACHE_KIB}`)
    return createSqliteHandle(raw)
  } catch (error) {
    raw.close()
    throw error
  }
}

function requireSafeVersion(raw: BetterSqlite.Database): void {
  const version = String(raw.prepare('select sqlite_version()').pluck().get())
  if (isAtLeast(version, OLDEST_SQLITE)) return
  throw new StartError(
    `SQLite ${version} can corrupt its files; this service needs ${OLDEST_SQLITE.join('.')} or newer (run npm ci)`,
  )
}

/** Whether a dotted version is at least `oldest`, number by number. */
export function isAtLeast(version: string, oldest: readonly number[]): boolean {
  const parts = version.split('.').map(Number)
  for (const [index, wanted] of oldest.entries()) {
    const have = parts[index] ?? 0
    if (have !== wanted) return have > wanted
  }
  return true
}
