import type { Instant } from '#contract/primitives.ts'
import type { Database, Trx } from '../../db/transaction.ts'
import type { AttemptService } from '../attempt-service.ts'
import { savePromise } from '../callback-store.ts'
import { isRefused, next } from '../promise.ts'
import { listOwedVerdicts } from './verdict-store.ts'

export interface VerdictDeps {
  database: Database
  attempts: Pick<AttemptService, 'announce'>
}

/** Calls broken what nobody tried before the calling hours of its day were over. */
export function createVerdictService({ database, attempts }: VerdictDeps) {
  async function judge(now: Instant): Promise<void> {
    if ((await listOwedVerdicts(database.db, now)).length === 0) return
    await database.transaction((trx) => judgeIn(trx, now))
  }

  /** One that was changed meanwhile is judged at the next look. */
  async function judgeIn(trx: Trx, now: Instant): Promise<void> {
    const broken: string[] = []
    for (const promise of await listOwedVerdicts(trx.db, now)) {
      const after = next(promise, { type: 'day_over', at: now })
      if (isRefused(after)) continue
      // oxlint-disable-next-line no-await-in-loop -- one transaction, one connection
      if (await savePromise(trx.db, promise, after, now)) broken.push(promise.id)
    }
    await attempts.announce(trx, broken)
  }

  return { judge }
}
