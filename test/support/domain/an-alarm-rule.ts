import type { AlarmRule } from '#contract/supervision/alarms.ts'

/** Five callers wait; ends at two. */
export function anAlarmRule(change: Partial<AlarmRule> = {}): AlarmRule {
  return {
    id: 'rule-1',
    measure: 'waiting',
    queue: null,
    threshold: 5,
    clearAt: 2,
    holdSeconds: 0,
    severity: 'warning',
    quietFrom: null,
    quietTo: null,
    active: true,
    version: 1,
    updatedAt: '2026-11-23T00:00:00.000Z',
    ...change,
  }
}
