import type { AgentCounts } from '#contract/supervision/agent-day.ts'
import { NO_PARTS } from '#contract/supervision/agent-day.ts'
import { secondsBetween } from '../../time.ts'
import type { Segment } from './call.ts'

/** What is counted of an agent's part. */
export type TalkedPart = Pick<
  Segment,
  'extension' | 'how' | 'startedAt' | 'endedAt' | 'holdSeconds'
>

/** Talk is the part without its holds; both are 0 until it is over. */
export function talked(parts: readonly TalkedPart[]): { talkSeconds: number; holdSeconds: number } {
  let talkSeconds = 0
  let holdSeconds = 0
  for (const part of parts) {
    talkSeconds += talkOf(part) ?? 0
    holdSeconds += part.endedAt === null ? 0 : part.holdSeconds
  }
  return { talkSeconds, holdSeconds }
}

/** End − start − hold in whole seconds; null while they talk. */
export function talkOf({ startedAt, endedAt, holdSeconds }: TalkedPart): number | null {
  if (endedAt === null) return null
  return Math.max(0, secondsBetween(startedAt, endedAt) - holdSeconds)
}

/** What one call adds to the day of a phone's person; several parts of theirs are one call. */
export interface PhoneParts {
  extension: string
  /** When their first part began: whose the phone was then. */
  at: string
  counts: AgentCounts
}

export function partsByPhone(parts: readonly TalkedPart[]): PhoneParts[] {
  return [...Map.groupBy(parts, ({ extension }) => extension)].map(([extension, own]) => {
    const ends = own.map(({ endedAt }) => endedAt)
    const isOver = !ends.includes(null)
    const lastCallAt = ends.reduce(
      (last, at) => (at !== null && (last ?? '') < at ? at : last),
      null,
    )
    return {
      extension,
      at: own[0]?.startedAt ?? '',
      counts: {
        ...NO_PARTS,
        taken: own.every(({ how }) => how === 'callback') ? 0 : 1,
        handled: isOver ? 1 : 0,
        ...talked(own),
        lastCallAt,
      },
    }
  })
}
