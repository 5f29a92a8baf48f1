/** Screens show Asia/Ho_Chi_Minh wherever the browser is: UTC+7, no daylight saving. */
const OFFSET_MS = 7 * 3_600_000
const DAY_MS = 24 * 3_600_000

/** The clock of Việt Nam as ISO text; a list draws hundreds of them, so nothing is asked of `Intl`. */
function partsOf(
  instant: string,
): Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', string> {
  const [date = '', time = ''] = new Date(Date.parse(instant) + OFFSET_MS).toISOString().split('T')
  const [year = '', month = '', day = ''] = date.split('-')
  const [hour = '', minute = '', second = ''] = time.slice(0, 8).split(':')
  return { year, month, day, hour, minute, second }
}

/** `22/11/2026 10:15` */
export function formatDateTime(instant: string): string {
  const p = partsOf(instant)
  return `${p.day}/${p.month}/${p.year} ${p.hour}:${p.minute}`
}

/** `22/11/2026` */
export function formatDate(instant: string): string {
  const p = partsOf(instant)
  return `${p.day}/${p.month}/${p.year}`
}

/** `10:15` */
export function formatTime(instant: string): string {
  const p = partsOf(instant)
  return `${p.hour}:${p.minute}`
}

/** `10:15:42`, for "as of" and event timelines. */
export function formatClock(instant: string): string {
  const p = partsOf(instant)
  return `${p.hour}:${p.minute}:${p.second}`
}

/** `10:15` today, `22/11 10:15` on another day of the caller's `nowMs`. */
export function formatShort(instant: string, nowMs: number): string {
  return localDay(Date.parse(instant)) === localDay(nowMs)
    ? formatTime(instant)
    : `${formatDate(instant).slice(0, 5)} ${formatTime(instant)}`
}

/** The calendar date in Việt Nam, `2026-11-22`. */
export function localDay(nowMs: number): string {
  return new Date(nowMs + OFFSET_MS).toISOString().slice(0, 10)
}

/** Whether this is a day, written `2026-11-22`, of a year that can be meant. */
export function isDay(text: string): boolean {
  return /^2[01]\d\d-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))
}

/** The day `days` after it, before it when negative. */
export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
}

/** `14:30`, `1430`, `14h30`, `9h`, `9:05` → minutes after midnight; null when it is no time. */
export function parseTimeOfDay(text: string): number | null {
  const match = /^(\d{1,2})(?:[:hH.]?(\d{2})|[hH])?$/.exec(text.trim())
  if (!match) return null
  const hours = Number(match[1])
  const minutes = Number(match[2] ?? '0')
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : null
}

/** The instant of a time of day in Việt Nam, `daysAhead` calendar days after `nowMs`. */
export function instantAt(nowMs: number, daysAhead: number, minutes: number): string {
  const midnight = Date.parse(`${localDay(nowMs)}T00:00:00.000Z`) - OFFSET_MS
  return new Date(midnight + daysAhead * DAY_MS + minutes * 60_000).toISOString()
}

/** `28/11/2026 14:30` or `28/11 1430` of `nowMs`'s year, as typed in Việt Nam; null when it is no time. */
export function parseLocalDateTime(text: string, nowMs = Date.now()): string | null {
  const match = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?\s+(\S+)$/.exec(text.trim())
  const minutes = match ? parseTimeOfDay(match[4] ?? '') : null
  if (!match || minutes === null) return null
  const year = match[3] ?? localDay(nowMs).slice(0, 4)
  const day = `${year}-${match[2]?.padStart(2, '0')}-${match[1]?.padStart(2, '0')}`
  const midnight = Date.parse(`${day}T00:00:00.000Z`)
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return null
  return new Date(midnight - OFFSET_MS + minutes * 60_000).toISOString()
}

const numbers = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 })

/** `1.234,5` in both languages: the figures are read by one team. */
export function formatNumber(value: number): string {
  return numbers.format(value)
}
