import { formatSpan } from './countdown.ts'

/** What of a line of a call is for people: no names of channels, and a phone of ours once. */
export function callLine(detail: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(detail).filter(([name, value]) => {
      switch (name) {
        case 'channel':
          return false
        case 'agent':
          return /^\d+$/.test(value) && detail['member'] !== value
        default:
          return true
      }
    }),
  )
}

/** How long it was talked, as people read it; null when nobody did, or still does. */
export function callLength(call: {
  answeredAt: string | null
  endedAt: string | null
}): string | null {
  const { answeredAt, endedAt } = call
  if (answeredAt === null || endedAt === null) return null
  return formatSpan(Date.parse(endedAt) - Date.parse(answeredAt))
}
