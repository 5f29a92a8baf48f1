import type { Db } from './schema.ts'

/** One unit of work: all or nothing. */
export interface Trx {
  readonly db: Db
  /** Runs once everything else of the transaction is written, still inside it. */
  beforeCommit(task: () => Promise<void>): void
  /**
   * Side effects (news to browsers, timers) go here: never before the row is safe. Tasks run in
   * order; those of somebody who waits (`first`) before all others.
   */
  afterCommit(task: () => void, order?: 'first'): void
}

export interface Database {
  readonly dialect: 'sqlite' | 'postgres'
  /** For reads outside a transaction. */
  readonly db: Db
  /**
   * Runs `work` in one transaction (`BEGIN IMMEDIATE` on SQLite); a throw rolls all of it back and
   * runs no task. What to do about the error, `errorClass` says. Waits at most 5 s for a lock of
   * another program on SQLite, and as long as the time limits say on PostgreSQL.
   *
   * When the connection breaks while the commit is on its way, its answer is lost: this throws
   * weather although the rows may be there. So the same `work` is run again, from rows it reads
   * anew, and must not do its work twice: insert with the same identity and `on conflict do nothing`
   * (an id or a unique key from outside, made before the first try), update `where version = …`, and
   * decide by what is returned. Tasks of the first try never run; those of the repeat do, so a
   * repeat that finds its rows there states its tasks all the same.
   */
  transaction<T>(work: (trx: Trx) => Promise<T>): Promise<T>
  /** For work that takes long, such as migrations: no time limit stops its statements. */
  withoutTimeLimit<T>(work: (db: Db) => Promise<T>): Promise<T>
  /**
   * For reads outside a transaction that look through many rows, such as a search by words: on SQLite
   * in a thread of its own, so that calls and pops do not wait behind them. Sees what is committed.
   */
  longRead<T>(work: (db: Db) => Promise<T>): Promise<T>
  /**
   * One transaction whose statements take seconds, such as the switch of an import: no time limit
   * stops them, and on SQLite they run in a thread of their own. There the transactions of calls wait
   * until it ends (the event loop turns): at most a second or two. Those that wait come before the next
   * long one. So `work` writes by its own handle alone: what asks `transaction` would wait for itself.
   */
  longTransaction<T>(work: (trx: Trx) => Promise<T>): Promise<T>
  /**
   * Resolves when rows can be written now, else throws what is wrong: full, read-only, locked, gone
   * or silent. Writes a row and removes it; gives up after seconds; questions at once are one.
   */
  ping(): Promise<void>
  close(): Promise<void>
}
