import type { CallbackEvidence } from '../../../server/calls/conversation/call.ts'
import type { CallbackJournalEntry, OriginateOrder } from '../../../server/ports.ts'
import { plusMs } from '../../../server/time.ts'
import type { Random } from './random.ts'

/** What becomes of a call that the PBX places: moments in ms from the order on. */
export interface CallScript {
  agentAnswersMs: number | null
  /** When the customer's telephone is dialled; null: never. */
  dialMs: number | null
  answerMs: number | null
  endMs: number
  dialStatus: string | null
  customerCause: number | null
  talkSeconds: number
}

/** A talk of at least this many seconds has reached the customer. */
export const SHORTEST_TALK_SECONDS = 10

const SECOND_MS = 1000
const ENDS = ['talk', 'talk', 'talk', 'talk', 'short', 'BUSY', 'NOANSWER', 'CONGESTION'] as const
const CAUSES = { BUSY: 17, NOANSWER: 19, CONGESTION: 34 } as const

/** An order as phones and customers take it: most talk, some are busy, some let it ring. */
export function scriptOf(random: Random): CallScript {
  const nobody = { dialMs: null, answerMs: null, dialStatus: null, customerCause: null }
  if (random.chance(0.1)) {
    return { ...nobody, agentAnswersMs: null, endMs: 25 * SECOND_MS, talkSeconds: 0 }
  }
  const agentAnswersMs = random.between(1, 10) * SECOND_MS
  const dialMs = agentAnswersMs + 100
  const rungMs = dialMs + random.between(2, 30) * SECOND_MS
  const end = random.pick(ENDS)
  if (end === 'talk' || end === 'short') {
    const talkSeconds =
      end === 'talk' ? random.between(SHORTEST_TALK_SECONDS, 60) : random.between(1, 9)
    const talk = { dialStatus: 'ANSWER', customerCause: 16, talkSeconds }
    return {
      agentAnswersMs,
      dialMs,
      answerMs: rungMs,
      endMs: rungMs + talkSeconds * SECOND_MS,
      ...talk,
    }
  }
  const unheard = { dialStatus: end, customerCause: CAUSES[end], talkSeconds: 0 }
  return { agentAnswersMs, dialMs, answerMs: null, endMs: rungMs, ...unheard }
}

/** One order that the PBX took, and what was to be known of it. */
export interface PlacedOrder {
  order: OriginateOrder
  atMs: number
  script: CallScript
  /** Gone, by its end or with the PBX. */
  isOver: boolean
  /** The customer and the agent talked long enough. */
  hasReached: boolean
  /** The service heard of its end, or the PBX wrote it down. */
  isKnowable: boolean
}

/** What the PBX's own journal keeps of a call that ended by itself. */
export function journalOf({ script }: PlacedOrder, endedAt: string): CallbackJournalEntry {
  return {
    endedAt,
    agentAnswered: script.agentAnswersMs !== null,
    dialStatus: script.dialStatus,
    hangupCause: script.customerCause ?? 19,
    talkSeconds: script.talkSeconds,
  }
}

/** What was heard of a call until `ms` after its order. */
export function evidenceUntil({ script, order }: PlacedOrder, ms: number, now: string) {
  const ago = (moment: number) => plusMs(now, moment - ms)
  const { agentAnswersMs, dialMs, answerMs, endMs } = script
  const isPast = (moment: number | null): moment is number => moment !== null && moment <= ms
  const evidence: Partial<CallbackEvidence> = {
    agentAnsweredAt: isPast(agentAnswersMs) ? ago(agentAnswersMs) : null,
    customerUniqueid: isPast(dialMs) ? `to-${order.channelId}` : null,
    customerAnsweredAt: isPast(answerMs) ? ago(answerMs) : null,
  }
  if (!isPast(endMs)) return evidence
  const { dialStatus, customerCause, talkSeconds } = script
  const cause = dialMs === null ? { agentCause: 19 } : { customerCause }
  return { ...evidence, ...cause, dialStatus, talkSeconds: answerMs === null ? null : talkSeconds }
}
