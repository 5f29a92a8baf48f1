import type { AttemptOutcome, AttemptStage, CallbackView } from '#contract/callbacks.ts'
import type { Call } from '../calls/conversation/call.ts'
import type { Db } from '../db/schema.ts'
import type { Trx } from '../db/transaction.ts'
import { Conflict } from '../errors.ts'
import type { Clock, Notifier, StateFact } from '../ports.ts'
import { isPhone } from './callback.ts'
import { isFurther } from './dialling/attempt-lookup.ts'
import {
  calledCustomer,
  decideAttempt,
  type EndSource,
  isBetterKnown,
  saysHow,
  talkOf,
} from './attempt-outcome.ts'
import {
  type Attempt,
  changeAttempt,
  endAttempt,
  findAttempt,
  findAttemptByChannel,
  listLiveAttempts,
} from './attempt-store.ts'
import { type Callback, findCallback, hasTicket, savePromise } from './callback-store.ts'
import { lookUpSoon } from './dialling/due-callback-store.ts'
import { takePhone } from './hold/hold-store.ts'
import { readViews, type Reading } from './ledger-store.ts'
import { isRefused, next, type PromiseEvent } from './promise.ts'
import type { CallbackRules } from './policy/callback-rules.ts'
import { TEAM_RETRIES } from './missed/after-team-attempt.ts'
import { retryAt } from './policy/retry-policy.ts'
import { forgetFormer, listAsked } from './word/word-store.ts'

export interface AttemptServiceDeps extends Reading {
  clock: Clock
  notifier: Pick<Notifier, 'callbackUpdated'>
  state: StateFact
  rules: () => CallbackRules
  /** SHORTEST_TALK_SECONDS: a shorter call reached nobody. */
  shortestTalkSeconds: number
  /** Everybody who works here and has a phone: what is the team's is news to them. */
  heirs: () => readonly { id: string }[]
  /** Whose extension this is. */
  personOf: (extension: string) => string | null
}

export interface AttemptEnd {
  outcome: AttemptOutcome
  source: EndSource
  hangupCause: number | null
  /** How long the customer was on the line, where that is known. */
  talkSeconds?: number | null
}

export type AttemptService = ReturnType<typeof createAttemptService>

/** Follows the attempts: what the call book heard and what look-ups found becomes rows and news. */
export function createAttemptService(deps: AttemptServiceDeps) {
  const { clock, notifier, state } = deps

  /**
   * The call of an attempt moved on. Safe for late, doubled and reordered progress. Null when the
   * channel belongs to no promise of ours.
   */
  async function onCallProgress(
    trx: Trx,
    progress: { callId: string; call: Call; stage: AttemptStage },
  ): Promise<{ ticketId: string | null; staffId: string | null } | null> {
    const { callId, call, stage } = progress
    const stored = await findAttemptByChannel(trx.db, call.pbxId, call.uniqueid)
    const attempt = stored && (await withAgent(trx, stored, call))
    const found = attempt && (await findCallback(trx.db, attempt.callbackId))
    if (attempt === null || found === null) return null
    if (attempt.callId === null) {
      await changeAttempt(trx.db, attempt.id, { callId })
      if (hasTicket(found)) {
        await state(trx, { type: 'promise_call_begun', callId, ticketId: found.ticketId })
      }
    }
    const callback = await withTicket(trx, found, { ...progress, extension: attempt.extension })
    const { ticketId, assigneeId } = callback
    const staffId = isPhone(attempt.extension) ? assigneeId : null
    if (stage === 'ended') await onCallEnd(trx, attempt, callback, call)
    else if (isFurther(stage, attempt.stage)) {
      await changeAttempt(trx.db, attempt.id, { stage })
      await announce(trx, [callback.id])
    }
    return { ticketId, staffId }
  }

  /** The queue gave an agent to who kept a place, or was rung first: the attempt is on that phone now. */
  async function withAgent(trx: Trx, attempt: Attempt, call: Call): Promise<Attempt> {
    const placed = call.direction === 'callback' ? call.callback.placedAgent : null
    if (placed === null || isPhone(attempt.extension)) return attempt
    const { extension } = placed
    if (!(await takePhone(trx.db, attempt.id, extension))) return attempt
    const assigneeId = deps.personOf(extension)
    const former = (await findCallback(trx.db, attempt.callbackId))?.assigneeId
    if (assigneeId !== null)
      await change(trx, attempt.callbackId, { type: 'connected', assigneeId })
    await announce(trx, [attempt.callbackId], former == null ? [] : [former])
    return { ...attempt, extension }
  }

  /** A missed caller who is talked to has a ticket from this moment on. */
  async function withTicket(
    trx: Trx,
    callback: Callback,
    { callId, call, extension }: { callId: string; call: Call; extension: string },
  ): Promise<Callback> {
    if (hasTicket(callback) || call.answeredAt === null) return callback
    const { id: promiseId, assigneeId, numberRaw, missedCallId } = callback
    const whose = { assigneeId, extension, numberRaw, missedCallId }
    await state(trx, { type: 'missed_caller_reached', promiseId, callId, called: call, ...whose })
    return (await findCallback(trx.db, promiseId)) ?? callback
  }

  async function onCallEnd(
    trx: Trx,
    attempt: Attempt,
    callback: Callback,
    call: Call,
  ): Promise<void> {
    if (call.direction !== 'callback') return
    const evidence = call.callback
    // Gone from a snapshot without a word of how: the journal is asked before anything is decided.
    if (!call.endHeard && !saysHow(evidence, deps.shortestTalkSeconds)) {
      return lookUpSoon(trx.db, callback, clock.now())
    }
    const hangupCause = evidence.customerCause ?? evidence.agentCause
    const outcome = decideAttempt(evidence, deps.shortestTalkSeconds)
    const talkSeconds = talkOf(evidence)
    const known: AttemptEnd = { outcome, source: 'evidence', hangupCause, talkSeconds }
    if (!(await end(trx, attempt.id, known))) await correct(trx, attempt.id, known)
  }

  /** Ends an attempt once; false, and nothing changed, when it has ended already. */
  async function end(trx: Trx, attemptId: string, known: AttemptEnd): Promise<boolean> {
    const { outcome, source, hangupCause, talkSeconds = null } = known
    const endedAt = clock.now()
    const attempt = await findAttempt(trx.db, attemptId)
    if (attempt === null) return false
    const promise = await findCallback(trx.db, attempt.callbackId)
    const awaitsWordOf = askedForWord(promise, attempt, outcome)
    const ended = { outcome, hangupCause, endedAt, talkSeconds, awaitsWordOf }
    if (!(await endAttempt(trx.db, attemptId, ended))) return false
    const { hours, retries } = deps.rules()
    const at = retryAt(hours, { outcome, endedAt, retries: promise?.retries ?? 0 })
    const isTeams = promise !== null && !hasTicket(promise)
    const retry = { most: isTeams ? TEAM_RETRIES : retries, at }
    await change(trx, attempt.callbackId, {
      type: 'attempt_ended',
      attempt,
      outcome,
      source,
      retry,
      isTeams,
    })
    // Nothing was written to the PBX: the promise waits as before, which is no news on the ticket.
    if (source !== 'not_written') await stateAttempted(trx, attempt, outcome)
    await announce(trx, [attempt.callbackId], await forgetFormer(trx.db, attempt))
    return true
  }

  /** Evidence on an attempt that is over: only what is better known changes anything. */
  async function correct(
    trx: Trx,
    attemptId: string,
    { outcome, hangupCause, talkSeconds = null }: AttemptEnd,
  ): Promise<void> {
    const attempt = await findAttempt(trx.db, attemptId)
    // What a person said of it stands.
    if (attempt === null || attempt.outcomeBy !== null) return
    if (!isBetterKnown(outcome, attempt.outcome)) return
    await changeAttempt(trx.db, attempt.id, {
      outcome,
      hangupCause,
      talkSeconds,
      ...(await wordOwedNow(trx.db, attempt, outcome)),
    })
    await change(trx, attempt.callbackId, { type: 'corrected', attempt, outcome })
    await stateAttempted(trx, attempt, outcome)
    await announce(trx, [attempt.callbackId])
  }

  /** A promise "being dialled" without an attempt that lives cannot be: a person must see it. */
  async function expire(trx: Trx, callbackId: string): Promise<boolean> {
    if ((await listLiveAttempts(trx.db, [callbackId])).length > 0) return false
    const promise = await findCallback(trx.db, callbackId)
    const isTeams = promise !== null && !hasTicket(promise)
    const isChanged = await change(trx, callbackId, { type: 'expired', isTeams })
    if (isChanged) await announce(trx, [callbackId])
    return isChanged
  }

  /** Writes what becomes of the promise, read again when somebody else was faster. */
  async function change(
    trx: Trx,
    callbackId: string,
    event: PromiseEvent,
    tries = 3,
  ): Promise<boolean> {
    const callback = await findCallback(trx.db, callbackId)
    if (callback === null) return false
    const after = next(callback, event)
    if (isRefused(after) || after === callback) return false
    if (await savePromise(trx.db, callback, after, clock.now())) return true
    if (tries > 1) return change(trx, callbackId, event, tries - 1)
    throw new Conflict(`the promise ${callbackId} changes faster than it can be read`)
  }

  async function stateAttempted(
    trx: Trx,
    attempt: Attempt,
    outcome: AttemptOutcome,
  ): Promise<void> {
    const callback = await findCallback(trx.db, attempt.callbackId)
    if (callback === null || !hasTicket(callback) || callback.assigneeId === null) return
    const hasAgent = isPhone(attempt.extension)
    await state(trx, {
      type: 'promise_attempted',
      promiseId: callback.id,
      ticketId: callback.ticketId,
      assigneeId: hasAgent ? callback.assigneeId : null,
      numberDial: callback.numberDial,
      callId: attempt.callId,
      attempt: attempt.number,
      extension: hasAgent ? attempt.extension : '',
      outcome,
      submittedAt: attempt.submittedAt,
      calledCustomer: calledCustomer(outcome),
    })
  }

  /**
   * Reads the promises as they are in this transaction and tells the people once it is durable:
   * their owners, whoever is asked for a word on them, or was until they were cancelled, and `others`.
   */
  async function announce(trx: Trx, callbackIds: string[], others: string[] = []): Promise<void> {
    const views = await readViews(trx.db, callbackIds, deps)
    const over = views.filter(({ status, awaits }) => status === 'cancelled' && awaits === null)
    const asked = await listAsked(
      trx.db,
      over.map(({ id }) => id),
    )
    trx.afterCommit(() =>
      views.forEach((view) => tell(view, [...others, ...(asked.get(view.id) ?? [])])),
    )
  }

  /** The same for promises whose change is durable already. */
  async function announceSaved(db: Db, callbackIds: string[]): Promise<void> {
    for (const view of await readViews(db, callbackIds, deps)) tell(view)
  }

  function tell(view: CallbackView, others: string[] = []): void {
    const isTeams = view.reason === 'missed' || view.reason === 'asked'
    const team = isTeams ? deps.heirs().map(({ id }) => id) : []
    const own = [view.assignee?.id, view.awaits?.staffId].filter((id) => id !== undefined)
    notifier.callbackUpdated([...new Set([...own, ...team, ...others])], view)
  }

  return { onCallProgress, end, expire, announce, announceSaved }
}

/**
 * Who says how an attempt with this end went: who called, once the customer was called and there is a
 * ticket to speak of.
 */
function askedForWord(
  promise: Callback | null,
  { extension }: Pick<Attempt, 'extension'>,
  outcome: AttemptOutcome,
): string | null {
  if (!isPhone(extension)) return null
  if (promise === null || !hasTicket(promise) || !calledCustomer(outcome)) return null
  return promise.assigneeId
}

/** Who called is asked once it is known that they called the customer, and not again. */
async function wordOwedNow(db: Db, attempt: Attempt, outcome: AttemptOutcome) {
  if (attempt.outcome !== null && calledCustomer(attempt.outcome)) return {}
  return {
    awaitsWordOf: askedForWord(await findCallback(db, attempt.callbackId), attempt, outcome),
  }
}
