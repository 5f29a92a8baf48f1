import { Worker } from 'node:worker_threads'
import BetterSqlite from 'better-sqlite3'
import type { LongReadAnswer, LongReadOrder, ThreadOrder } from './long-read-worker.ts'

export interface ThreadResult {
  rows: unknown[]
  changes: number
}
export type RunInThread = (query: {
  sql: string
  parameters: readonly unknown[]
}) => Promise<ThreadResult>

/** A thread with a connection of its own; it begins with the first statement, and anew when it ended. */
export function openThread(order: ThreadOrder) {
  const waiting = new Map<number, PromiseWithResolvers<ThreadResult>>()
  let worker: Worker | null = null
  let lastId = 0

  function begin(): Worker {
    const begun = new Worker(new URL('./long-read-worker.ts', import.meta.url), {
      workerData: order,
      // the options of a test runner are none of its business
      execArgv: [],
    })
    begun.unref()
    begun.on('message', take)
    begun.on('error', (error) => failAll(error instanceof Error ? error.message : String(error)))
    begun.on('exit', () => {
      if (worker === begun) worker = null
      failAll('the thread of long work ended')
    })
    return begun
  }

  function take(answer: LongReadAnswer): void {
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('rows' in answer) asked?.resolve(answer)
    else asked?.reject(new BetterSqlite.SqliteError(answer.message, answer.code))
  }

  function failAll(why: string): void {
    const error = new BetterSqlite.SqliteError(why, 'SQLITE_IOERR')
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }

  const run: RunInThread = ({ sql, parameters }) => {
    worker ??= begin()
    const statement: LongReadOrder = { id: ++lastId, sql, parameters }
    const asked = Promise.withResolvers<ThreadResult>()
    waiting.set(statement.id, asked)
    // oxlint-disable-next-line require-post-message-target-origin -- a thread has no origin
    worker.postMessage(statement)
    return asked.promise
  }

  return {
    run,
    isRunning: () => worker !== null,
    async close(): Promise<void> {
      await worker?.terminate()
    },
  }
}
