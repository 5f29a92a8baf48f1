import { secondsBetween } from '../../time.ts'
import type { Call } from './call.ts'

/** Seconds from entry to the first answer, or to the end for an unanswered call. */
export function waitSeconds(call: Call): number | null {
  const until = call.answeredAt ?? call.endedAt
  return until === null ? null : secondsBetween(call.enteredAt, until)
}

/** Seconds from the first answer to the end; null while talking or when never answered. */
export function talkSeconds(call: Call): number | null {
  if (call.answeredAt === null || call.endedAt === null) return null
  return secondsBetween(call.answeredAt, call.endedAt)
}

/** Seconds that the customer was put on hold by agents, in holds that are over. */
export function holdSeconds(call: Call): number {
  return call.segments.reduce((sum, segment) => sum + segment.holdSeconds, 0)
}
