import type { CallbackEvidence } from '../../../server/calls/conversation/call.ts'
import type { CallbackJournalEntry, OriginateOrder } from '../../../server/ports.ts'
import { plusMs } from '../../../server/time.ts'
import type { Random } from './random.ts'

/** What becomes of a call that the PBX places: moments in ms from the order on. */
export interface CallScript {
  agentAnswersMs: number | null
  /** The agent is asked; null: nobody answered. */
  asksMs: number | null
  /** When the customer's telephone is dialled; null: never. */
  dialMs: number | null
  answerMs: number | null
  endMs: number
  dialStatus: string | null
  agentCause: number | null
  customerCause: number | null
  talkSeconds: number
  /** What the end says of the promise. */
  kind: CallEnd
}

/**
 * `reached`; `rang`: the customer could not be had; `agent`: nobody dialled them, which a person must
 * see; `wrong`: the number is nobody's; `fault`: the trunk; `void`: the order came too late; `lost`: a place
 * in the queue to which no agent came.
 */
export type CallEnd = 'reached' | 'rang' | 'agent' | 'wrong' | 'fault' | 'void' | 'lost'

/** A talk of at least this many seconds has reached the customer. */
export const SHORTEST_TALK_SECONDS = 10

const SECOND_MS = 1000

interface CustomerEnd {
  kind: CallEnd
  dialStatus: string
  customerCause: number
  /** Of a talk, in seconds, both ends included. */
  talk?: readonly [number, number]
}

const TALK: CustomerEnd = {
  kind: 'reached',
  dialStatus: 'ANSWER',
  customerCause: 16,
  talk: [SHORTEST_TALK_SECONDS, 60],
}
const UNANSWERED: CustomerEnd = { kind: 'rang', dialStatus: 'NOANSWER', customerCause: 19 }
const ENDS: readonly CustomerEnd[] = [
  ...Array.from({ length: 8 }, () => TALK),
  { kind: 'rang', dialStatus: 'ANSWER', customerCause: 16, talk: [1, SHORTEST_TALK_SECONDS - 1] },
  { kind: 'rang', dialStatus: 'BUSY', customerCause: 17 },
  { kind: 'rang', dialStatus: 'BUSY', customerCause: 17 },
  { kind: 'rang', dialStatus: 'BUSY', customerCause: 21 },
  UNANSWERED,
  UNANSWERED,
  UNANSWERED,
  { kind: 'fault', dialStatus: 'CONGESTION', customerCause: 34 },
  { kind: 'wrong', dialStatus: 'CHANUNAVAIL', customerCause: 1 },
  { kind: 'agent', dialStatus: 'CANCEL', customerCause: 16 },
]

const NOT_DIALLED = {
  dialMs: null,
  answerMs: null,
  dialStatus: null,
  customerCause: null,
  talkSeconds: 0,
}

/**
 * An order as phones and customers take it: most talk, some are busy, some let it ring; some agents do
 * not answer, or do not confirm. What the PBX may dial for `validMs` more is void after them.
 */
export function scriptOf(random: Random, validMs: number): CallScript {
  if (random.chance(0.06)) {
    const nobody = { agentAnswersMs: null, asksMs: null, agentCause: 19 }
    const kind = validMs > 0 ? 'agent' : 'void'
    return { ...NOT_DIALLED, ...nobody, endMs: 25 * SECOND_MS, kind }
  }
  const agentAnswersMs = random.between(1, 10) * SECOND_MS
  const asksMs = agentAnswersMs + 100
  const picked = { agentAnswersMs, asksMs, agentCause: null }
  if (asksMs > validMs) {
    const late = { agentCause: 102, endMs: asksMs + 100 }
    return { ...NOT_DIALLED, ...picked, ...late, kind: 'void' }
  }
  if (random.chance(0.05)) {
    const unconfirmed = { agentCause: 18, endMs: asksMs + 27 * SECOND_MS }
    return { ...NOT_DIALLED, ...picked, ...unconfirmed, kind: 'agent' }
  }
  const dialMs = asksMs + random.between(1, 5) * SECOND_MS
  if (dialMs > validMs) {
    return { ...NOT_DIALLED, ...picked, agentCause: 102, endMs: dialMs, kind: 'void' }
  }
  return { ...picked, dialMs, ...talkOf(random, dialMs) }
}

/** A place in the queue as long as no agent is there for it; it ends after `waitMs`. */
export function waitingScript(waitMs: number): CallScript {
  const nobody = { agentAnswersMs: null, asksMs: null, agentCause: null }
  return { ...NOT_DIALLED, ...nobody, endMs: waitMs, kind: 'lost' }
}

/** The same from the moment on at which an agent answers for it: who asked may still be on the line. */
export function servedScript(random: Random, servedMs: number, validMs: number): CallScript {
  const dialMs = servedMs + random.between(0, 20) * SECOND_MS
  const picked = { agentAnswersMs: servedMs, asksMs: null, agentCause: null }
  if (dialMs > validMs) {
    return { ...NOT_DIALLED, ...picked, agentCause: 102, endMs: dialMs, kind: 'void' }
  }
  return { ...picked, dialMs, ...talkOf(random, dialMs) }
}

function talkOf(random: Random, dialMs: number) {
  const rungMs = dialMs + random.between(2, 30) * SECOND_MS
  const { kind, dialStatus, customerCause, talk } = random.pick(ENDS)
  const how = { kind, dialStatus, customerCause }
  if (talk === undefined) return { ...how, answerMs: null, endMs: rungMs, talkSeconds: 0 }
  const talkSeconds = random.between(...talk)
  return { ...how, answerMs: rungMs, endMs: rungMs + talkSeconds * SECOND_MS, talkSeconds }
}

/** One order that the PBX took, and what was to be known of it. */
export interface PlacedOrder {
  order: OriginateOrder
  atMs: number
  script: CallScript
  /** It lay in the buffers of the network before. */
  wasDelayed: boolean
  /** `ended` by itself, which the PBX wrote down; `cut`: gone with the PBX. */
  state: 'alive' | 'ended' | 'cut'
  /** Of a place in the queue; null: the agent's phone is rung at once. */
  place: Place | null
}

/** Where a caller waits who hung up. */
export interface Place {
  /** Uniqueid of what waits. */
  uniqueid: string
  /** When its caller came, in ms of the world. */
  cameMs: number
  /** When an agent answered for it, in ms from the order; null: it waits. */
  servedMs: number | null
}

/** Somebody's phone rings or talks because of it. */
export function isDialling({ state, place }: PlacedOrder): boolean {
  return state === 'alive' && (place === null || place.servedMs !== null)
}

/** The customer and the agent have talked long enough. */
export function hasReached({ state, script }: PlacedOrder): boolean {
  return state === 'ended' && script.kind === 'reached'
}

/** What the PBX's own journal keeps of a call that ended by itself. */
export function journalOf({ script }: PlacedOrder, endedAt: string): CallbackJournalEntry {
  const { agentAnswersMs, dialStatus, agentCause, customerCause, talkSeconds } = script
  return {
    endedAt,
    agentAnswered: agentAnswersMs !== null,
    dialStatus,
    hangupCause: dialStatus === null ? agentCause : customerCause,
    talkSeconds,
  }
}

/** What was heard of a call until `ms` after its order. */
export function evidenceUntil({ script, order, place }: PlacedOrder, ms: number, now: string) {
  const ago = (moment: number) => plusMs(now, moment - ms)
  const { agentAnswersMs, dialMs, answerMs, endMs } = script
  const isPast = (moment: number | null): moment is number => moment !== null && moment <= ms
  const evidence: Partial<CallbackEvidence> = {
    agentAnsweredAt: isPast(agentAnswersMs) ? ago(agentAnswersMs) : null,
    customerUniqueid: isPast(dialMs) ? `to-${order.channelId}` : null,
    customerAnsweredAt: isPast(answerMs) ? ago(answerMs) : null,
  }
  if (place !== null) {
    const { extension, channelId } = order
    const isServed = place.servedMs !== null
    evidence.placedAgent = isServed ? { uniqueid: `by-${channelId}`, extension } : null
    if (!isServed) evidence.stage = 'in_queue'
  }
  if (!isPast(endMs)) return evidence
  const { dialStatus, agentCause, customerCause, talkSeconds } = script
  const causes = { agentCause, customerCause }
  return { ...evidence, ...causes, dialStatus, talkSeconds: answerMs === null ? null : talkSeconds }
}
