const DAY = '2026-11-23T02:'

/** `00:05.250` → the instant in these tables. */
export function time(text: string): string {
  return `${DAY}${text}Z`
}

/** The other way round. */
export function timeText(at: string): string {
  return at.startsWith(DAY) ? at.slice(DAY.length, -1) : at
}
