import type { CallOutcome } from '#contract/calls.ts'
import type { Instant } from '#contract/primitives.ts'
import type { Call } from './call.ts'
import { endRing, endRings } from './rings.ts'
import { endSegment, endSegments } from './segments.ts'
import type { CallEvent, JournalOutcome } from './call-event.ts'

type HungUp = Extract<CallEvent, { type: 'hung_up' }>

/** Where the dialplan (`hotline.conf`) sends a caller whom the queue, or a direct phone, gave up. */
const CLOSING_CONTEXT = 'hotline-closing'

interface CallEnd {
  at: Instant
  cause: number | null
  /** False when it is only concluded because the PBX no longer shows the call. */
  heard: boolean
  /** What the dialplan's journal called it; null when only the channel's end is known. */
  outcome: CallOutcome | null
}

/** The caller is gone. Final: a later word can only correct an end that nobody heard. */
export function endCall<C extends Call>(call: C, end: CallEnd): C {
  if (call.endedAt !== null && (call.endHeard || !end.heard))
    return withToldOutcome(call, end.outcome)
  const closed = endSegments(endRings(call, end.at, 'caller_left'), end.at)
  return {
    ...closed,
    endedAt: end.at,
    endHeard: end.heard,
    hangupCause: end.cause ?? call.hangupCause,
    toldOutcome: end.outcome ?? call.toldOutcome,
  }
}

function withToldOutcome<C extends Call>(call: C, outcome: CallOutcome | null): C {
  if (outcome === null || outcome === call.outcome || call.toldOutcome !== null) return call
  return { ...call, toldOutcome: outcome }
}

/** Hangup of an agent's channel, or of the caller's. Zombies of a masquerade have no say. */
export function hangUp(
  call: Call,
  { channel, cause, context, at }: { at: Instant } & Pick<HungUp, 'channel' | 'cause' | 'context'>,
): Call {
  if (channel.channel.endsWith('<ZOMBIE>')) return call
  if (channel.uniqueid !== call.uniqueid) return hangUpAgent(call, channel.uniqueid, cause, at)
  const outcome = context === CLOSING_CONTEXT ? outcomeAfterWait(call) : null
  return endCall(call, { at, cause, heard: true, outcome })
}

/**
 * Who hears the closing prompt has waited to the end, however soon they hang up in it; null when nobody
 * listened at that end: the journal knows why the queue gave them up.
 */
function outcomeAfterWait({ visits }: Call): CallOutcome | null {
  const last = visits.at(-1)
  if (last !== undefined && (last.leftAt === null || !last.leaveHeard)) return null
  return last?.abandonSaid === true ? 'timeout' : 'not_answered'
}

export function hangUpAgent<C extends Call>(
  call: C,
  uniqueid: string,
  cause: number,
  at: Instant,
): C {
  const isRejected = cause === 17 || cause === 21
  const ringing = isRejected ? 'rejected' : cause === 26 ? 'answered_elsewhere' : 'no_answer'
  return endSegment(endRing(call, uniqueid, at, ringing), uniqueid, at)
}

/** The dialplan's own word, from the journal. */
export function outcomeOfJournal(word: JournalOutcome): CallOutcome | null {
  switch (word) {
    case 'answered':
    case 'abandoned':
    case 'timeout':
    case 'asked':
    case 'left_in_notice':
      return word
    case 'no_agents':
      return 'not_answered'
    case 'other':
      return null
  }
}
