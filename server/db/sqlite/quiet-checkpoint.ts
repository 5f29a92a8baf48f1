import type BetterSqlite from 'better-sqlite3'

/**
 * Pages of the WAL at which SQLite no longer waits for a quiet moment. Not more: overwriting a short
 * log is made durable faster than growing a long one.
 */
const PAGES_AT_MOST = 1_000
/** Transactions that make a checkpoint worth its two fsyncs. */
const WORTH_IT = 10
const QUIET_MS = 250

export interface QuietCheckpoint {
  /** A transaction has been committed. */
  written(): void
  stop(): void
}

/**
 * Moves the WAL into the database file when nothing was written for a moment: by itself SQLite would
 * do it within some call's commit, whose agent then waits for the pop.
 */
export function checkpointInQuiet(
  raw: BetterSqlite.Database,
  onError: (error: unknown) => void,
): QuietCheckpoint {
  raw.pragma(`wal_autocheckpoint = ${PAGES_AT_MOST}`)
  let commits = 0
  let timer: NodeJS.Timeout | null = null

  function quiet(): void {
    timer = null
    if (raw.inTransaction) return
    commits = 0
    try {
      raw.pragma('wal_checkpoint(passive)')
    } catch (error) {
      onError(error)
    }
  }

  return {
    written() {
      commits += 1
      if (timer !== null) timer.refresh()
      else if (commits >= WORTH_IT) timer = setTimeout(quiet, QUIET_MS).unref()
    },
    stop() {
      if (timer !== null) clearTimeout(timer)
    },
  }
}
