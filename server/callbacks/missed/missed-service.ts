import type { MissedRule } from '#contract/casework/missed.ts'
import type { Instant } from '#contract/primitives.ts'
import { localDay, startOfLocalDay } from '../../calendar/working-days.ts'
import type { Call } from '../../calls/conversation/call.ts'
import { dialableDigits, dialableNumber } from '../../customers/phone-number.ts'
import type { Db } from '../../db/schema.ts'
import type { Trx } from '../../db/transaction.ts'
import type { Clock, NewId } from '../../ports.ts'
import type { AttemptService } from '../attempt-service.ts'
import { type Callback, hasTicket, insertCallback, listOpen } from '../callback-store.ts'
import type { ReadNumber } from '../ledger-store.ts'
import { type CallbackRules, usualDueAt } from '../policy/callback-rules.ts'
import { SUPERSEDED } from '../policy/verdict.ts'
import { moveToTicket } from '../promise-move-store.ts'
import { type PromiseChange, requirePossible } from '../promise-change-service.ts'
import { isRefused, next } from '../promise.ts'
import { DEFAULT_RULE, isMissed, isYoung, ruleName, triedQueue } from './missed-call.ts'
import { readMissedRules } from './missed-rules-store.ts'
import * as store from './missed-store.ts'

export interface MissedDeps {
  clock: Clock
  newId: NewId
  readNumber: ReadNumber
  attempts: Pick<AttemptService, 'announce'>
  changes: Pick<PromiseChange, 'save'>
  wake: () => void
  /** The numbers of all callers who talk to us or wait for us now, as the PBX shows them. */
  numbersOnLine: () => string[]
  rules: () => CallbackRules
  /** Until when a promise of this moment is merely late. */
  lateUntil: (promisedFor: Instant) => Instant
}

/** Why a missed caller's promise ended that was made by mistake: the call was answered after all. */
const ANSWERED_AFTER_ALL = 'answered_after_all'
const REPLACED = 'replaced by a newer promise'

export type MissedService = ReturnType<typeof createMissedService>

/** Makes a promise of a caller whom nobody answered, once, and takes it back when it was none. */
export function createMissedService(deps: MissedDeps) {
  const { clock, attempts, changes } = deps

  /** A call is over; does nothing unless it was missed, is young and its queue's rule wants it. */
  async function note(trx: Trx, callId: string, call: Call): Promise<void> {
    if (!isMissed(call) || !isYoung(call, clock.now())) return
    const rule = (await readMissedRules(trx.db))[ruleName(triedQueue(call))] ?? DEFAULT_RULE
    const dialable = dialableNumber(call.callerIdNum, (text) => deps.readNumber(text ?? ''))
    if (rule === 'off' || 'problem' in dialable) return
    if (isOnLine(dialable.digits)) return
    if (await isSettled(trx.db, { callId, call, rule, numberDial: dialable.digits })) return
    await make(trx, { callId, call, numberDial: dialable.digits })
  }

  function isOnLine(numberDial: string): boolean {
    return dialableDigits(deps.numbersOnLine()).includes(numberDial)
  }

  /** Whether the caller is promised a call already, got through since, or had the one of the day. */
  async function isSettled(
    db: Db,
    { callId, call, rule, numberDial }: Missed & { rule: MissedRule },
  ): Promise<boolean> {
    if (await store.hasOpenPromise(db, numberDial)) return true
    if ((await store.findOfMissedCall(db, callId)) !== null) return true
    const numberKey = deps.readNumber(call.callerIdNum ?? '').key
    if (numberKey === null) return true
    if (await store.gotThroughSince(db, { numberKey, since: call.enteredAt })) return true
    if (rule === 'each_call') return false
    const since = startOfLocalDay(localDay(clock.now()))
    const made = await store.listMadeSince(db, { numberDial, since })
    return made.some(({ status, cancelReason }) => status !== 'failed' && !isMoot(cancelReason))
  }

  async function make(trx: Trx, { callId, call, numberDial }: Missed): Promise<void> {
    const now = clock.now()
    const before = { numberDial, before: now }
    const replaced = await cancel(trx, await store.listFailedOfNumber(trx.db, before), REPLACED)
    const dueAt = usualDueAt(deps.rules(), now)
    const order = { dueAt, assigneeId: null, lateUntil: deps.lateUntil(dueAt) }
    const made = requirePossible(next(null, { type: 'made', ...order }))
    const id = deps.newId()
    const why = {
      reason: 'missed',
      team: 'cskh',
      missed: { queue: triedQueue(call), callId },
    } as const
    const numberRaw = call.callerIdNum ?? numberDial
    const whose = { ticketId: null, createdBy: null, numberRaw, numberDial }
    const row = { ...made, ...why, ...whose, id, note: '', createdAt: now }
    // Another process may have been faster: the database lets one in.
    const isNew = await insertCallback(trx.db, row)
    await attempts.announce(trx, isNew ? [id, ...replaced] : replaced)
    trx.afterCommit(deps.wake)
  }

  /** Calls were answered: the promise of one that is over, and seemed missed, is none. */
  async function takeBack(trx: Trx, calls: readonly AnsweredCall[]): Promise<void> {
    // oxlint-disable-next-line no-await-in-loop -- answers that are learnt of after the end: few
    for (const { callId, call } of calls) if (call.endedAt !== null) await takeBackOne(trx, callId)
  }

  async function takeBackOne(trx: Trx, callId: string): Promise<void> {
    const promise = await store.findOfMissedCall(trx.db, callId)
    // Who asked in the call, asked after the answer.
    if (promise === null || promise.reason === 'asked' || hasTicket(promise)) return
    await attempts.announce(trx, await cancel(trx, [promise], ANSWERED_AFTER_ALL))
  }

  /**
   * Somebody called this number of their own accord, or for a promise of a ticket, and talked: who was
   * missed has been called back, on the ticket of that call when it has one. What was asked for in that
   * call itself is still owed.
   */
  async function keptByHand(
    trx: Trx,
    { numberDial, ticketId, callId, at }: KeptByHand,
  ): Promise<void> {
    const all = await store.listTicketless(trx.db, numberDial)
    const promises = all.filter(({ missedCallId }) => missedCallId !== callId)
    const word = { type: 'outcome_given', outcome: 'reached', at, attempt: null } as const
    const kept: string[] = []
    for (const promise of promises) {
      const after = next(promise, word)
      if (isRefused(after)) continue
      // oxlint-disable-next-line no-await-in-loop -- seldom one
      await changes.save(trx, promise, after)
      kept.push(promise.id)
    }
    if (ticketId !== null) await moveToTicket(trx.db, kept, ticketId)
    await attempts.announce(trx, kept)
  }

  async function cancel(trx: Trx, promises: readonly Callback[], reason: string) {
    const cancelled: string[] = []
    for (const promise of promises) {
      const after = next(promise, { type: 'cancelled', reason, at: clock.now() })
      if (isRefused(after)) continue
      // oxlint-disable-next-line no-await-in-loop -- seldom one
      await changes.save(trx, promise, after)
      cancelled.push(promise.id)
    }
    return cancelled
  }

  return { note, takeBack, keptByHand, giveTicket }
}

/**
 * The missed caller is talked to: the promise is of this ticket from now on, unless another one is open there,
 * for a ticket has one at most.
 */
async function giveTicket(trx: Trx, promiseId: string, ticketId: string): Promise<void> {
  const open = await listOpen(trx.db, ticketId)
  const isTaken = open.some(({ status }) => status !== 'failed')
  if (!isTaken) await moveToTicket(trx.db, [promiseId], ticketId)
}

export interface KeptByHand {
  /** National digits. */
  numberDial: string
  ticketId: string | null
  /** Null when the PBX never showed it. */
  callId: string | null
  at: Instant
}

type AnsweredCall = Pick<Missed, 'callId' | 'call'>

interface Missed {
  callId: string
  call: Call
  numberDial: string
}

/** Who got through themselves, or whose promise was a mistake, has not had the callback of the day. */
function isMoot(cancelReason: string | null): boolean {
  return cancelReason === SUPERSEDED || cancelReason === ANSWERED_AFTER_ALL
}
