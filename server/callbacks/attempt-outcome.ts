import type { AttemptOutcome } from '#contract/callbacks.ts'
import type { Instant } from '#contract/primitives.ts'
import type { CallbackEvidence } from '../calls/conversation/call.ts'

/**
 * Hangup causes of the customer's leg (ITU Q.850 as chan_pjsip maps SIP answers). Causes that say
 * nothing about the customer (16 normal, 127 interworking) are left to the dial status.
 */
const CUSTOMER_CAUSES: Record<number, AttemptOutcome> = {
  1: 'bad_number',
  3: 'trunk_fault',
  17: 'busy',
  18: 'no_answer',
  19: 'no_answer',
  20: 'no_answer',
  21: 'rejected',
  22: 'bad_number',
  23: 'no_answer',
  26: 'no_answer',
  27: 'trunk_fault',
  28: 'bad_number',
  29: 'trunk_fault',
  34: 'trunk_fault',
  38: 'trunk_fault',
  41: 'trunk_fault',
  42: 'trunk_fault',
  44: 'trunk_fault',
  58: 'trunk_fault',
  66: 'trunk_fault',
  102: 'no_answer',
}

/** Causes by which the agent's phone was never rung: unregistered, unknown endpoint, no codec. */
const AGENT_NOT_RUNG = new Set([0, 1, 3, 20, 27, 34, 38, 41, 42, 44, 58, 66])

/**
 * How an ended attempt went, from both legs' hangup causes, DialEnd and the journal. A failed
 * OriginateResponse only counts when the agent's channel left no other trace: it speaks of the
 * first leg, and with PJSIP its reason is 0 for busy and rejected alike. Who picked up and did not talk
 * for `shortestTalkSeconds` (a mailbox, a line that fell) was not reached.
 */
export function decideAttempt(
  evidence: CallbackEvidence,
  shortestTalkSeconds: number,
): AttemptOutcome {
  if (wasAnswered(evidence)) {
    return (evidence.talkSeconds ?? shortestTalkSeconds) < shortestTalkSeconds
      ? 'no_answer'
      : 'reached'
  }
  if (evidence.customerFirst !== null) return decideCustomerFirst(evidence, evidence.customerFirst)
  if (evidence.stage === 'in_queue') return 'place_lost'
  const refused = decideRefusal(evidence)
  if (refused !== null) return refused
  if (!agentTookPart(evidence)) return decideAgentLeg(evidence)
  return decideCustomerLeg(evidence)
}

/**
 * The customer was rung first and nobody talked to them: the key 1 decides. What the dialplan refused to dial
 * is told by the cause of our own channel (102: too late).
 */
function decideCustomerFirst(
  evidence: CallbackEvidence,
  { pickedUpAt, consent }: NonNullable<CallbackEvidence['customerFirst']>,
): AttemptOutcome {
  if (consent === 'given') return 'left_waiting'
  if (consent === 'asked' || pickedUpAt !== null) return 'not_accepted'
  const { customerUniqueid, dialStatus, agentCause, customerCause } = evidence
  if (dialStatus === 'CANCEL') return 'no_answer'
  if (customerUniqueid !== null || dialStatus !== null) {
    return decideCustomerLeg({ ...evidence, customerCause: customerCause ?? agentCause })
  }
  if (agentCause === 102) return 'expired'
  return (agentCause === null ? undefined : CUSTOMER_CAUSES[agentCause]) ?? 'not_placed'
}

/** How long the customer was on the line; null when nobody answered, or it is not known. */
export function talkOf(evidence: CallbackEvidence): number | null {
  return wasAnswered(evidence) ? evidence.talkSeconds : null
}

function wasAnswered(evidence: CallbackEvidence): boolean {
  return (
    evidence.customerAnsweredAt !== null ||
    evidence.dialStatus === 'ANSWER' ||
    (evidence.talkSeconds ?? 0) > 0
  )
}

/**
 * The agent's leg was taken from our channel (302, pickup), or the dialplan found the order void (102)
 * or not confirmed (18): the customer was not dialled. As PJSIP and dialplan/hotline.conf name causes.
 */
function decideRefusal(evidence: CallbackEvidence): AttemptOutcome | null {
  if (evidence.customerUniqueid !== null || evidence.dialStatus !== null) return null
  switch (evidence.agentCause) {
    case 18:
      return evidence.agentAnsweredAt === null ? null : 'not_confirmed'
    case 23:
      return 'forwarded'
    case 26:
      return 'picked_up'
    case 102:
      return evidence.agentAnsweredAt === null ? null : 'expired'
    case null:
    default:
      return null
  }
}

function agentTookPart(evidence: CallbackEvidence): boolean {
  return (
    evidence.agentAnsweredAt !== null ||
    evidence.customerUniqueid !== null ||
    evidence.customerCause !== null ||
    evidence.dialStatus !== null
  )
}

function decideAgentLeg(evidence: CallbackEvidence): AttemptOutcome {
  const cause = evidence.agentCause
  if (cause === null) return neverRang(evidence) ? 'not_placed' : 'agent_no_answer'
  return AGENT_NOT_RUNG.has(cause) && neverRang(evidence) ? 'not_placed' : 'agent_no_answer'
}

function neverRang(evidence: CallbackEvidence): boolean {
  return evidence.originateFailed || evidence.stage !== 'agent_ringing'
}

function decideCustomerLeg(evidence: CallbackEvidence): AttemptOutcome {
  // The agent hung up while the customer's phone rang: whatever cause that leaves is not the customer's.
  if (evidence.dialStatus === 'CANCEL') return 'abandoned_by_agent'
  const byCause =
    evidence.customerCause === null ? undefined : CUSTOMER_CAUSES[evidence.customerCause]
  if (byCause !== undefined) return byCause
  switch (evidence.dialStatus) {
    case 'BUSY':
      return 'busy'
    case 'NOANSWER':
      return 'no_answer'
    case 'CONGESTION':
    case 'CHANUNAVAIL':
      return 'trunk_fault'
    case 'INVALIDARGS':
      return 'bad_number'
    case null:
    default:
      return evidence.customerUniqueid === null ? 'abandoned_by_agent' : 'no_answer'
  }
}

/** Outcomes of attempts that called the customer: they rang, were busy or answered (`process.md` §5). */
const CALLED: readonly AttemptOutcome[] = [
  'reached',
  'no_answer',
  'busy',
  'rejected',
  'not_accepted',
  'left_waiting',
]

/** Whether this attempt counts as one: what failed before the customer's telephone does not. */
export function calledCustomer(outcome: AttemptOutcome): boolean {
  return CALLED.includes(outcome)
}

/** What the PBX journal keeps of an ended callback (the port's entry). */
export interface JournalWords {
  endedAt: Instant
  agentAnswered: boolean
  dialStatus: string | null
  hangupCause: number | null
  talkSeconds: number
  /** Of a customer who was rung first: whether they pressed 1; `none`: never answered. */
  consent?: 'none' | 'asked' | 'given'
}

/** The journal's words as evidence: written by the PBX itself, so it may stand alone. */
export function journalEvidence(entry: JournalWords): CallbackEvidence {
  const { consent } = entry
  const reached =
    consent === undefined
      ? entry.dialStatus === 'ANSWER' || entry.talkSeconds > 0
      : entry.agentAnswered
  const dialled = entry.dialStatus !== null
  return {
    stage: 'ended',
    agentAnsweredAt: entry.agentAnswered ? entry.endedAt : null,
    confirmation: null,
    customerUniqueid: null,
    customerAnsweredAt: reached ? entry.endedAt : null,
    dialStatus: reached || entry.dialStatus !== 'ANSWER' ? entry.dialStatus : null,
    agentCause: dialled ? null : entry.hangupCause,
    customerCause: dialled ? entry.hangupCause : null,
    originateFailed: false,
    talkSeconds: entry.talkSeconds,
    placedAgent: null,
    customerFirst:
      consent === undefined
        ? null
        : { pickedUpAt: null, consent: consent === 'none' ? null : consent },
  }
}

/**
 * How the end became known: by evidence, because the PBX shows no trace of it, because it can show
 * none any more (too long ago), because Asterisk refused the order, or because nothing was written to
 * the PBX at all.
 */
export type EndSource = 'evidence' | 'no_trace' | 'trace_lost' | 'refused' | 'not_written'

/**
 * Whether a word that comes after an attempt's end says more than what was known of it. That the order
 * failed (OriginateResponse) comes before the agent's Hangup or after it.
 */
export function isBetterKnown(heard: AttemptOutcome, known: AttemptOutcome | null): boolean {
  const isGuess = known === 'not_placed' || known === 'pbx_lost'
  const wasNeverRung = heard === 'not_placed' && known === 'agent_no_answer'
  return heard !== known && (heard === 'reached' || isGuess || wasNeverRung)
}

/**
 * Whether anything tells how it ended, and not only that it is gone. A talk that was short when it was
 * last heard of may have gone on.
 */
export function saysHow(evidence: CallbackEvidence, shortestTalkSeconds: number): boolean {
  const { dialStatus, talkSeconds, customerCause, agentCause } = evidence
  if (wasAnswered(evidence) && (talkSeconds ?? 0) < shortestTalkSeconds) return false
  return [dialStatus, talkSeconds, customerCause, agentCause].some((word) => word !== null)
}
