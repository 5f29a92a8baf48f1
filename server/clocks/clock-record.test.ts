import { describe, expect, it } from 'vitest'
import { aClock, EVERY_DAY, hour } from '../../test/support/domain/a-clock.ts'
import { freezeClock, pauseClock, type TicketClock } from './clock.ts'
import { stageClockOf, toClock, toClockView, toColumns } from './clock-record.ts'

const waiting = pauseClock(aClock(), { from: hour(2), to: null, why: 'customer_info' })
const given = { now: hour(6), time: EVERY_DAY, isProvisional: () => true }

const view = (clock: TicketClock) => toClockView(clock, given)

describe('a clock', () => {
  it.each<[string, TicketClock]>([
    ['that runs', aClock()],
    ['that waits', waiting],
    ['that is frozen', freezeClock(waiting, hour(5), EVERY_DAY)],
    ['of working days', aClock({ kind: 'overall', lengthMs: null, workingDays: 20 })],
  ])('%s is read as it was written', (_what, clock) => {
    expect(toClock(toColumns(clock, EVERY_DAY))).toEqual(clock)
  })

  it('has no moment of an alarm while it waits, and keeps which one is next', () => {
    expect(toColumns(waiting, EVERY_DAY)).toMatchObject({ alarm: 'half', alarm_at: null })
    expect(toColumns(aClock(), EVERY_DAY)).toMatchObject({ alarm: 'half', alarm_at: hour(12) })
  })

  it('that waits is shown with its reason and both times', () => {
    expect(toClockView({ ...waiting, dueAt: null }, given)).toEqual({
      id: 'clock-1',
      kind: 'noc',
      loopNo: 1,
      startedAt: hour(0),
      dueAt: null,
      stoppedAt: null,
      pausedSince: hour(2),
      pausedBy: 'customer_info',
      rawSeconds: 6 * 3600,
      netSeconds: 2 * 3600,
      provisional: false,
    })
  })

  it('in working days may be provisional', () => {
    const overall = aClock({ kind: 'overall', lengthMs: null, workingDays: 20 })
    expect(toClockView(overall, given).provisional).toBe(true)
  })

  it('that is frozen shows its result, however much later', () => {
    const frozen = freezeClock(aClock(), hour(5), EVERY_DAY)
    expect(toClockView(frozen, { ...given, now: hour(99) }).netSeconds).toBe(5 * 3600)
  })
})

describe('the clock of the stage', () => {
  const noc = view(aClock())

  it('is the one that runs, not one of the whole ticket', () => {
    const overall = view(aClock({ kind: 'overall' }))
    expect(stageClockOf([overall])).toBe(null)
    expect(stageClockOf([overall, noc])).toBe(noc)
    expect(stageClockOf([view(freezeClock(aClock(), hour(1), EVERY_DAY))])).toBe(null)
  })

  it('is that of the verification while the one of NOC goes on', () => {
    const verify = view(aClock({ kind: 'verify' }))
    expect(stageClockOf([noc, verify])).toBe(verify)
  })
})
