import { describe, expect, it } from 'vitest'
import { aClock, EVERY_DAY, hour, HOUR_MS, START } from '../../test/support/domain/a-clock.ts'
import {
  dueOf,
  elapsed,
  freezeClock,
  momentAfter,
  type Pause,
  pauseAt,
  pauseClock,
  resumeClock,
  runOn,
  stopClock,
} from './clock.ts'

const paused = (why: Pause['why'], from: number, to: number | null): Pause => ({
  why,
  from: hour(from),
  to: to === null ? null : hour(to),
})

describe('a running of a clock', () => {
  it.each<[string, Pause[], number, number, number | null]>([
    ['without a wait', [], 10, 10, 24],
    ['after a wait', [paused('customer_info', 2, 5)], 10, 7, 27],
    ['in a wait', [paused('customer_info', 2, null)], 10, 2, null],
    ['in a wait whose end is known', [paused('visit_postponed', 2, 12)], 10, 2, 34],
    [
      'with two waits that overlap, counted once',
      [paused('outage', 2, 6), paused('customer_info', 4, 8)],
      10,
      4,
      30,
    ],
    [
      'with a wait inside another',
      [paused('outage', 2, 8), paused('customer_info', 3, 4)],
      10,
      4,
      30,
    ],
    [
      'with an open wait that began inside another',
      [paused('outage', 2, 6), paused('customer_info', 4, null)],
      10,
      2,
      null,
    ],
    ['with a wait that is still ahead', [paused('visit_postponed', 12, 14)], 10, 10, 26],
    ['with a wait beyond its end', [paused('customer_info', 25, null)], 30, 25, 24],
  ])('%s', (_what, pauses, now, net, due) => {
    const clock = aClock({ pauses })
    const { rawMs, netMs } = elapsed(clock, hour(now), EVERY_DAY)
    expect(rawMs).toBe(now * HOUR_MS)
    expect(netMs).toBe(net * HOUR_MS)
    expect(dueOf(clock, EVERY_DAY)).toBe(due === null ? null : hour(due))
  })

  it('is at half of its net time before a wait that begins later', () => {
    const clock = aClock({ pauses: [paused('customer_info', 13, null)] })
    expect(momentAfter(clock, 12 * HOUR_MS, EVERY_DAY)).toBe(hour(12))
    expect(momentAfter(clock, 13 * HOUR_MS, EVERY_DAY)).toBe(hour(13))
    expect(momentAfter(clock, 14 * HOUR_MS, EVERY_DAY)).toBe(null)
  })

  it('counts the hours of calls alone when it is the one of the answer', () => {
    const time = { ...EVERY_DAY, callingHours: { from: '08:00', to: '21:00' } }
    const startedAt = '2026-11-23T13:00:00.000Z' // 20:00
    const clock = aClock({ kind: 'reply', lengthMs: 2 * HOUR_MS, startedAt })
    expect(dueOf(clock, time)).toBe('2026-11-24T02:00:00.000Z')
    const noc = aClock({ lengthMs: 2 * HOUR_MS, startedAt })
    expect(dueOf(noc, time)).toBe('2026-11-23T15:00:00.000Z')
    expect(elapsed(clock, '2026-11-24T01:30:00.000Z', time)).toEqual({
      rawMs: 12.5 * HOUR_MS,
      netMs: 1.5 * HOUR_MS,
    })
  })

  it('ends with its working days', () => {
    const clock = aClock({ kind: 'overall', lengthMs: null, workingDays: 20 })
    expect(dueOf(clock, EVERY_DAY)).toBe('2026-12-13T16:59:59.999Z')
  })
})

describe('a clock that is paused', () => {
  it('says since when and why, of two reasons the older one', () => {
    const once = pauseClock(aClock(), paused('customer_info', 2, null))
    const twice = pauseClock(once, paused('outage', 3, null))
    expect(pauseAt(twice, hour(4))).toMatchObject({ from: hour(2), why: 'customer_info' })
    const back = resumeClock(twice, hour(5), 'customer_info')
    expect(pauseAt(back, hour(6))).toMatchObject({ from: hour(3), why: 'outage' })
    expect(pauseAt(resumeClock(back, hour(7), 'outage'), hour(7))).toBe(null)
  })

  it('is not paused twice by one reason', () => {
    const once = pauseClock(aClock(), paused('outage', 2, null))
    expect(pauseClock(once, paused('outage', 3, null)).pauses).toEqual([paused('outage', 2, null)])
  })

  it('takes the later hour when a visit is postponed again', () => {
    const once = pauseClock(aClock({ kind: 'field' }), paused('visit_postponed', 2, 10))
    const again = pauseClock(once, paused('visit_postponed', 5, 20))
    expect(again.pauses).toEqual([paused('visit_postponed', 2, 20)])
    const later = pauseClock(once, paused('visit_postponed', 12, 20))
    expect(later.pauses).toHaveLength(2)
  })

  it('is not held by what its kind does not wait for', () => {
    const verify = aClock({ kind: 'verify' })
    expect(pauseClock(verify, paused('customer_info', 2, null))).toBe(verify)
    const noc = aClock()
    expect(pauseClock(noc, paused('visit_postponed', 2, 5))).toBe(noc)
    expect(pauseClock(noc, paused('outage', 5, 5))).toBe(noc)
  })

  it('runs again by itself at the hour of a postponed visit', () => {
    const clock = pauseClock(aClock({ kind: 'field' }), paused('visit_postponed', 2, 10))
    expect(pauseAt(clock, hour(9))).not.toBe(null)
    expect(pauseAt(clock, hour(10))).toBe(null)
    expect(dueOf(clock, EVERY_DAY)).toBe(hour(32))
  })

  it('ends its wait when it is stopped, also one whose end lay ahead', () => {
    const open = pauseClock(aClock(), paused('customer_info', 2, null))
    expect(stopClock(open, hour(5), 'accept').pauses).toEqual([paused('customer_info', 2, 5)])
    const known = pauseClock(aClock({ kind: 'field' }), paused('visit_postponed', 2, 10))
    expect(stopClock(known, hour(5), 'field_done').pauses).toEqual([
      paused('visit_postponed', 2, 5),
    ])
  })
})

describe('a clock that stands', () => {
  const stopped = stopClock(aClock(), hour(3), 'done')

  it('is neither stopped again, paused nor resumed', () => {
    expect(stopped).toMatchObject({ stoppedAt: hour(3), stopReason: 'done' })
    expect(stopClock(stopped, hour(4), 'again')).toBe(stopped)
    expect(pauseClock(stopped, paused('outage', 4, null))).toBe(stopped)
    expect(resumeClock(stopped, hour(4), 'outage')).toBe(stopped)
    expect(elapsed(stopped, hour(9), EVERY_DAY).rawMs).toBe(3 * HOUR_MS)
    expect(pauseAt(stopped, hour(2))).toBe(null)
  })

  it('does not stop before it began', () => {
    expect(stopClock(aClock(), hour(-5), 'early').stoppedAt).toBe(START)
  })

  it.each([
    [20, true],
    [24, true],
    [25, false],
  ])('frozen after %d hours is kept: %s', (hours, kept) => {
    const frozen = freezeClock(aClock(), hour(hours), EVERY_DAY)
    expect(frozen).toMatchObject({ stoppedAt: hour(hours), stopReason: 'frozen' })
    expect(frozen.frozen).toEqual({ rawMs: hours * HOUR_MS, netMs: hours * HOUR_MS, kept })
  })

  it('keeps the result of its stop when it is frozen later, and once', () => {
    const frozen = freezeClock(stopped, hour(50), EVERY_DAY)
    expect(frozen).toMatchObject({ stopReason: 'done', frozen: { kept: true } })
    expect(freezeClock(frozen, hour(60), EVERY_DAY)).toBe(frozen)
  })

  it('runs on from its start when its stop was void', () => {
    const again = runOn(freezeClock(stopped, hour(5), EVERY_DAY))
    expect(again).toEqual({ ...aClock(), dueAt: hour(24) })
    expect(elapsed(again, hour(10), EVERY_DAY).rawMs).toBe(10 * HOUR_MS)
  })
})
