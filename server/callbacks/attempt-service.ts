import type { AttemptOutcome, AttemptStage } from '#contract/callbacks.ts'
import type { Call, CallbackEvidence } from '../calls/conversation/call.ts'
import type { Trx } from '../db/transaction.ts'
import type { Clock, Notifier } from '../ports.ts'
import { isFurther } from './attempt-lookup.ts'
import { afterAttempt, decideAttempt, type EndSource } from './attempt-outcome.ts'
import {
  type Attempt,
  changeAttempt,
  endAttempt,
  findAttempt,
  findAttemptByChannel,
} from './attempt-store.ts'
import { type Callback, changeCallback, findCallback, setLease } from './callback-store.ts'
import { readViews, type ReadNumber } from './ledger-store.ts'

/** One line for a ticket's timeline, written in the caller's transaction. */
export interface TicketNote {
  ticketId: string
  actorId: string | null
  kind: 'callback_promised' | 'callback_attempt' | 'callback_ended'
  note: string
  fields: Record<string, string>
}
export type NoteOnTicket = (trx: Trx, note: TicketNote) => Promise<void>

export interface AttemptServiceDeps {
  clock: Clock
  notifier: Notifier
  readNumber: ReadNumber
  noteOnTicket: NoteOnTicket
  /** Puts the callback's call under the ticket whose promise it keeps; it opens no ticket of its own. */
  attachCall: (trx: Trx, order: { callId: string; ticketId: string }) => Promise<void>
}

export interface AttemptEnd {
  outcome: AttemptOutcome
  source: EndSource
  hangupCause: number | null
}

export type AttemptService = ReturnType<typeof createAttemptService>

/** Follows the attempts: what the call book heard and what look-ups found becomes rows and news. */
export function createAttemptService(deps: AttemptServiceDeps) {
  const { clock, notifier, readNumber } = deps

  /**
   * The call of an attempt moved on. Safe for late, doubled and reordered progress. Null when the
   * channel belongs to no promise of ours.
   */
  async function onCallProgress(
    trx: Trx,
    progress: { callId: string; call: Call; stage: AttemptStage },
  ): Promise<{ ticketId: string; staffId: string } | null> {
    const { callId, call, stage } = progress
    const attempt = await findAttemptByChannel(trx.db, call.pbxId, call.uniqueid)
    const callback = attempt && (await findCallback(trx.db, attempt.callbackId))
    if (attempt === null || callback === null) return null
    if (attempt.callId === null) {
      await changeAttempt(trx.db, attempt.id, { callId })
      await deps.attachCall(trx, { callId, ticketId: callback.ticketId })
    }
    if (stage === 'ended') await hearEnd(trx, attempt, callback, call)
    else if (isFurther(stage, attempt.stage)) await advance(trx, attempt, callback, stage)
    return { ticketId: callback.ticketId, staffId: callback.assigneeId }
  }

  async function advance(
    trx: Trx,
    attempt: Attempt,
    callback: Callback,
    stage: AttemptStage,
  ): Promise<void> {
    await changeAttempt(trx.db, attempt.id, { stage })
    await announce(trx, [callback.id])
  }

  async function hearEnd(
    trx: Trx,
    attempt: Attempt,
    callback: Callback,
    call: Call,
  ): Promise<void> {
    if (call.direction !== 'callback') return
    // Gone from a snapshot without a word of how: the journal is asked before anything is decided.
    if (!call.endHeard && !saysHow(call.callback)) {
      return setLease(trx.db, callback.id, clock.now())
    }
    const outcome = decideAttempt(call.callback)
    const hangupCause = call.callback.customerCause ?? call.callback.agentCause
    const heard: AttemptEnd = { outcome, source: 'evidence', hangupCause }
    if (attempt.endedAt === null && (await settleEnd(trx, attempt, callback, heard))) return
    await revise(trx, attempt.id, heard)
  }

  /** Late evidence on an attempt that is over: only what is better known changes anything. */
  async function revise(trx: Trx, attemptId: string, heard: AttemptEnd): Promise<void> {
    const attempt = await findAttempt(trx.db, attemptId)
    const callback = attempt && (await findCallback(trx.db, attempt.callbackId))
    if (attempt === null || callback === null) return
    const isBetter = heard.outcome === 'reached' || attempt.outcome === 'not_placed'
    if (heard.outcome === attempt.outcome || !isBetter) return
    const { outcome, hangupCause } = heard
    await changeAttempt(trx.db, attempt.id, { outcome, hangupCause })
    const undecided = callback.status === 'failed' || callback.status === 'scheduled'
    if (outcome === 'reached' && undecided && callback.attempts === attempt.number) {
      await changeCallback(trx.db, callback, { status: 'done', waitingFor: null }, clock.now())
    }
    await note(trx, callback, attempt, outcome)
    await announce(trx, [callback.id])
  }

  /** Ends an attempt that was looked up or could not be placed; nothing when it has ended meanwhile. */
  async function end(trx: Trx, attemptId: string, known: AttemptEnd): Promise<void> {
    const attempt = await findAttempt(trx.db, attemptId)
    const callback = attempt && (await findCallback(trx.db, attempt.callbackId))
    if (attempt === null || callback === null || attempt.endedAt !== null) return
    await settleEnd(trx, attempt, callback, known)
  }

  async function settleEnd(
    trx: Trx,
    attempt: Attempt,
    callback: Callback,
    known: AttemptEnd,
  ): Promise<boolean> {
    const now = clock.now()
    const { outcome, source, hangupCause } = known
    const ended = await endAttempt(trx.db, attempt.id, { outcome, hangupCause, endedAt: now })
    if (!ended) return false
    if (callback.status === 'dialing') {
      const after = afterAttempt(outcome, source, callback.attempts)
      await changeCallback(trx.db, callback, { ...after, leaseUntil: null }, now)
    }
    // Nothing was written to the PBX: the promise waits as before, which is no news on the ticket.
    if (source !== 'not_written') await note(trx, callback, attempt, outcome)
    await announce(trx, [callback.id])
    return true
  }

  async function note(
    trx: Trx,
    callback: Callback,
    attempt: Attempt,
    outcome: AttemptOutcome,
  ): Promise<void> {
    await deps.noteOnTicket(trx, {
      ticketId: callback.ticketId,
      actorId: callback.assigneeId,
      kind: outcome === 'reached' ? 'callback_ended' : 'callback_attempt',
      note: '',
      fields: {
        callbackId: callback.id,
        attempt: String(attempt.number),
        extension: attempt.extension,
        outcome,
      },
    })
  }

  /** Reads the promises as they are in this transaction and tells the people once it is durable. */
  async function announce(trx: Trx, callbackIds: string[]): Promise<void> {
    const views = await readViews(trx.db, callbackIds, readNumber)
    trx.afterCommit(() => {
      for (const view of views) notifier.callbackUpdated([view.assignee.id], view)
    })
  }

  return { onCallProgress, end, announce }
}

function saysHow(evidence: CallbackEvidence): boolean {
  const { dialStatus, talkSeconds, customerCause, agentCause } = evidence
  return [dialStatus, talkSeconds, customerCause, agentCause].some((word) => word !== null)
}
