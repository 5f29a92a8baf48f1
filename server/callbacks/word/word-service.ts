import type { CallbackOutcome, CallbackView } from '#contract/callbacks.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Db } from '../../db/schema.ts'
import type { Database, Trx } from '../../db/transaction.ts'
import type { Clock } from '../../ports.ts'
import type { AttemptService } from '../attempt-service.ts'
import { type Attempt, changeAttempt, listAttempts } from '../attempt-store.ts'
import type { Callback } from '../callback-store.ts'
import { readViews, type ReadNumber } from '../ledger-store.ts'
import type { CallbackRules } from '../policy/callback-rules.ts'
import { retryAt } from '../policy/retry-policy.ts'
import type { PromiseChange } from '../promise-change-service.ts'
import type { PromisedTicket } from '../promise-making-service.ts'
import type { PromiseEvent } from '../promise.ts'
import { forgetWords, listAwaiting, listUnsaidOf } from './word-store.ts'

export interface WordDeps {
  database: Database
  clock: Clock
  readNumber: ReadNumber
  changes: Pick<PromiseChange, 'act'>
  attempts: Pick<AttemptService, 'announce'>
  rules: () => CallbackRules
  findTicket: (db: Db, ticketId: string) => Promise<PromisedTicket | null>
  /** A promise may be due sooner than the loop knows. */
  wake: () => void
}

/** What people say of attempts: how they really went, which stands above what the PBX says. */
export function createWordService(deps: WordDeps) {
  const { database, clock, changes } = deps

  /**
   * How the last attempt really went, and what the customer said of the matter; or that the customer needs
   * no call any more. With the step of the ticket that follows it is one transaction. Throws as
   * `changes.act`, and as the step.
   */
  async function giveOutcome(
    user: SessionUser,
    id: string,
    asked: CallbackOutcome,
  ): Promise<CallbackView> {
    const { version, outcome, note, result = null } = asked
    let last: Attempt | null = null
    const view = await changes.act(user, id, {
      version,
      byTalker: true,
      mayAlso: async (db, before) => (await lastOf(db, before))?.awaitsWordOf === user.id,
      async event(db, before) {
        last = await lastOf(db, before)
        return wordOf(db, before, { attempt: last, outcome })
      },
      async also(trx) {
        if (last === null) return
        await changeAttempt(trx.db, last.id, { outcome, outcomeBy: user.id, awaitsWordOf: null })
      },
      fact: ({ id: promiseId, ticketId, attempts: attempt }, actorId) => {
        const said = { attempt, outcome, was: last?.outcome ?? null, result, note }
        return { type: 'promise_outcome_given', promiseId, ticketId, actorId, ...said }
      },
      tell: () => (last?.awaitsWordOf == null ? [] : [last.awaitsWordOf]),
    })
    deps.wake()
    return view
  }

  /** Whose ticket is over is not tried again by itself. */
  async function wordOf(
    db: Db,
    { ticketId, retries }: Callback,
    { attempt, outcome }: { attempt: Attempt | null; outcome: CallbackOutcome['outcome'] },
  ): Promise<PromiseEvent> {
    const rules = deps.rules()
    const now = clock.now()
    const isOpen = ticketId !== null && (await deps.findTicket(db, ticketId))?.isOpen === true
    const at = retryAt(rules.hours, { outcome, endedAt: now, retries })
    const retry = { most: isOpen ? rules.retries : 0, at }
    return { type: 'outcome_given', outcome, at: now, attempt, retry }
  }

  /** The promises whose last attempt waits for this person's word, the newest first; for the desk. */
  async function awaitingOf(staffId: string): Promise<CallbackView[]> {
    const ids = await listAwaiting(database.db, staffId)
    const views = await readViews(database.db, ids, deps.readNumber)
    return views.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id))
  }

  /** The ticket went another way: nobody is asked any more how its calls went. Safe to repeat. */
  async function overtaken(trx: Trx, ticketId: string): Promise<void> {
    const unsaid = await listUnsaidOf(trx.db, ticketId)
    if (unsaid.length === 0) return
    await forgetWords(
      trx.db,
      unsaid.map(({ attemptId }) => attemptId),
    )
    const promises = [...new Set(unsaid.map(({ callbackId }) => callbackId))]
    await deps.attempts.announce(
      trx,
      promises,
      unsaid.map(({ staffId }) => staffId),
    )
  }

  return { giveOutcome, awaitingOf, overtaken }
}

async function lastOf(db: Db, { id }: Callback): Promise<Attempt | null> {
  return (await listAttempts(db, [id])).at(-1) ?? null
}
