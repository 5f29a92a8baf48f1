import { describe, expect, it } from 'vitest'
import { aClock, EVERY_DAY, hour, HOUR_MS, START } from '../../test/support/domain/a-clock.ts'
import { alarmMoment, armed, nextAlarmAt, rearmed, rung, stepsOf } from './alarm.ts'
import { dueOf, pauseClock, stopClock } from './clock.ts'

const promise = aClock({ kind: 'promise', lengthMs: HOUR_MS / 2, alarm: 'minutes_10' })
const overall = aClock({ kind: 'overall', lengthMs: null, workingDays: 20 })
const open = { from: hour(5), to: null, why: 'customer_info' } as const

describe('the alarms of a clock', () => {
  it.each([
    ['half', hour(12)],
    ['most', hour(19.2)],
    ['due', hour(24)],
    ['management', hour(48)],
  ] as const)('of 24 hours: %s at %s', (step, at) => {
    expect(alarmMoment(aClock(), step, EVERY_DAY)).toBe(at)
  })

  it('count net time', () => {
    const clock = aClock({ pauses: [{ ...open, to: hour(8) }] })
    expect(alarmMoment(clock, 'half', EVERY_DAY)).toBe(hour(15))
    expect(alarmMoment(clock, 'due', EVERY_DAY)).toBe(hour(27))
  })

  it.each([
    [20, 'half', '2026-12-03T16:59:59.999Z'],
    [20, 'most', '2026-12-09T16:59:59.999Z'],
    [20, 'due', '2026-12-13T16:59:59.999Z'],
    [2, 'half', '2026-11-24T16:59:59.999Z'],
    [2, 'most', '2026-11-25T16:59:59.999Z'],
    [3, 'half', '2026-11-25T16:59:59.999Z'],
    [3, 'most', '2026-11-26T16:59:59.999Z'],
  ] as const)('of %d working days: %s at the end of day ⌈n·p⌉, %s', (workingDays, step, at) => {
    expect(alarmMoment({ ...overall, workingDays }, step, EVERY_DAY)).toBe(at)
  })

  it('of a promise are ten and five minutes before, and seconds after it when nobody dials', () => {
    expect(stepsOf('promise')).toEqual(['minutes_10', 'minutes_5', 'due'])
    const moments = stepsOf('promise').map((step) => alarmMoment(promise, step, EVERY_DAY))
    expect(moments).toEqual([
      '2026-11-23T02:20:00.000Z',
      '2026-11-23T02:25:00.000Z',
      '2026-11-23T02:30:05.000Z',
    ])
  })

  it('begin with the first that lies ahead: a promise in seven minutes has none of ten', () => {
    const soon = { ...promise, lengthMs: 7 * 60_000 }
    expect(armed(soon, START, EVERY_DAY).alarm).toBe('minutes_5')
    expect(armed(promise, START, EVERY_DAY).alarm).toBe('minutes_10')
    expect(armed(overall, '2026-12-10T00:00:00.000Z', EVERY_DAY).alarm).toBe('due')
    expect(armed(overall, '2027-01-10T00:00:00.000Z', EVERY_DAY).alarm).toBe(null)
  })

  it('have no moment while the clock waits, when it stands, and when none is left', () => {
    expect(nextAlarmAt(aClock(), EVERY_DAY)).toBe(hour(12))
    expect(nextAlarmAt(pauseClock(aClock(), open), EVERY_DAY)).toBe(null)
    expect(nextAlarmAt(stopClock(aClock(), hour(1), 'done'), EVERY_DAY)).toBe(null)
    expect(nextAlarmAt(aClock({ alarm: null }), EVERY_DAY)).toBe(null)
  })
})

describe('an alarm that is due', () => {
  it('is told once, and the next one waits', () => {
    const first = rung(aClock(), hour(12), EVERY_DAY)
    expect(first).toMatchObject({ rang: { step: 'half', at: hour(12) }, clock: { alarm: 'most' } })
    expect(rung(first.clock, hour(12), EVERY_DAY).rang).toBe(null)
  })

  it('is the latest one when several were missed, in the name of all', () => {
    const { rang, clock } = rung(aClock(), hour(30), EVERY_DAY)
    expect(rang).toEqual({ step: 'due', at: hour(24), steps: ['half', 'most', 'due'] })
    expect(clock.alarm).toBe('management')
  })

  it('is the last one after which none is left', () => {
    const { rang, clock } = rung(aClock({ alarm: 'management' }), hour(48), EVERY_DAY)
    expect(rang?.step).toBe('management')
    expect(clock.alarm).toBe(null)
  })

  it('is not told of a clock that stands, waits or is not there yet', () => {
    expect(rung(stopClock(aClock(), hour(1), 'x'), hour(30), EVERY_DAY).rang).toBe(null)
    expect(rung(pauseClock(aClock(), open), hour(30), EVERY_DAY).rang).toBe(null)
    expect(rung(aClock(), hour(11), EVERY_DAY).rang).toBe(null)
  })
})

describe('a clock whose end moves', () => {
  const longer = { ...aClock({ alarm: 'management' }), lengthMs: 48 * HOUR_MS }

  it('is told of again when the end lies ahead again', () => {
    expect(dueOf(longer, EVERY_DAY)).toBe(hour(48))
    expect(rearmed(longer, hour(30), EVERY_DAY).alarm).toBe('most')
    expect(rearmed({ ...longer, alarm: null }, hour(47), EVERY_DAY).alarm).toBe('due')
  })

  it('keeps an alarm that was still to be told', () => {
    const shorter = { ...aClock({ alarm: 'half' }), lengthMs: 10 * HOUR_MS }
    expect(rearmed(shorter, hour(9), EVERY_DAY).alarm).toBe('half')
    expect(rearmed(shorter, hour(11), EVERY_DAY).alarm).toBe('half')
  })
})
