import { instantAt, parseTimeOfDay } from './local-time.ts'

export const QUICK_MINUTES = [15, 30, 60] as const
export const DEFAULT_MINUTES = 30
/** How many days ahead a promise can be given for by its time of day. */
export const DAYS_AHEAD = 7

/** When a callback is promised for, as the agent chose it. */
export interface WhenChoice {
  /** Minutes from now; null when a time of day was chosen. */
  inMinutes: number | null
  daysAhead: number
  time: string
}

export const DEFAULT_WHEN: WhenChoice = { inMinutes: DEFAULT_MINUTES, daysAhead: 0, time: '' }

export type WhenResult = { dueAt: string } | { fault: 'timeWrong' | 'timePast' }

/** The instant that a choice means at `nowMs`, or what is wrong with it. */
export function resolveWhen(choice: WhenChoice, nowMs: number): WhenResult {
  if (choice.inMinutes !== null) {
    return { dueAt: new Date(nowMs + choice.inMinutes * 60_000).toISOString() }
  }
  const minutes = parseTimeOfDay(choice.time)
  if (minutes === null) return { fault: 'timeWrong' }
  const dueAt = instantAt(nowMs, choice.daysAhead, minutes)
  return Date.parse(dueAt) <= nowMs ? { fault: 'timePast' } : { dueAt }
}
