import type { AttemptOutcome, AttemptStage } from '#contract/callbacks.ts'
import type { Instant } from '#contract/primitives.ts'
import type { Call } from '../../calls/conversation/call.ts'
import type { Database, Trx } from '../../db/transaction.ts'
import type { Clock, Notifier, StateFact } from '../../ports.ts'
import { plusMs } from '../../time.ts'
import { decideLookup, isFurther } from '../dialling/attempt-lookup.ts'
import { decideAttempt, isBetterKnown, saysHow } from '../attempt-outcome.ts'
import type { ReadNumber } from '../ledger-store.ts'
import type { AskPbx } from '../dialling/lookup-service.ts'
import {
  changeOutgoing,
  endOutgoing,
  findOutgoing,
  findOutgoingByChannel,
  lookUpAll,
  nextLookupAt,
  type Outgoing,
  readOutgoing,
  takeLookups,
} from './outgoing-store.ts'

export interface OutgoingProgressDeps {
  database: Database
  clock: Clock
  notifier: Pick<Notifier, 'outgoingCallUpdated'>
  readNumber: ReadNumber
  /** Takes `outgoing_call_begun` and `outgoing_call_ended`. */
  state: StateFact
  askPbx: AskPbx
  /** SHORTEST_TALK_SECONDS: a shorter call reached nobody. */
  shortestTalkSeconds: number
  /** Within it only the call's own events end it. */
  leaseMs: number
}

/** How a call ended. */
export interface OutgoingEnd {
  outcome: AttemptOutcome
  hangupCause: number | null
}

/** Between two questions about a call that left no trace yet. */
const ASK_AGAIN_MS = 5000

export type OutgoingProgress = ReturnType<typeof createOutgoingProgress>

/** Follows the ordered calls: by their events, and by the PBX and its journal when none were heard. */
export function createOutgoingProgress(deps: OutgoingProgressDeps) {
  const { database, clock, state, shortestTalkSeconds } = deps

  /** Safe for late, doubled and reordered progress. Null when the channel belongs to no such call. */
  async function onCallProgress(
    trx: Trx,
    { callId, call, stage }: { callId: string; call: Call; stage: AttemptStage },
  ): Promise<{ ticketId: string | null; staffId: string } | null> {
    const one = await findOutgoingByChannel(trx.db, call.pbxId, call.uniqueid)
    if (one === null) return null
    const { id, ticketId, staffId } = one
    if (one.callId === null) {
      await changeOutgoing(trx.db, id, { callId })
      await state(trx, { type: 'outgoing_call_begun', callId, ticketId, actorId: staffId })
    }
    if (stage === 'ended') await onCallEnd(trx, { ...one, callId }, call)
    else if (isFurther(stage, one.stage)) await changeOutgoing(trx.db, id, { stage })
    await announce(trx, one)
    return { ticketId, staffId }
  }

  async function onCallEnd(trx: Trx, one: Outgoing, call: Call): Promise<void> {
    if (call.direction !== 'callback') return
    const evidence = call.callback
    // Gone from a snapshot without a word of how: the journal is asked before anything is decided.
    if (!call.endHeard && !saysHow(evidence, shortestTalkSeconds)) {
      if (one.endedAt === null) await changeOutgoing(trx.db, one.id, { lookUpAt: clock.now() })
      return
    }
    const hangupCause = evidence.customerCause ?? evidence.agentCause
    const known = { outcome: decideAttempt(evidence, shortestTalkSeconds), hangupCause }
    if (!(await end(trx, one, known))) await correct(trx, one.id, known)
  }

  /** Ends the call once; false, and nothing changed, when it has ended already. */
  async function end(trx: Trx, one: Outgoing, known: OutgoingEnd): Promise<boolean> {
    const endedAt = clock.now()
    if (!(await endOutgoing(trx.db, one.id, { ...known, endedAt }))) return false
    await stateEnded(trx, one, known.outcome)
    await announce(trx, one)
    return true
  }

  async function correct(trx: Trx, id: string, known: OutgoingEnd): Promise<void> {
    const one = await findOutgoing(trx.db, id)
    if (one === null || !isBetterKnown(known.outcome, one.outcome)) return
    await changeOutgoing(trx.db, id, known)
    await stateEnded(trx, one, known.outcome)
  }

  function stateEnded(trx: Trx, one: Outgoing, outcome: AttemptOutcome): Promise<void> {
    const { ticketId, staffId: actorId, callId, device, numberDial } = one
    const ended = { ticketId, actorId, callId, device, numberDial, outcome, endedAt: clock.now() }
    return state(trx, { type: 'outgoing_call_ended', ...ended })
  }

  async function announce(trx: Trx, { id, staffId }: Outgoing): Promise<void> {
    const view = await readOutgoing(trx.db, id, deps.readNumber)
    if (view !== null) trx.afterCommit(() => deps.notifier.outgoingCallUpdated(staffId, view))
  }

  /** Looks up what was not heard of in time; a PBX that cannot be asked is asked again. */
  async function lookUpDue(now: Instant): Promise<void> {
    const due = await database.transaction((trx) =>
      takeLookups(trx.db, now, plusMs(now, ASK_AGAIN_MS)),
    )
    // oxlint-disable-next-line no-await-in-loop -- seldom any
    for (const one of due) await lookUp(one)
  }

  async function lookUp(one: Outgoing): Promise<void> {
    const found = await deps.askPbx(one)
    if (found === null) return
    const ageMs = clock.nowMs() - Date.parse(one.submittedAt)
    const decision = decideLookup({ stage: one.stage, ageMs, shortestTalkSeconds, ...found })
    if (decision.kind === 'ask_again') return
    await database.transaction(async (trx) => {
      if (decision.kind === 'ended') await end(trx, one, decision)
      else await changeOutgoing(trx.db, one.id, { lookUpAt: plusMs(clock.now(), deps.leaseMs) })
    })
  }

  return {
    onCallProgress,
    end,
    lookUpDue,
    nextLookupAt: () => nextLookupAt(database.db),
    /** For a process that starts: what an earlier one had in flight is looked up at once. */
    takeOverAll: () => database.transaction((trx) => lookUpAll(trx.db, clock.now())),
  }
}
