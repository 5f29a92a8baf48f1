import { type AgentCounts, NO_PARTS } from '#contract/supervision/agent-day.ts'
import type { Instant } from '#contract/primitives.ts'
import { secondsBetween } from '../../time.ts'
import type { Segment } from './call.ts'

/** What is counted of an agent's part. */
export type TalkedPart = Pick<
  Segment,
  'extension' | 'how' | 'startedAt' | 'endedAt' | 'holdSeconds'
>

/** A part that is over. */
export type OverPart<P extends TalkedPart = TalkedPart> = P & { endedAt: Instant }

export function isOver<P extends TalkedPart>(part: P): part is OverPart<P> {
  return part.endedAt !== null
}

/** End − start − hold, in whole seconds. */
export function talkOf({ startedAt, endedAt, holdSeconds }: OverPart): number {
  return Math.max(0, secondsBetween(startedAt, endedAt) - holdSeconds)
}

/** Talk and holds of the parts that are over, together. */
export function talked(parts: readonly TalkedPart[]): { talkSeconds: number; holdSeconds: number } {
  let talkSeconds = 0
  let holdSeconds = 0
  for (const part of parts.filter(isOver)) {
    talkSeconds += talkOf(part)
    holdSeconds += part.holdSeconds
  }
  return { talkSeconds, holdSeconds }
}

/** Whether the parts that are over are the very same: parts that did not change are the same objects. */
export function sameOverParts(one: readonly TalkedPart[], other: readonly TalkedPart[]): boolean {
  if (one === other) return true
  const [before, after] = [one.filter(isOver), other.filter(isOver)]
  return before.length === after.length && before.every((part, index) => part === after[index])
}

/** What one call adds to the day of a phone's person; several parts of theirs are one call. */
export interface PhoneParts {
  extension: string
  /** When their first part began: whose the phone was then. */
  at: Instant
  counts: AgentCounts
}

/** Of the parts that are over: a call counts for an agent once their talk has ended. */
export function partsByPhone(parts: readonly TalkedPart[]): PhoneParts[] {
  return [...Map.groupBy(parts.filter(isOver), ({ extension }) => extension)].map(
    ([extension, own]) => ({
      extension,
      at: own[0]?.startedAt ?? '',
      counts: {
        ...NO_PARTS,
        taken: own.every(({ how }) => how === 'callback') ? 0 : 1,
        handled: 1,
        ...talked(own),
        lastCallAt:
          own
            .map(({ endedAt }) => endedAt)
            .toSorted()
            .at(-1) ?? null,
      },
    }),
  )
}
