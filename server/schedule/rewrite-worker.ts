import type { Instant } from '#contract/primitives.ts'
import type { Db } from '../db/schema.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { savePlace, selectPlace } from './rewrite-store.ts'

/** Stored rows that have to be written anew because the rules by which they were made have changed. */
export interface RewriteOrder {
  /** For the log and for `GET /api/jobs`. */
  name: string
  /** The rules in one word: for another word all rows are gone through again. */
  rules: string
  /**
   * Rewrites some rows after this id (empty: from the beginning), in the order of their ids or against
   * it; answers the last id it saw, null when there is none after it. Few enough that the database is
   * free again in milliseconds.
   */
  step: (trx: Trx, afterId: string) => Promise<string | null>
}

/** Between two steps, so that calls are never behind more than one of them. */
export const REWRITE_PAUSE_MS = 20
/** A rewriting that is done asks nothing of the database any more. */
export const REWRITE_REST_MS = 3_600_000

/**
 * Goes once through the rows, a step per transaction. How far it is stands in the database: after a
 * restart it goes on, and what was done once is not done again.
 */
export function createRewriter(database: Database, order: RewriteOrder) {
  let isDone = false

  /** The last id that was seen; empty at the beginning, null when all rows have been. */
  async function reached(db: Db): Promise<string | null> {
    const place = await selectPlace(db, order.name)
    return place?.rules === order.rules ? place.after : ''
  }

  async function work(): Promise<void> {
    if (isDone) return
    await database.transaction(async (trx) => {
      const after = await reached(trx.db)
      const last = after === null ? null : await order.step(trx, after)
      if (after !== null) await savePlace(trx.db, order.name, { rules: order.rules, after: last })
      trx.afterCommit(() => (isDone = last === null))
    })
  }

  /** Now, as long as there are rows; never when all have been gone through. */
  async function nextDueAt(now: Instant): Promise<Instant | null> {
    return isDone ? null : now
  }

  return { work, nextDueAt, reached, isDone: () => isDone }
}
