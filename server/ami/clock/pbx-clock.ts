import type { Instant } from '#contract/primitives.ts'
import { instantOfMs } from '../../time.ts'

/** Clocks that differ by no more are taken for one; above it the times of the PBX are corrected. */
export const CLOCK_TOLERANCE_MS = 2_000
/** An event may be this old for any other reason than a clock that was set back. */
const OLDEST_EVENT_MS = 60_000

/** One question and its answer that told the time there, in milliseconds. */
export interface ClockReading {
  /** The clock of the PBX when it answered. */
  pbxMs: number
  /** Our clock when the answer came. */
  receivedMs: number
  /** How long question and answer took, on the monotonic clock. */
  tookMs: number
}

/** How far the PBX is ahead of us at least: the answer took some time to come. */
export function offsetOf({ pbxMs, receivedMs }: ClockReading): number {
  return pbxMs - receivedMs
}

/**
 * What is taken off the PBX's times from now on, in milliseconds: 0 while the clocks agree. Stays
 * what it was as long as the reading may agree with it, so that times do not jitter.
 */
export function correctionAfter(before: number, reading: ClockReading): number {
  if (agrees(reading, before)) return before
  return agrees(reading, 0) ? 0 : offsetOf(reading)
}

/** Whether the reading may be one of a PBX that is so much ahead of us. */
export function agrees(reading: ClockReading, correctionMs: number): boolean {
  return mayAgree(offsetOf(reading) - correctionMs, reading.tookMs)
}

function mayAgree(aheadMs: number, tookMs: number): boolean {
  return aheadMs <= CLOCK_TOLERANCE_MS && aheadMs + tookMs >= -CLOCK_TOLERANCE_MS
}

/** What the time of an event that just came says of the clocks. */
export type EventTime =
  | 'fine'
  /** Late; the clocks may differ or the line was slow. */
  | 'late'
  /** No line is so fast or slow: a clock was set. */
  | 'impossible'

/** `atMs`: the event's own time after correction. */
export function judgeEventTime(atMs: number, nowMs: number): EventTime {
  const ageMs = nowMs - atMs
  if (ageMs < -CLOCK_TOLERANCE_MS || ageMs > OLDEST_EVENT_MS) return 'impossible'
  return ageMs > CLOCK_TOLERANCE_MS ? 'late' : 'fine'
}

/** A time that the PBX told, on our clock; what has happened is never of the future. */
export function onOurClock(pbxMs: number, correctionMs: number, nowMs: number): number {
  return Math.min(pbxMs - correctionMs, nowMs + CLOCK_TOLERANCE_MS)
}

/**
 * When a member's last call ended, on our clock. Null for a call of the future: it ended before a
 * clock was set, and nobody rests until then.
 */
export function callEndOnOurClock(
  pbxSeconds: number,
  correctionMs: number,
  nowMs: number,
): Instant | null {
  if (!(pbxSeconds > 0)) return null
  const ms = pbxSeconds * 1000 - correctionMs
  return ms > nowMs + CLOCK_TOLERANCE_MS || ms <= 0 ? null : instantOfMs(ms)
}

/** For people, in English; null while the clocks agree. */
export function clockProblem(correctionMs: number): string | null {
  if (correctionMs === 0) return null
  const side = correctionMs < 0 ? 'behind' : 'ahead of'
  return `its clock is ${spanOf(Math.abs(correctionMs))} ${side} ours: times are corrected; run a time service on both machines`
}

function spanOf(ms: number): string {
  const seconds = Math.round(ms / 1000)
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ')
}
