import type { TFunction } from 'i18next'
import { spanWords } from '../state/remaining.ts'

/** `3 giờ 10 phút`, in the reader's language. */
export function spanText(t: TFunction, spanMs: number): string {
  const { unit, ...parts } = spanWords(spanMs)
  return t(`clock.${unit}`, parts)
}

/** `còn 3 giờ 10 phút`, or `quá 20 phút` when the moment is over. */
export function remainingText(t: TFunction, dueAt: string, nowMs: number): string {
  const left = Date.parse(dueAt) - nowMs
  return t(left < 0 ? 'clock.late' : 'clock.left', { time: spanText(t, left) })
}
