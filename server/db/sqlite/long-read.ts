import { type CompiledQuery, type DatabaseConnection, type Driver, Kysely } from 'kysely'
import type { QueryResult } from 'kysely'
import type { Db, Tables } from '../schema.ts'
import { sqliteDialect } from './sqlite-driver.ts'
import { type RunInThread, openThread } from './sqlite-thread.ts'

export interface LongReads {
  /** Reads what is committed, in a thread of its own: calls and pops do not wait behind it. */
  readonly db: Db
  close(): Promise<void>
}

/** The thread begins with the first read; one that ended is begun anew with the next. */
export function openLongReads(file: string): LongReads {
  const thread = openThread({ file, mode: 'read', synchronous: 'full' })
  return {
    db: new Kysely<Tables>({ dialect: sqliteDialect(new ThreadDriver(thread.run)) }),
    close: () => thread.close(),
  }
}

/** A connection whose statements run in the thread. */
export class ThreadConnection implements DatabaseConnection {
  readonly #run: RunInThread
  constructor(run: RunInThread) {
    this.#run = run
  }
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, changes } = await this.#run(query)
    // oxlint-disable-next-line no-unsafe-type-assertion -- what a row is, the query's types say
    return { rows: rows as R[], numAffectedRows: BigInt(changes) }
  }
  // oxlint-disable-next-line require-yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('streaming from a thread of SQLite is not supported')
  }
}

/** For statements on their own. */
export class ThreadDriver implements Driver {
  readonly #connection: ThreadConnection
  constructor(run: RunInThread) {
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
  return Promise.reject(new Error('begin it by `longRead` or `longTransaction`'))
}
