import type BetterSqlite from 'better-sqlite3'

/** Pages of the WAL at which SQLite waits for nothing: more than a burst of 500 answered calls makes. */
const PAGES_AT_MOST = 8_000
/** Transactions that make a checkpoint worth its two fsyncs. */
const WORTH_IT = 10
const QUIET_MS = 250
/**
 * Transactions after which no quiet moment is waited for, about 1,000 pages: overwriting a short log is
 * made durable faster than growing a long one.
 */
const OVERDUE = 60
/** Until what the last transaction has to say is on its way. */
const SOON_MS = 10

export interface QuietCheckpoint {
  /** A transaction has been committed. */
  written(): void
  stop(): void
}

/**
 * Moves the WAL into the database file when nothing was written for a moment: by itself SQLite would
 * do it within some call's commit, whose agent then waits for the pop. `inThread` does it in a thread
 * where there is one, so that the event loop does not wait for the disk; else it answers null.
 */
export function checkpointInQuiet(
  raw: BetterSqlite.Database,
  onError: (error: unknown) => void,
  inThread: () => Promise<void> | null = () => null,
): QuietCheckpoint {
  raw.pragma(`wal_autocheckpoint = ${PAGES_AT_MOST}`)
  let commits = 0
  let timer: NodeJS.Timeout | null = null

  function checkpoint(): void {
    timer = null
    if (raw.inTransaction) return startIn(SOON_MS)
    commits = 0
    const moved = inThread()
    if (moved !== null) return void moved.catch(onError)
    try {
      raw.pragma('wal_checkpoint(passive)')
    } catch (error) {
      onError(error)
    }
  }

  function startIn(ms: number): void {
    stop()
    timer = setTimeout(checkpoint, ms).unref()
  }

  function stop(): void {
    if (timer !== null) clearTimeout(timer)
  }

  return {
    written() {
      commits += 1
      if (commits < WORTH_IT || commits > OVERDUE) return
      if (commits === OVERDUE) startIn(SOON_MS)
      else if (timer === null) startIn(QUIET_MS)
      else timer.refresh()
    },
    stop,
  }
}
