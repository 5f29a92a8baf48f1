import { t } from 'i18next'
import { expect, test } from 'vitest'
import { alarmMeasure, alarmRuleOrder } from '#contract/supervision/alarms.ts'
import { anAlarm, anAlarmRule } from '../test-support/alarm-samples.ts'
import { loadTexts } from '../test-support/texts.ts'
import {
  alarmName,
  alarmSearch,
  isLow,
  NEW_RULE,
  orderOf,
  timeOrNull,
  unclaimed,
  USUAL_LEVELS,
} from './alarms.ts'

test('an address that is typed filters by what there is', () => {
  expect(alarmSearch({ state: 'open', measure: 'waiting', severity: 'critical' })).toEqual({
    state: 'open',
    measure: 'waiting',
    severity: 'critical',
  })
  expect(alarmSearch({ state: 'all', measure: 'weather', severity: 1 })).toEqual({})
})

test('an alarm is called by what rings, and its queue', () => {
  loadTexts()
  expect(alarmName(t, anAlarm())).toBe('Nhiều khách chờ')
  expect(alarmName(t, anAlarm({ queue: 'hotline' }))).toBe('Nhiều khách chờ (hotline)')
})

test('the gravest that nobody took stand first; what is over or taken is left out', () => {
  const by = { acknowledgedAt: '2026-11-28T03:00:00.000Z' }
  const all = [
    anAlarm({ id: 'a' }),
    anAlarm({ id: 'b', severity: 'critical' }),
    anAlarm({ id: 'c', ...by }),
    anAlarm({ id: 'd', endedAt: '2026-11-28T03:00:00.000Z' }),
  ]
  expect(unclaimed(all).map(({ id }) => id)).toEqual(['b', 'a'])
})

test('what the form begins with is accepted, whatever is watched', () => {
  expect(alarmRuleOrder.safeParse(NEW_RULE).success).toBe(true)
  const refused = alarmMeasure.options.filter(
    (measure) =>
      !alarmRuleOrder.safeParse({ ...NEW_RULE, measure, ...USUAL_LEVELS[measure] }).success,
  )
  expect(refused).toEqual([])
})

test('a rule is changed from what it is', () => {
  const order = orderOf(anAlarmRule({ threshold: 9 }))
  expect(alarmRuleOrder.strict().safeParse(order).success).toBe(true)
  expect([order.threshold, orderOf(null)]).toEqual([9, NEW_RULE])
})

test('low is bad for people and shares alone; an empty time is none', () => {
  expect(alarmMeasure.options.filter(isLow)).toEqual(['free_agents', 'service_level'])
  expect([timeOrNull(''), timeOrNull('22:00')]).toEqual([null, '22:00'])
})
