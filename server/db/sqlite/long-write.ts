import { Transaction } from 'kysely'
import { openTrx } from '../after-commit.ts'
import type { Db, Tables } from '../schema.ts'
import type { Trx } from '../transaction.ts'
import { ThreadConnection, ThreadDriver } from './long-read.ts'
import type { Mutex } from './mutex.ts'
import { sqliteDialect } from './sqlite-driver.ts'
import { openThread } from './sqlite-thread.ts'

/**
 * Transactions in a thread of their own. Each has the writer's turn from its begin until its commit and
 * the checkpoint after it are over, so the writer's own wait while the event loop turns: a commit of
 * theirs beside that checkpoint would stop it until the disk has written both. Who waits comes before the
 * next one.
 */
export function openLongWrites(
  db: Db,
  options: {
    file: string
    synchronous: 'full' | 'off'
    writerTurn: Mutex
    onTaskError: (error: unknown) => void
  },
) {
  const { file, synchronous, writerTurn, onTaskError } = options
  const thread = openThread({ file, mode: 'write', synchronous })
  const driver = new ThreadDriver(thread.run)
  const dialect = sqliteDialect(driver)
  const say = (sql: string) => thread.run({ sql, parameters: [] })

  function openDb(): Db {
    const connection = new ThreadConnection(thread.run)
    const executor = db.getExecutor().withConnectionProvider({
      provideConnection: (consumer) => consumer(connection),
    })
    return new Transaction<Tables>({ config: { dialect }, dialect, driver, executor })
  }

  async function transaction<T>(work: (trx: Trx) => Promise<T>): Promise<T> {
    await writerTurn.acquire()
    try {
      await say('begin immediate')
      const around = openTrx(openDb())
      let result: T
      try {
        result = await work(around.trx)
        await around.finish()
        await say('commit')
      } catch (error) {
        // what rolled back by itself has nothing left to roll back
        await say('rollback').catch(() => undefined)
        throw error
      }
      around.committed(onTaskError)
      return result
    } finally {
      writerTurn.release()
    }
  }

  /** Moves the WAL into the file, in a turn of its own; null while there is no thread. */
  function checkpoint(): Promise<void> | null {
    if (!thread.isRunning()) return null
    return (async () => {
      await writerTurn.acquire()
      try {
        if (thread.isRunning()) await say('pragma wal_checkpoint(passive)')
      } finally {
        writerTurn.release()
      }
    })()
  }

  return { transaction, checkpoint, close: () => thread.close() }
}
