import type { AttemptOutcome, AttemptStage } from '#contract/callbacks.ts'
import {
  decideAttempt,
  type EndSource,
  journalEvidence,
  type JournalWords,
  talkOf,
} from '../attempt-outcome.ts'

/** What was found out about an attempt whose end nobody heard. */
export interface LookupFindings {
  /** The furthest stage that was seen before. */
  stage: AttemptStage
  /** `false` covers both "asked, not there" and nothing else: an unreachable PBX is no finding. */
  live: boolean
  journal: JournalWords | null
  /** The PBX was started anew since the attempt was stored: nothing of it lives on there. */
  isPbxNew: boolean
  /** Since the attempt was stored, just before Originate was written; at least that long. */
  ageMs: number
  /** At most that long, where a clock that was set leaves a doubt. */
  oldestMs?: number
  /** A shorter call reached nobody. */
  shortestTalkSeconds: number
}

export type LookupDecision =
  /** The channel lives: leave it alone and look again later. */
  | { kind: 'still_live' }
  /** No trace yet, but too young to be sure: ask again soon. */
  | { kind: 'ask_again' }
  | {
      kind: 'ended'
      outcome: AttemptOutcome
      source: EndSource
      hangupCause: number | null
      /** How long the customer was on the line, where the journal says so. */
      talkSeconds?: number | null
    }

/** Asterisk may still be working on an Originate that it has read; after this it is not. */
export const NO_TRACE_MS = 60_000

/** After this the PBX's silence proves nothing: a person decides whether the customer was called. */
const TRACE_LASTS_MS = 24 * 60 * 60_000

/**
 * Decides an attempt by what the PBX shows now and wrote into its journal. When both are silent the
 * furthest stage that was seen speaks, so that a PBX that crashed in mid-call is not taken for a
 * call never placed: the customer would be called twice.
 */
export function decideLookup(findings: LookupFindings): LookupDecision {
  if (findings.live) return { kind: 'still_live' }
  if (findings.journal !== null) {
    const evidence = journalEvidence(findings.journal)
    const outcome = decideAttempt(evidence, findings.shortestTalkSeconds)
    return {
      kind: 'ended',
      outcome,
      source: 'evidence',
      hangupCause: findings.journal.hangupCause,
      talkSeconds: talkOf(evidence),
    }
  }
  if (findings.isPbxNew) return lostWithPbx(findings.stage)
  if (findings.ageMs < NO_TRACE_MS) return { kind: 'ask_again' }
  const outcome = outcomeByStage(findings.stage)
  return {
    kind: 'ended',
    outcome,
    source: sourceOf(outcome, findings.oldestMs ?? findings.ageMs),
    hangupCause: null,
  }
}

/** A crash is nobody's "no answer": who was not yet talking was cut off by it. */
function lostWithPbx(stage: AttemptStage): LookupDecision {
  const heard = outcomeByStage(stage)
  const isCut = heard !== 'reached' && heard !== 'not_placed' && heard !== 'place_lost'
  const outcome = isCut ? 'pbx_lost' : heard
  const source = heard === 'not_placed' ? 'no_trace' : 'evidence'
  return { kind: 'ended', outcome, source, hangupCause: null }
}

function sourceOf(outcome: AttemptOutcome, ageMs: number): EndSource {
  if (outcome !== 'not_placed') return 'evidence'
  return ageMs < TRACE_LASTS_MS ? 'no_trace' : 'trace_lost'
}

function outcomeByStage(stage: AttemptStage): AttemptOutcome {
  switch (stage) {
    case 'submitted':
    case 'unknown':
    case 'ended':
      return 'not_placed'
    case 'in_queue':
      return 'place_lost'
    case 'agent_ringing':
      return 'agent_no_answer'
    case 'agent_answered':
      return 'abandoned_by_agent'
    case 'confirming':
      return 'not_confirmed'
    case 'customer_ringing':
      return 'no_answer'
    case 'consenting':
      return 'not_accepted'
    case 'customer_waiting':
      return 'left_waiting'
    case 'talking':
      return 'reached'
  }
}

const STAGE_ORDER: Record<AttemptStage, number> = {
  unknown: 0,
  submitted: 0,
  in_queue: 0.5,
  agent_ringing: 1,
  agent_answered: 2,
  confirming: 3,
  customer_ringing: 4,
  consenting: 4.3,
  customer_waiting: 4.6,
  talking: 5,
  ended: 6,
}

/** Late and doubled news never turn an attempt back. */
export function isFurther(stage: AttemptStage, than: AttemptStage): boolean {
  return STAGE_ORDER[stage] > STAGE_ORDER[than]
}
