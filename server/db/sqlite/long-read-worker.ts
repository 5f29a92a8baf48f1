import { parentPort, workerData } from 'node:worker_threads'
import BetterSqlite from 'better-sqlite3'

/** A thread of its own, so here SQLite itself may wait for a lock. */
const BUSY_TIMEOUT_MS = 4_000
const CACHE_KIB = 65_536

/** What the thread is begun with. */
export interface ThreadOrder {
  file: string
  /** `read`: what is committed; `write`: transactions of its own, as durable as the writer's. */
  mode: 'read' | 'write'
  synchronous: 'full' | 'off'
}

/** What is asked, and the answer: rows, or the error with SQLite's own code. */
export interface LongReadOrder {
  id: number
  sql: string
  parameters: readonly unknown[]
}
export type LongReadAnswer =
  | { id: number; rows: unknown[]; changes: number }
  | { id: number; message: string; code: string }

// oxlint-disable-next-line no-unsafe-type-assertion -- sent by `long-read.ts` alone
if (parentPort !== null) serve(parentPort, workerData as ThreadOrder)

function serve(
  port: NonNullable<typeof parentPort>,
  { file, mode, synchronous }: ThreadOrder,
): void {
  const database = new BetterSqlite(file, { readonly: mode === 'read', timeout: BUSY_TIMEOUT_MS })
  database.pragma('trusted_schema = off')
  database.pragma('temp_store = memory')
  database.pragma(`cache_size = -${CACHE_KIB}`)
  database.pragma('foreign_keys = on')
  if (mode === 'write') database.pragma(`synchronous = ${synchronous}`)
  const prepared = new Map<string, BetterSqlite.Statement>()
  port.on('message', (order: LongReadOrder) => port.postMessage(answer(database, prepared, order)))
}

function answer(
  database: BetterSqlite.Database,
  prepared: Map<string, BetterSqlite.Statement>,
  { id, sql, parameters }: LongReadOrder,
): LongReadAnswer {
  try {
    const statement = prepared.get(sql) ?? database.prepare(sql)
    if (!database.readonly) prepared.set(sql, statement)
    if (statement.reader) return { id, rows: statement.all(...parameters), changes: 0 }
    return { id, rows: [], changes: statement.run(...parameters).changes }
  } catch (error) {
    const code = error instanceof BetterSqlite.SqliteError ? error.code : 'SQLITE_ERROR'
    return { id, message: error instanceof Error ? error.message : String(error), code }
  }
}
