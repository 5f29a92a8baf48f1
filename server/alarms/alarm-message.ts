import type { Alarm } from '#contract/supervision/alarms.ts'
import type { Instant } from '#contract/primitives.ts'

export type AlarmEvent = 'alarm.opened' | 'alarm.acknowledged' | 'alarm.ended' | 'alarm.test'

/** The body of a message in the form of Standard Webhooks: what, since when, how bad. */
export function messageBody(event: AlarmEvent, alarm: Alarm | null, now: Instant): string {
  return JSON.stringify({ type: event, timestamp: now, data: alarm === null ? {} : dataOf(alarm) })
}

function dataOf(alarm: Alarm) {
  const { id, measure, queue, severity, threshold, value, worst } = alarm
  return {
    id,
    measure,
    queue,
    severity,
    threshold,
    value,
    worst,
    since: alarm.openedAt,
    endedAt: alarm.endedAt,
    acknowledgedAt: alarm.acknowledgedAt,
    acknowledgedBy: alarm.acknowledgedBy?.displayName ?? null,
  }
}

/** What is signed: a body alone could be sent again under another id. */
export function signedContent(id: string, timestamp: number, body: string): string {
  return `${id}.${timestamp}.${body}`
}

const PREFIX = 'whsec_'

export function secretText(base64: string): string {
  return PREFIX + base64
}

/** The key within `whsec_…`, base64. */
export function secretKey(secret: string): string {
  return secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret
}
