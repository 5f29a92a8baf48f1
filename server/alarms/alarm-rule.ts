import { type AlarmRule, LOW_MEASURES } from '#contract/supervision/alarms.ts'
import type { Instant } from '#contract/primitives.ts'
import { localTime } from '../calendar/working-days.ts'
import { plusSeconds } from '../time.ts'

/**
 * What a rule watches, now. `value` null: nobody knows, or there is nothing to measure yet. `since`: it is a
 * span in seconds that grows from then on, so its threshold is passed at a known instant.
 */
export interface Reading {
  value: number | null
  since: Instant | null
}

/** Since when a rule's threshold is passed without an alarm; null: it is not. */
export type PassedSince = Instant | null

export interface Step {
  act: 'open' | 'end' | 'none'
  passedSince: PassedSince
  /** When it falls due by time alone; null: only another figure changes anything. */
  lookAt: Instant | null
}

/**
 * What follows from a reading. Between threshold and end nothing changes (hysteresis); what nobody knows neither
 * opens nor ends; quiet hours open nothing and end what is over.
 */
export function stepOf(
  rule: AlarmRule,
  { value, since }: Reading,
  { now, isOpen, passedSince }: { now: Instant; isOpen: boolean; passedSince: PassedSince },
): Step {
  if (isOpen) {
    const isOver = !rule.active || (value !== null && isAtEnd(rule, value))
    return { act: isOver ? 'end' : 'none', passedSince: null, lookAt: null }
  }
  if (!rule.active || value === null) return { act: 'none', passedSince: null, lookAt: null }
  if (!isPassed(rule, value)) {
    const lookAt = since === null ? null : plusSeconds(since, rule.threshold)
    return { act: 'none', passedSince: null, lookAt }
  }
  const from = passedSince ?? now
  const dueAt = plusSeconds(from, rule.holdSeconds)
  if (dueAt > now) return { act: 'none', passedSince: from, lookAt: dueAt }
  if (isQuiet(rule, now)) return { act: 'none', passedSince: from, lookAt: null }
  return { act: 'open', passedSince: null, lookAt: null }
}

function isPassed({ measure, threshold }: AlarmRule, value: number): boolean {
  return LOW_MEASURES.includes(measure) ? value <= threshold : value >= threshold
}

function isAtEnd({ measure, clearAt }: AlarmRule, value: number): boolean {
  return LOW_MEASURES.includes(measure) ? value >= clearAt : value <= clearAt
}

/** Of two values the one that is further on the bad side. */
export function worseOf({ measure }: Pick<AlarmRule, 'measure'>, a: number, b: number): number {
  return LOW_MEASURES.includes(measure) ? Math.min(a, b) : Math.max(a, b)
}

/** From the first minute on, until the last is over; the same time twice is the whole day. */
export function isQuiet({ quietFrom, quietTo }: AlarmRule, now: Instant): boolean {
  if (quietFrom === null || quietTo === null) return false
  const time = localTime(now)
  if (quietFrom < quietTo) return time >= quietFrom && time < quietTo
  return time >= quietFrom || time < quietTo
}
