import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { CompiledQuery, Kysely, Transaction } from 'kysely'
import { messageOf, StartError } from '../errors.ts'
import { type OpenTrx, openTrx } from './after-commit.ts'
import { createMutex, type Mutex } from './mutex.ts'
import { runPreparedBy } from './prepared.ts'
import { checkpointInQuiet, type QuietCheckpoint } from './quiet-checkpoint.ts'
import type { Db, Tables } from './schema.ts'
import {
  createSqliteHandle,
  RoutingDriver,
  type SqliteHandle,
  sqliteDialect,
  WriterConnection,
} from './sqlite-driver.ts'
import type { Database, Trx } from './transaction.ts'

/** Below this, WAL files can be corrupted when two connections write or checkpoint at once. */
const OLDEST_SQLITE = [3, 51, 3] as const

/** Per connection: the indexes of a year of calls stay in memory. */
const CACHE_KIB = 32_768

type OnTaskError = (error: unknown) => void

/** Opens (and creates) the file; `:memory:` is a private temporary file, gone when closed. */
export function openSqlite(path: string, onTaskError: OnTaskError): Database {
  const scratch = path === ':memory:' ? mkdtempSync(join(tmpdir(), 'hotline-db-')) : null
  const file = scratch ? join(scratch, 'hotline.db') : path
  const writer = openHandle(file, scratch ? 'off' : 'full')
  const reader = openHandle(file, scratch ? 'off' : 'full')
  reader.raw.pragma('query_only = on')
  const checkpoint = checkpointInQuiet(writer.raw, onTaskError)
  const turn = createMutex()
  const driver = new RoutingDriver(reader, writer, turn)
  const dialect = sqliteDialect(driver)
  const db = new Kysely<Tables>({ dialect })
  const outside = driver.outsideTransactions()
  runPreparedBy(db, (query) => outside.executeQuery(query))
  const open = transactionOpener(db, driver, writer)
  return {
    dialect: 'sqlite',
    db,
    transaction: (work) => transact({ writer, turn, open, checkpoint, onTaskError }, work),
    async ping() {
      writer.run(CompiledQuery.raw('select 1'))
    },
    async close() {
      await turn.acquire()
      checkpoint.stop()
      reader.raw.close()
      writer.raw.close()
      if (scratch) rmSync(scratch, { recursive: true, force: true })
    },
  }
}

function openHandle(file: string, synchronous: 'full' | 'off'): SqliteHandle {
  const raw = openFile(file)
  requireSafeVersion(raw)
  raw.pragma('busy_timeout = 5000')
  raw.pragma('journal_mode = wal')
  raw.pragma(`synchronous = ${synchronous}`)
  raw.pragma('foreign_keys = on')
  raw.pragma('trusted_schema = off')
  raw.pragma('temp_store = memory')
  raw.pragma(`cache_size = -${CACHE_KIB}`)
  return createSqliteHandle(raw)
}

function openFile(file: string): BetterSqlite.Database {
  try {
    mkdirSync(dirname(file), { recursive: true })
    const raw = new BetterSqlite(file)
    raw.pragma('schema_version')
    return raw
  } catch (error) {
    throw new StartError(`DATABASE_URL: cannot open the SQLite file ${file}: ${messageOf(error)}`)
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

/** Makes the Kysely of one transaction: straight to the writer, dead once `close` was called. */
function transactionOpener(db: Db, driver: RoutingDriver, writer: SqliteHandle) {
  const dialect = sqliteDialect(driver)
  const executor = db.getExecutor()
  return () => {
    const state = { open: true }
    const connection = new WriterConnection(writer, state)
    const trxDb = new Transaction<Tables>({
      config: { dialect },
      dialect,
      driver,
      executor: executor.withConnectionProvider({
        provideConnection: (consumer) => consumer(connection),
      }),
    })
    runPreparedBy(trxDb, (query) => connection.run(query))
    return { db: trxDb as Db, close: () => void (state.open = false) }
  }
}

interface Parts {
  writer: SqliteHandle
  turn: Mutex
  open: ReturnType<typeof transactionOpener>
  checkpoint: QuietCheckpoint
  onTaskError: OnTaskError
}

async function transact<T>(parts: Parts, work: (trx: Trx) => Promise<T>): Promise<T> {
  const { writer, turn, open, checkpoint, onTaskError } = parts
  await turn.acquire()
  let result: T
  let around: OpenTrx
  try {
    writer.begin()
    const opened = open()
    try {
      around = openTrx(opened.db)
      result = await work(around.trx)
      await around.finish()
      writer.commit()
    } catch (error) {
      writer.rollback()
      throw error
    } finally {
      opened.close()
    }
  } finally {
    turn.release()
  }
  around.committed(onTaskError)
  checkpoint.written()
  return result
}
