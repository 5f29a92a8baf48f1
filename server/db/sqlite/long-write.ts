import { Transaction } from 'kysely'
import { openTrx } from '../after-commit.ts'
import type { Db, Tables } from '../schema.ts'
import type { Trx } from '../transaction.ts'
import { ThreadConnection, ThreadDriver } from './long-read.ts'
import { createMutex, type Mutex } from './mutex.ts'
import { sqliteDialect } from './sqlite-driver.ts'
import { openThread } from './sqlite-thread.ts'

/**
 * Transactions in a thread of their own. While one is open the writer's own wait for it (`retryBusy`),
 * and the event loop turns; its commit and the checkpoint after it stop nobody but the thread. Each
 * begins in its turn among the writer's (`writerTurn`): who waits for one comes before the next, which
 * would else have the lock again before anybody looked.
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
  const turn = createMutex()
  const say = (sql: string) => thread.run({ sql, parameters: [] })

  function openDb(): Db {
    const connection = new ThreadConnection(thread.run)
    const executor = db.getExecutor().withConnectionProvider({
      provideConnection: (consumer) => consumer(connection),
    })
    return new Transaction<Tables>({ config: { dialect }, dialect, driver, executor })
  }

  async function begin(): Promise<void> {
    await writerTurn.acquire()
    try {
      await say('begin immediate')
    } finally {
      writerTurn.release()
    }
  }

  async function transaction<T>(work: (trx: Trx) => Promise<T>): Promise<T> {
    await turn.acquire()
    try {
      await begin()
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
      turn.release()
    }
  }

  return { transaction, close: () => thread.close() }
}
