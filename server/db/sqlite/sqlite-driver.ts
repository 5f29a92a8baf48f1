import type BetterSqlite from 'better-sqlite3'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
} from 'kysely'
import type { Mutex } from './mutex.ts'
import { StablePlanCompiler } from './query-compiler.ts'
import { busyDeadline, retryBusy } from './retry-busy.ts'

/** Lists in `in (…)` make statements of many lengths; beyond this the cache starts again. */
const CACHED_STATEMENTS = 500

/**
 * One better-sqlite3 handle that prepares each statement once.
 *
 * Why not Kysely's own dialect: six statements of one opened ticket, begin to durable, take 0.8 ms
 * this way, 2.0 ms with it (built and prepared anew at each run) and 1.5 ms with it and statements
 * compiled once (p50 on 2 cores; `scripts/benchmarks/sqlite-layer.ts`, printed by `scripts/bench`).
 * Its one connection would also make every read wait for the transaction, and it begins deferred.
 */
export interface SqliteHandle {
  readonly raw: BetterSqlite.Database
  prepare(sql: string): BetterSqlite.Statement
  run<R>(query: CompiledQuery): QueryResult<R>
  begin(): void
  commit(): void
  rollback(): void
}

export function createSqliteHandle(raw: BetterSqlite.Database): SqliteHandle {
  const cache = new Map<string, BetterSqlite.Statement>()
  const begin = raw.prepare('begin immediate')
  const commit = raw.prepare('commit')
  function prepare(sql: string): BetterSqlite.Statement {
    const known = cache.get(sql)
    if (known) return known
    if (cache.size >= CACHED_STATEMENTS) cache.clear()
    const statement = raw.prepare(sql)
    cache.set(sql, statement)
    return statement
  }
  return {
    raw,
    prepare,
    run: <R>(query: CompiledQuery) => runStatement<R>(prepare(query.sql), query.parameters),
    begin() {
      // What a failed disk did not let go of; left open, nothing could begin any more.
      if (raw.inTransaction) raw.exec('rollback')
      begin.run()
    },
    commit: () => void commit.run(),
    rollback() {
      if (raw.inTransaction) raw.exec('rollback')
    },
  }
}

function runStatement<R>(
  statement: BetterSqlite.Statement,
  parameters: readonly unknown[],
): QueryResult<R> {
  // oxlint-disable-next-line no-unsafe-type-assertion -- what a row is, the query's types say
  if (statement.reader) return { rows: statement.all(...parameters) as R[] }
  const { changes } = statement.run(...parameters)
  return { rows: [], numAffectedRows: BigInt(changes) }
}

/**
 * While no transaction is open everything runs on the writer, whose cache is warm: the reader must
 * read again what the writer changed. While one is open, reads go to the reader at once and the rest
 * waits for its turn, so a statement outside a transaction can never slip into somebody else's.
 */
class RoutingConnection implements DatabaseConnection {
  inTransaction = false
  readonly #reader: SqliteHandle
  readonly #writer: SqliteHandle
  readonly #turn: Mutex
  constructor(reader: SqliteHandle, writer: SqliteHandle, turn: Mutex) {
    this.#reader = reader
    this.#writer = writer
    this.#turn = turn
  }
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.inTransaction) return this.#writer.run<R>(query)
    const deadline = busyDeadline()
    if (await retryBusy(() => this.#writer.prepare(query.sql).readonly, deadline)) {
      return retryBusy(() => this.#forReading().run<R>(query), deadline)
    }
    await this.#turn.acquire()
    try {
      return await retryBusy(() => this.#writer.run<R>(query), deadline)
    } finally {
      this.#turn.release()
    }
  }
  #forReading(): SqliteHandle {
    return this.#turn.isHeld() ? this.#reader : this.#writer
  }
  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    const statement = this.#reader.raw.prepare(query.sql)
    for (const row of statement.iterate(...query.parameters)) {
      // oxlint-disable-next-line no-unsafe-type-assertion -- as above
      yield { rows: [row as R] }
    }
  }
}

/** Hands out routing connections; transactions of Kysely's own (migrations) hold the writer's turn. */
export class RoutingDriver implements Driver {
  readonly #reader: SqliteHandle
  readonly #writer: SqliteHandle
  readonly #turn: Mutex
  constructor(reader: SqliteHandle, writer: SqliteHandle, turn: Mutex) {
    this.#reader = reader
    this.#writer = writer
    this.#turn = turn
  }
  async init(): Promise<void> {}
  async acquireConnection(): Promise<RoutingConnection> {
    return this.outsideTransactions()
  }
  /** For statements on their own. */
  outsideTransactions(): RoutingConnection {
    return new RoutingConnection(this.#reader, this.#writer, this.#turn)
  }
  async beginTransaction(connection: RoutingConnection): Promise<void> {
    const deadline = busyDeadline()
    await this.#turn.acquire()
    try {
      await retryBusy(() => this.#writer.begin(), deadline)
      connection.inTransaction = true
    } catch (error) {
      this.#turn.release()
      throw error
    }
  }
  async commitTransaction(connection: RoutingConnection): Promise<void> {
    await retryBusy(() => this.#writer.commit())
    this.#end(connection)
  }
  async rollbackTransaction(connection: RoutingConnection): Promise<void> {
    this.#writer.rollback()
    this.#end(connection)
  }
  #end(connection: RoutingConnection): void {
    connection.inTransaction = false
    this.#turn.release()
  }
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {
    this.#reader.raw.close()
    this.#writer.raw.close()
  }
}

/** Kysely's SQLite dialect over a driver of ours, with DDL inside transactions. */
export function sqliteDialect(driver: Driver): Dialect {
  return {
    createDriver: () => driver,
    createQueryCompiler: () => new StablePlanCompiler(),
    createAdapter: () => new RoutingAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  }
}

class RoutingAdapter extends SqliteAdapter {
  /** Kysely's own queue would make reads wait for transactions. */
  override get supportsMultipleConnections(): boolean {
    return true
  }
  /** True of SQLite; a migration that fails half-way leaves nothing behind. */
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}
