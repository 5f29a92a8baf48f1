import type { Alarm, AlarmRule } from '#contract/supervision/alarms.ts'
import { NEW_RULE } from '../state/alarms.ts'

export function anAlarm(change: Partial<Alarm> = {}): Alarm {
  return {
    id: 'alarm-1',
    ruleId: 'rule-1',
    measure: 'waiting',
    queue: null,
    severity: 'warning',
    threshold: 5,
    value: 6,
    worst: 9,
    openedAt: '2026-11-28T02:55:00.000Z',
    endedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    ...change,
  }
}

export function anAlarmRule(change: Partial<AlarmRule> = {}): AlarmRule {
  return { ...NEW_RULE, id: 'rule-1', version: 1, updatedAt: '2026-11-28T02:00:00.000Z', ...change }
}
