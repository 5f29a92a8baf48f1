import { describe, expect, test } from 'vitest'
import { type AlarmRule, alarmRuleOrder } from '#contract/supervision/alarms.ts'
import { anAlarmRule } from '../../test/support/domain/an-alarm-rule.ts'
import { isQuiet, type Reading, stepOf, worseOf } from './alarm-rule.ts'

/** 09:00 in Vietnam. */
const NOW = '2026-11-23T02:00:00.000Z'
const at = (seconds: number) => new Date(Date.parse(NOW) + seconds * 1000).toISOString()
const valued = (value: number | null): Reading => ({ value, since: null })

const step = (
  change: Partial<AlarmRule>,
  reading: Reading,
  standing: { isOpen?: boolean; passedSince?: string | null } = {},
) =>
  stepOf(anAlarmRule(change), reading, { now: NOW, isOpen: false, passedSince: null, ...standing })

const LOW = { measure: 'free_agents', threshold: 1, clearAt: 3 } as const

describe('a rule that opens at 5 and ends at 2', () => {
  test.each([
    ['below', {}, valued(4), false, 'none'],
    ['at the threshold', {}, valued(5), false, 'open'],
    ['open, at the threshold', {}, valued(5), true, 'none'],
    ['open, between', {}, valued(3), true, 'none'],
    ['open, at its end', {}, valued(2), true, 'end'],
    ['not open, between', {}, valued(3), false, 'none'],
    ['not known', {}, valued(null), false, 'none'],
    ['open and not known any more', {}, valued(null), true, 'none'],
    ['switched off', { active: false }, valued(9), false, 'none'],
    ['open and switched off', { active: false }, valued(9), true, 'end'],
    ['what must not be low, above', LOW, valued(2), false, 'none'],
    ['what must not be low, at the threshold', LOW, valued(1), false, 'open'],
    ['open and low, between', LOW, valued(2), true, 'none'],
    ['open and low, at its end', LOW, valued(3), true, 'end'],
  ] as const)('%s', (_, change, reading, isOpen, act) => {
    expect(step(change, reading, { isOpen }).act).toBe(act)
  })
})

describe('what lasts', () => {
  const rule = { holdSeconds: 30 }

  test('opens when it has lasted, and the instant is known at once', () => {
    expect(step(rule, valued(5))).toEqual({ act: 'none', passedSince: NOW, lookAt: at(30) })
    expect(step(rule, valued(5), { passedSince: at(-29) }).lookAt).toBe(at(1))
    expect(step(rule, valued(5), { passedSince: at(-30) }).act).toBe('open')
  })

  test('begins anew once the figure was well in between', () => {
    expect(step(rule, valued(4), { passedSince: at(-29) }).passedSince).toBeNull()
  })

  test('a span that grows is looked at when it passes the threshold', () => {
    const wait = { measure: 'longest_wait', threshold: 60, clearAt: 0 } as const
    const reading = { value: 20, since: at(-20) }
    expect(step(wait, reading)).toEqual({ act: 'none', passedSince: null, lookAt: at(40) })
    expect(step(wait, { value: 60, since: at(-60) }).act).toBe('open')
  })
})

describe('quiet hours', () => {
  test.each([
    ['none', null, null, false],
    ['around', '08:00', '10:00', true],
    ['from the first minute', '09:00', '10:00', true],
    ['over when the last is', '08:00', '09:00', false],
    ['over midnight, by day', '22:00', '06:00', false],
    ['over midnight, at 9', '22:00', '09:01', true],
    ['the whole day', '07:00', '07:00', true],
  ])('%s', (_, quietFrom, quietTo, isIt) => {
    expect(isQuiet(anAlarmRule({ quietFrom, quietTo }), NOW)).toBe(isIt)
  })

  test('open nothing, remember since when, and end what is over', () => {
    const quiet = { quietFrom: '08:00', quietTo: '10:00' }
    expect(step(quiet, valued(9), { passedSince: at(-60) })).toEqual({
      act: 'none',
      passedSince: at(-60),
      lookAt: null,
    })
    expect(step(quiet, valued(0), { isOpen: true }).act).toBe('end')
  })
})

test('the worse of two is the higher one, of what must not be low the lower one', () => {
  expect([worseOf({ measure: 'waiting' }, 3, 5), worseOf(LOW, 3, 5)]).toEqual([5, 3])
})

describe('a rule is refused', () => {
  test.each([
    ['whose end is not on the good side', { clearAt: 5 }, 'clearAt'],
    ['the same of what must not be low', { ...LOW, clearAt: 1 }, 'clearAt'],
    [
      'with a share above 100',
      { measure: 'service_level', threshold: 70, clearAt: 101 },
      'threshold',
    ],
    ['with one end of quiet hours', { quietFrom: '22:00' }, 'quietTo'],
    ['with a queue where there is none', { measure: 'pbx_link', queue: 'hotline' }, 'queue'],
    ['with a time that is none', { quietFrom: '24:00', quietTo: '07:00' }, 'quietFrom'],
  ] as const)('%s', (_, change, path) => {
    const { error } = alarmRuleOrder.safeParse(anAlarmRule(change))
    expect(error?.issues.map((issue) => issue.path.join('.'))).toContain(path)
  })
})
