import type { Instant } from '#contract/primitives.ts'
import type { Database, Trx } from '../../db/transaction.ts'
import type { AttemptService } from '../attempt-service.ts'
import { type Callback, savePromise } from '../callback-store.ts'
import type { CallbackRules } from '../policy/callback-rules.ts'
import { lateUntilOf } from '../policy/verdict.ts'
import { isRefused, next } from '../promise.ts'
import { listPastTheirTurn } from './closing-store.ts'
import { promisedAfterClosing } from './place.ts'

export interface ClosingDeps {
  database: Database
  attempts: Pick<AttemptService, 'announce'>
  rules: () => Pick<CallbackRules, 'hours'>
}

/** Closing time came before the turn of callers who asked: they are promised the next beginning of the hours. */
export function createClosingService({ database, attempts, rules }: ClosingDeps) {
  async function close(now: Instant): Promise<void> {
    const { hours } = rules()
    const over = (await listPastTheirTurn(database.db, now)).flatMap((promise) => {
      const dueAt = promisedAfterClosing(hours, promise.promisedFor)
      return dueAt === null ? [] : [{ promise, dueAt, lateUntil: lateUntilOf(dueAt, hours) }]
    })
    if (over.length > 0) await database.transaction((trx) => closeIn(trx, over, now))
  }

  /** One that was changed meanwhile comes with the next look. */
  async function closeIn(trx: Trx, over: Over[], now: Instant): Promise<void> {
    const dated: string[] = []
    for (const { promise, dueAt, lateUntil } of over) {
      const after = next(promise, { type: 'closed', dueAt, lateUntil })
      if (isRefused(after)) continue
      // oxlint-disable-next-line no-await-in-loop -- one transaction, one connection
      if (await savePromise(trx.db, promise, after, now)) dated.push(promise.id)
    }
    await attempts.announce(trx, dated)
  }

  return { close }
}

interface Over {
  promise: Callback
  dueAt: Instant
  lateUntil: Instant
}
