import type { Instant } from '#contract/primitives.ts'
import type { Call } from '../../calls/conversation/call.ts'
import { dialableNumber } from '../../customers/phone-number.ts'
import type { Trx } from '../../db/transaction.ts'
import type { Clock, NewId } from '../../ports.ts'
import type { AttemptService } from '../attempt-service.ts'
import { type Callback, insertCallback } from '../callback-store.ts'
import type { ReadNumber } from '../ledger-store.ts'
import { findOfMissedCall, gotThroughSince, listTicketless } from '../missed/missed-store.ts'
import type { CallbackRules } from '../policy/callback-rules.ts'
import { SUPERSEDED } from '../policy/verdict.ts'
import { type PromiseChange, requirePossible } from '../promise-change-service.ts'
import { isRefused, next } from '../promise.ts'
import { changeNumber, findCalled } from './hold-store.ts'
import { promisedUntil } from './place.ts'

export interface HoldDeps {
  clock: Clock
  newId: NewId
  readNumber: ReadNumber
  attempts: Pick<AttemptService, 'announce'>
  changes: Pick<PromiseChange, 'save'>
  wake: () => void
  rules: () => CallbackRules
  /** Until when a promise of this moment is merely late. */
  lateUntil: (promisedFor: Instant) => Instant
}

/** A customer who left a queue by key, or because it was closed, or typed another number since. */
export interface Ask {
  callId: string
  call: Call
  /** National digits. */
  number: string
  at: Instant
}

export interface MadePromise {
  promiseId: string
  dueAt: Instant
}

export type HoldService = ReturnType<typeof createHoldService>

/** Callers who would rather not wait: the promise of each, once, however often it is heard of. */
export function createHoldService(deps: HoldDeps) {
  const { clock, attempts, changes } = deps

  /**
   * Safe to repeat: by event, by journal, after a restart. The loop places it, however late it is heard
   * of: it was promised aloud. The promise, once, when it is new.
   */
  async function ask(trx: Trx, { callId, call, number, at }: Ask): Promise<MadePromise | null> {
    const dialable = dialableNumber(number)
    if ('problem' in dialable) return null
    const numberDial = dialable.digits
    const known = await findOfMissedCall(trx.db, callId)
    if (known !== null) {
      await correct(trx, known, numberDial)
      return null
    }
    const numberKey = deps.readNumber(number).key
    // Their own talk before it is no answer to what they ask now.
    const since = call.answeredAt === null ? call.enteredAt : at
    if (numberKey !== null && (await gotThroughSince(trx.db, { numberKey, since }))) return null
    return make(trx, { callId, queue: queueOf(call), numberDial })
  }

  async function make(
    trx: Trx,
    asked: { callId: string; queue: string | null; numberDial: string },
  ): Promise<MadePromise | null> {
    const { callId, queue, numberDial } = asked
    const now = clock.now()
    const replaced = await replace(trx, numberDial, now)
    const dueAt = promisedUntil(deps.rules().hours, now)
    const order = { dueAt, assigneeId: null, lateUntil: deps.lateUntil(dueAt) }
    const made = requirePossible(next(null, { type: 'made', ...order }))
    const why = { reason: 'asked', team: 'cskh', missed: { queue, callId } } as const
    const whose = { ticketId: null, createdBy: null, numberRaw: numberDial, numberDial }
    const id = deps.newId()
    const row = { ...made, ...why, ...whose, id, note: '', createdAt: now }
    // Who asked before keeps the better place; another process may have been faster.
    const isNew = await insertCallback(trx.db, row)
    await attempts.announce(trx, isNew ? [id, ...replaced] : replaced)
    trx.afterCommit(deps.wake)
    return isNew ? { promiseId: id, dueAt } : null
  }

  /** What was promised to this number as to a missed caller is kept by this call. */
  async function replace(trx: Trx, numberDial: string, at: Instant): Promise<string[]> {
    const replaced: string[] = []
    for (const callback of await listTicketless(trx.db, numberDial)) {
      const after = next(callback, { type: 'cancelled', reason: SUPERSEDED, at })
      const isAsked = callback.reason === 'asked' && callback.status !== 'failed'
      if (isAsked || isRefused(after)) continue
      // oxlint-disable-next-line no-await-in-loop -- seldom one
      await changes.save(trx, callback, after)
      replaced.push(callback.id)
    }
    return replaced
  }

  /** The dialplan dials what was typed last: here it is what pages show and what is dialled later. */
  async function correct(trx: Trx, known: Callback, number: string): Promise<void> {
    if (known.reason !== 'asked' || known.numberDial === number) return
    const others = await listTicketless(trx.db, number)
    if (others.some(({ status }) => status !== 'failed')) return
    await changeNumber(trx.db, known.id, { number, now: clock.now() })
    await attempts.announce(trx, [known.id])
  }

  return { ask, calledBy: (trx: Trx, callId: string) => findCalled(trx.db, callId) }
}

/** The queue that the caller left, which is not the one of entry after a transfer. */
function queueOf(call: Call): string | null {
  return call.visits.at(-1)?.queue ?? call.queue
}
