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
  /** Runs `work` in one transaction (`BEGIN IMMEDIATE` on SQLite); a throw rolls all of it back. */
  transaction<T>(work: (trx: Trx) => Promise<T>): Promise<T>
  /** Answers when the database is usable, throws what is wrong. */
  ping(): Promise<void>
  close(): Promise<void>
}
