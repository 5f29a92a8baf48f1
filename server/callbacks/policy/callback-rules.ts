import type { CallbackSettings } from '#contract/casework/callback-settings.ts'
import type { Instant } from '#contract/primitives.ts'
import { plusMs } from '../../time.ts'
import { type DayHours, intoHours } from './calling-hours.ts'
import { retryAt } from './retry-policy.ts'

/** What administrators set of promises. */
export interface CallbackRules {
  hours: DayHours
  /** When a promise names no time, in minutes. */
  delayMinutes: number
  /** Attempts by itself after the first one that rang the customer. */
  retries: number
  /**
   * The queue of those whose customers are rung before an agent, as one act promised it to many; null: their
   * owners are rung first.
   */
  customerFirstQueue: string | null
}

const MINUTE_MS = 60_000

export function rulesOf(settings: CallbackSettings): CallbackRules {
  const { hoursFrom: from, hoursTo: to, ...others } = settings
  return { hours: { from, to }, ...others }
}

/** The settings that the start gives, until administrators save others. */
export function settingsOf({ hours, ...others }: CallbackRules): CallbackSettings {
  return { hoursFrom: hours.from, hoursTo: hours.to, ...others }
}

/** What the audit keeps of a change: each setting that differs, as `before → after`. */
export function changedSettings(
  before: CallbackSettings,
  after: CallbackSettings,
): Record<string, string> {
  const names = ['hoursFrom', 'hoursTo', 'delayMinutes', 'retries', 'customerFirstQueue'] as const
  return Object.fromEntries(
    names
      .filter((name) => before[name] !== after[name])
      .map((name) => [name, `${before[name] ?? '-'} → ${after[name] ?? '-'}`]),
  )
}

/** When a promise falls due that is made now and names no time. */
export function usualDueAt({ hours, delayMinutes }: CallbackRules, now: Instant): Instant {
  return intoHours(hours, plusMs(now, delayMinutes * MINUTE_MS))
}

/** When a promise made now would be dialled: the first time, and again as long as nobody answers. */
export function dialsOf(rules: CallbackRules, now: Instant): Instant[] {
  const dials = [usualDueAt(rules, now)]
  for (let retries = 0; retries < rules.retries; retries++) {
    const endedAt = dials.at(-1) ?? now
    dials.push(retryAt(rules.hours, { outcome: 'no_answer', endedAt, retries }))
  }
  return dials
}
