import type { Instant } from '#contract/primitives.ts'
import type { Database } from '../../db/transaction.ts'
import type { AttemptService } from '../attempt-service.ts'
import { findCallback, savePromise } from '../callback-store.ts'
import { expiredBefore } from '../policy/expiry.ts'
import { isRefused, next } from '../promise.ts'
import { listExpired } from './due-order-store.ts'

export interface ExpiryDeps {
  database: Database
  attempts: Pick<AttemptService, 'announce'>
}

/** Promises that the clock comes to days late: their people see them as not reached, and decide. */
export function createExpiryService({ database, attempts }: ExpiryDeps) {
  async function expireDue(now: Instant): Promise<void> {
    for (const id of await listExpired(database.db, expiredBefore(now))) {
      // oxlint-disable-next-line no-await-in-loop -- after an outage of days, and then once
      await expireOne(id, now)
    }
  }

  async function expireOne(id: string, now: Instant): Promise<void> {
    await database.transaction(async (trx) => {
      const callback = await findCallback(trx.db, id)
      if (callback === null) return
      const after = next(callback, { type: 'too_late', now })
      if (isRefused(after) || after === callback) return
      if (await savePromise(trx.db, callback, after, now)) await attempts.announce(trx, [id])
    })
  }

  return { expireDue }
}
