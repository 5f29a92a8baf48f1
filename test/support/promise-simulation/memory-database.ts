import BetterSqlite from 'better-sqlite3'
import { type CompiledQuery, type DatabaseConnection, Kysely, type QueryResult } from 'kysely'
import { openTrx } from '../../../server/db/after-commit.ts'
import { runPreparedBy } from '../../../server/db/prepared.ts'
import type { Db, Tables } from '../../../server/db/schema.ts'
import { createMutex, type Mutex } from '../../../server/db/sqlite/mutex.ts'
import {
  createSqliteHandle,
  type SqliteHandle,
  sqliteDialect,
} from '../../../server/db/sqlite/sqlite-driver.ts'
import type { Database } from '../../../server/db/transaction.ts'
import { migratedFile } from '../migrated-file.ts'

/** The rows of a simulation, emptied between two of them: to open and prepare costs more than to delete. */
export interface MemoryDatabase extends Database {
  /** For the judge, who looks at what is committed while nobody writes. */
  readonly raw: BetterSqlite.Database
  clear: () => void
}

/** What a simulation leaves rows in; what refers to others comes first. */
const WRITTEN = [
  'callback_attempt',
  'callback',
  'call',
  'ticket',
  'extension_holder',
  'staff',
] as const

/**
 * The service's own statements on its own tables, in memory: one connection, so that whoever reads
 * outside a transaction waits for it and sees what is committed. No file, no thread and no timer, so
 * that the same seed takes the same turns.
 */
export async function openMemoryDatabase(): Promise<MemoryDatabase> {
  const raw = new BetterSqlite(await inOneFile(await migratedFile()))
  raw.pragma('journal_mode = memory')
  raw.pragma('foreign_keys = on')
  const handle = createSqliteHandle(raw)
  const turn = createMutex()
  const waiting = new WaitingConnection(handle, turn)
  const outside = dbOf(waiting)
  const inside = dbOf(new DirectConnection(handle))
  runPreparedBy(inside, (query) => handle.run(query))
  runPreparedBy(outside, (query) => waiting.executeQuery(query))
  const database: Database = {
    dialect: 'sqlite',
    db: outside,
    async transaction(work) {
      await turn.acquire()
      const around = openTrx(inside)
      let result: Awaited<ReturnType<typeof work>>
      try {
        handle.begin()
        result = await work(around.trx)
        await around.finish()
        handle.commit()
      } catch (error) {
        handle.rollback()
        throw error
      } finally {
        turn.release()
      }
      around.committed(rethrow)
      return result
    },
    withoutTimeLimit: (work) => work(outside),
    longRead: (work) => work(outside),
    longTransaction: (work) => database.transaction(work),
    ping: async () => {},
    close: async () => void raw.close(),
  }
  await begin(database)
  return { ...database, raw, clear: () => clear(raw) }
}

/** Kysely takes more turns for its first statement, which the first seed of a process would see. */
async function begin(database: Database): Promise<void> {
  await readOnce(database.db)
  await database.transaction((trx) => readOnce(trx.db))
}

function readOnce(db: Db): Promise<unknown> {
  return db.selectFrom('staff').select('id').execute()
}

function clear(raw: BetterSqlite.Database): void {
  raw.transaction(() => {
    for (const table of WRITTEN) raw.exec(`delete from ${table}`)
    for (const table of [
      'search_due',
      'search_due_customer',
      'search_due_bulk',
      'search_due_held',
    ]) {
      raw.exec(`delete from ${table}`)
    }
  })()
}

/** SQLite opens no image whose header says that a log beside it belongs to it. */
async function inOneFile(file: Buffer): Promise<Buffer> {
  const image = Buffer.from(file)
  const [readVersion, writeVersion] = [18, 19]
  image[readVersion] = 1
  image[writeVersion] = 1
  return image
}

class DirectConnection implements DatabaseConnection {
  readonly #handle: SqliteHandle
  constructor(handle: SqliteHandle) {
    this.#handle = handle
  }
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.#handle.run<R>(query)
  }
  // oxlint-disable-next-line require-yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('nothing is streamed in a simulation')
  }
}

class WaitingConnection implements DatabaseConnection {
  readonly #handle: SqliteHandle
  readonly #turn: Mutex
  constructor(handle: SqliteHandle, turn: Mutex) {
    this.#handle = handle
    this.#turn = turn
  }
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    await this.#turn.acquire()
    try {
      return this.#handle.run<R>(query)
    } finally {
      this.#turn.release()
    }
  }
  // oxlint-disable-next-line require-yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('nothing is streamed in a simulation')
  }
}

function dbOf(connection: DatabaseConnection): Db {
  const driver = {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    releaseConnection: async () => {},
    destroy: async () => {},
  }
  return new Kysely<Tables>({ dialect: sqliteDialect(driver) })
}

async function refuse(): Promise<void> {
  throw new Error('a transaction goes through the database')
}

function rethrow(error: unknown): void {
  throw error
}
