import type { ClockKind, ClockView } from '#contract/casework/process.ts'

/** Counted in working days, not in hours. */
export const WORKING_DAY_CLOCKS: readonly ClockKind[] = ['overall', 'acknowledgement']

/** What is urgent first; the deadline of the whole case last. */
const ORDER: readonly ClockKind[] = [
  'promise',
  'noc',
  'field',
  'verify',
  'reply',
  'recheck',
  'acknowledgement',
  'restoration',
  'overall',
]

export type ClockUrgency = 'calm' | 'soon' | 'late' | 'paused' | 'met' | 'missed'

/** From this share of its time on a clock is urgent (`process.md` §5: 80 %). */
const SOON_SHARE = 0.8

/** How a clock stands at a moment; without a deadline it is calm. */
export function clockUrgency(clock: ClockView, nowMs: number): ClockUrgency {
  const { stoppedAt, pausedSince, dueAt } = clock
  if (stoppedAt !== null) return dueAt !== null && stoppedAt > dueAt ? 'missed' : 'met'
  if (pausedSince !== null) return 'paused'
  if (dueAt === null) return 'calm'
  if (Date.parse(dueAt) < nowMs) return 'late'
  return clockShare(clock, nowMs) >= SOON_SHARE ? 'soon' : 'calm'
}

/** How much of its time has run, 0 to 1; pauses move its end, so they are not in it. */
export function clockShare(
  { dueAt, startedAt, netSeconds, pausedSince }: ClockView,
  nowMs: number,
) {
  if (dueAt === null || pausedSince !== null) return 0
  const left = Math.max(0, Date.parse(dueAt) - nowMs)
  const length = Date.parse(dueAt) - Date.parse(startedAt)
  const waited = Math.max(0, nowMs - Date.parse(startedAt) - netSeconds * 1_000)
  const whole = Math.max(1, length - Math.min(waited, length - left))
  return Math.min(1, Math.max(0, 1 - left / whole))
}

function rank({ kind }: ClockView): number {
  return ORDER.indexOf(kind)
}

/** What runs, the urgent first, and what ran before, the newest first. */
export function sortClocks(clocks: readonly ClockView[]): {
  running: ClockView[]
  ended: ClockView[]
} {
  return {
    running: clocks
      .filter(({ stoppedAt }) => stoppedAt === null)
      .toSorted((a, b) => rank(a) - rank(b)),
    ended: clocks
      .filter(({ stoppedAt }) => stoppedAt !== null)
      .toSorted((a, b) => b.startedAt.localeCompare(a.startedAt)),
  }
}
