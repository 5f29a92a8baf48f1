import { parentPort, workerData } from 'node:worker_threads'
import BetterSqlite from 'better-sqlite3'

/** A thread of its own, so here SQLite itself may wait for a lock. */
const BUSY_TIMEOUT_MS = 2_000
const CACHE_KIB = 32_768

/** What `long-read.ts` asks, and the answer: rows, or the error with SQLite's own code. */
export interface LongReadOrder {
  id: number
  sql: string
  parameters: readonly unknown[]
}
export type LongReadAnswer =
  | { id: number; rows: unknown[] }
  | { id: number; message: string; code: string }

if (parentPort !== null) serve(parentPort, String(workerData))

function serve(port: NonNullable<typeof parentPort>, file: string): void {
  const database = new BetterSqlite(file, { readonly: true, timeout: BUSY_TIMEOUT_MS })
  database.pragma('trusted_schema = off')
  database.pragma('temp_store = memory')
  database.pragma(`cache_size = -${CACHE_KIB}`)
  port.on('message', (order: LongReadOrder) => port.postMessage(answer(database, order)))
}

function answer(database: BetterSqlite.Database, order: LongReadOrder): LongReadAnswer {
  const { id, sql, parameters } = order
  try {
    return { id, rows: database.prepare(sql).all(...parameters) }
  } catch (error) {
    const code = error instanceof BetterSqlite.SqliteError ? error.code : 'SQLITE_ERROR'
    return { id, message: error instanceof Error ? error.message : String(error), code }
  }
}
