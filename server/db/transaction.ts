import type { Db } from './schema.ts'

/** One unit of work: all or nothing; `afterCommit` tasks run in order once it is durable. */
export interface Trx {
  readonly db: Db
  /** Side effects (news to browsers, timers) go here: never before the row is safe. */
  afterCommit(task: () => void): void
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
