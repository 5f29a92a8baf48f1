import { setTimeout as sleep } from 'node:timers/promises'
import { type CompiledQuery, type DatabaseConnection, type QueryResult, Transaction } from 'kysely'
import { type OpenTrx, openTrx } from '../after-commit.ts'
import type { Mutex } from './mutex.ts'
import { runPreparedBy } from '../prepared.ts'
import type { QuietCheckpoint } from './quiet-checkpoint.ts'
import { retryBusy } from './retry-busy.ts'
import type { Db, Tables } from '../schema.ts'
import { type RoutingDriver, type SqliteHandle, sqliteDialect } from './sqlite-driver.ts'
import type { Trx } from '../transaction.ts'

/** A transaction's way to the writer; a query that outlives its transaction fails loudly. */
class WriterConnection implements DatabaseConnection {
  readonly #writer: SqliteHandle
  #isOpen = true
  /** What made SQLite roll everything back by itself in the middle, as a full disk does. */
  #endedBy: Error | null = null
  constructor(writer: SqliteHandle) {
    this.#writer = writer
  }
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.run<R>(query)
  }
  run<R>(query: CompiledQuery): QueryResult<R> {
    if (!this.#isOpen) throw new Error('a query was run after its transaction had ended')
    this.requireWhole()
    try {
      return this.#writer.run<R>(query)
    } catch (error) {
      if (error instanceof Error && !this.#writer.raw.inTransaction) this.#endedBy = error
      throw error
    }
  }
  /** Nothing more may be written or committed once a part is lost, even if the error was caught. */
  requireWhole(): void {
    if (this.#endedBy !== null) throw this.#endedBy
  }
  close(): void {
    this.#isOpen = false
  }
  // oxlint-disable-next-line require-yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('streaming inside a transaction is not supported')
  }
}

/**
 * Makes the Kysely of one transaction: straight to the writer, dead once it was closed. The next one
 * is made while nobody waits for it.
 */
export function transactionOpener(db: Db, driver: RoutingDriver, writer: SqliteHandle) {
  const dialect = sqliteDialect(driver)
  const executor = db.getExecutor()
  function make() {
    const connection = new WriterConnection(writer)
    const trxDb = new Transaction<Tables>({
      config: { dialect },
      dialect,
      driver,
      executor: executor.withConnectionProvider({
        provideConnection: (consumer) => consumer(connection),
      }),
    })
    runPreparedBy(trxDb, (query) => connection.run(query))
    return { db: trxDb as Db, connection }
  }
  let next: ReturnType<typeof make> | null = null
  return () => {
    const opened = next ?? make()
    next = null
    setImmediate(() => (next ??= make()))
    return opened
  }
}

export interface SqliteParts {
  writer: SqliteHandle
  turn: Mutex
  open: ReturnType<typeof transactionOpener>
  checkpoint: QuietCheckpoint
  /** Throws when the file is no longer where it was opened. */
  requireSameFile: () => void
  onTaskError: (error: unknown) => void
  /** Whether who has the turn waits for the lock of another program. */
  isLockedOut: boolean
}

/**
 * Runs `work` between begin and commit; the caller holds the writer's turn. `deadline` is when a lock
 * of another program is no longer waited for. Reads outside go on meanwhile.
 */
export async function runInTransaction<T>(
  parts: SqliteParts,
  work: (trx: Trx) => Promise<T>,
  deadline: number,
): Promise<T> {
  const { writer, open } = parts
  let result: T
  let around: OpenTrx
  try {
    await whenUnlocked(parts, () => writer.begin(), deadline)
    parts.requireSameFile()
    const { db, connection } = open()
    try {
      around = openTrx(db)
      result = await work(around.trx)
      await around.finish()
      connection.requireWhole()
    } finally {
      connection.close()
    }
    await whenUnlocked(parts, () => writer.commit(), deadline)
  } catch (error) {
    writer.rollback()
    throw error
  } finally {
    parts.turn.release()
  }
  around.committed(parts.onTaskError)
  parts.checkpoint.written()
  return result
}

async function whenUnlocked(
  parts: SqliteParts,
  attempt: () => void,
  deadline: number,
): Promise<void> {
  try {
    await retryBusy(attempt, deadline, (ms) => {
      parts.isLockedOut = true
      return sleep(ms)
    })
  } finally {
    parts.isLockedOut = false
  }
}
