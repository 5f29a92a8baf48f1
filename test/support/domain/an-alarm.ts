import type { Alarm } from '#contract/supervision/alarms.ts'

/** Six callers wait, and it is not over. */
export function anAlarm(change: Partial<Alarm> = {}): Alarm {
  return {
    id: 'alarm-1',
    ruleId: 'rule-1',
    measure: 'waiting',
    queue: null,
    severity: 'warning',
    threshold: 5,
    value: 6,
    worst: 6,
    openedAt: '2026-11-23T01:55:00.000Z',
    endedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    ...change,
  }
}
