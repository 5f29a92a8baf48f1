import { Worker } from 'node:worker_threads'
import BetterSqlite from 'better-sqlite3'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  type QueryResult,
} from 'kysely'
import type { Db, Tables } from '../schema.ts'
import type { LongReadAnswer, LongReadOrder } from './long-read-worker.ts'
import { sqliteDialect } from './sqlite-driver.ts'

export interface LongReads {
  /** Reads what is committed, in a thread of its own: calls and pops do not wait behind it. */
  readonly db: Db
  close(): Promise<void>
}

/** The thread begins with the first read; one that ended is begun anew with the next. */
export function openLongReads(file: string): LongReads {
  const waiting = new Map<number, PromiseWithResolvers<unknown[]>>()
  let worker: Worker | null = null
  let lastId = 0

  function begin(): Worker {
    const begun = new Worker(new URL('./long-read-worker.ts', import.meta.url), {
      workerData: file,
      // the options of a test runner are none of its business
      execArgv: [],
    })
    begun.unref()
    begun.on('message', take)
    begun.on('error', (error) => failAll(error instanceof Error ? error.message : String(error)))
    begun.on('exit', () => {
      if (worker === begun) worker = null
      failAll('the thread of long reads ended')
    })
    return begun
  }

  function take(answer: LongReadAnswer): void {
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('rows' in answer) asked?.resolve(answer.rows)
    else asked?.reject(new BetterSqlite.SqliteError(answer.message, answer.code))
  }

  function failAll(why: string): void {
    const error = new BetterSqlite.SqliteError(why, 'SQLITE_IOERR')
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }

  function run({ sql, parameters }: CompiledQuery): Promise<unknown[]> {
    worker ??= begin()
    const order: LongReadOrder = { id: ++lastId, sql, parameters }
    const asked = Promise.withResolvers<unknown[]>()
    waiting.set(order.id, asked)
    // oxlint-disable-next-line require-post-message-target-origin -- a thread has no origin
    worker.postMessage(order)
    return asked.promise
  }

  return {
    db: new Kysely<Tables>({ dialect: sqliteDialect(new ThreadDriver(run)) }),
    async close() {
      await worker?.terminate()
    },
  }
}

class ThreadConnection implements DatabaseConnection {
  readonly #run: (query: CompiledQuery) => Promise<unknown[]>
  constructor(run: (query: CompiledQuery) => Promise<unknown[]>) {
    this.#run = run
  }
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    // oxlint-disable-next-line no-unsafe-type-assertion -- what a row is, the query's types say
    return { rows: (await this.#run(query)) as R[] }
  }
  // oxlint-disable-next-line require-yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('streaming from the thread of long reads is not supported')
  }
}

class ThreadDriver implements Driver {
  readonly #connection: ThreadConnection
  constructor(run: (query: CompiledQuery) => Promise<unknown[]>) {
    this.#connection = new ThreadConnection(run)
  }
  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection
  }
  beginTransaction = refuseTransaction
  commitTransaction = refuseTransaction
  rollbackTransaction = refuseTransaction
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
}

function refuseTransaction(): Promise<never> {
  return Promise.reject(new Error('the thread of long reads has no transactions'))
}
