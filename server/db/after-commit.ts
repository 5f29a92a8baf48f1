import type { Db } from './schema.ts'
import type { Trx } from './transaction.ts'

/** A transaction's handle, and what was asked to run around its commit. */
export interface OpenTrx {
  readonly trx: Trx
  /** Runs what was asked for the end of the transaction; such work may ask for more. */
  finish(): Promise<void>
  /** Runs the tasks for after the commit; one that throws is reported and does not stop the next. */
  committed(onTaskError: (error: unknown) => void): void
}

export function openTrx(db: Db): OpenTrx {
  const last: (() => Promise<void>)[] = []
  const first: (() => void)[] = []
  const others: (() => void)[] = []
  return {
    trx: {
      db,
      beforeCommit: (task) => void last.push(task),
      afterCommit: (task, order) => void (order === 'first' ? first : others).push(task),
    },
    async finish() {
      // oxlint-disable-next-line no-await-in-loop
      for (let task = last.shift(); task; task = last.shift()) await task()
    },
    committed(onTaskError) {
      for (const task of [...first, ...others]) {
        try {
          task()
        } catch (error) {
          onTaskError(error)
        }
      }
    },
  }
}
