import {
  array,
  assert,
  constant,
  constantFrom,
  integer,
  oneof,
  property,
  record,
  tuple,
} from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ClockKind, pauseReason } from '#contract/casework/process.ts'
import {
  aClockContext,
  EVERY_DAY,
  hour,
  HOUR_MS,
  START,
} from '../../test/support/domain/a-clock.ts'
import type { ProcessEffect } from '../process/effect.ts'
import { rung } from './alarm.ts'
import { elapsed, isRunning, type TicketClock } from './clock.ts'
import {
  afterEffects,
  type ClockContext,
  followed,
  opened,
  promiseMoved,
  rearmedAll,
  stopped,
} from './ticket-clocks.ts'

type Clocks = readonly TicketClock[]

/** The clocks after effects at their hours, each as one step of the process. */
function walked(
  steps: readonly (readonly [number, ...ProcessEffect[]])[],
  from: Clocks = [],
  changes: Partial<ClockContext> = {},
): Clocks {
  const context = aClockContext(changes)
  return steps.reduce<Clocks>(
    (clocks, [hours, ...effects]) =>
      afterEffects(clocks, effects, 'step', { ...context, now: hour(hours) }),
    from,
  )
}

const start = (clock: ClockKind): ProcessEffect => ({ type: 'start_clock', clock })
const stop = (clock: ClockKind): ProcessEffect => ({ type: 'stop_clock', clock })
const short = (clocks: Clocks) =>
  clocks.map(({ kind, loopNo, startedAt, stoppedAt, dueAt, alarm }) => {
    return { kind, loopNo, startedAt, stoppedAt, dueAt, alarm }
  })

describe('a ticket that is opened', () => {
  it('by a call is acknowledged by its answer', () => {
    const clocks = opened(hour(0.1), aClockContext())
    expect(short(clocks)).toMatchObject([
      { kind: 'overall', startedAt: START, stoppedAt: null, alarm: 'half' },
      { kind: 'acknowledgement', startedAt: START, stoppedAt: hour(0.1) },
      { kind: 'restoration', startedAt: START, stoppedAt: null, dueAt: hour(24) },
    ])
  })

  it('by a letter counts from its receipt, also when that was days ago', () => {
    const context = aClockContext({ kind: 'complaint', now: hour(50) })
    expect(short(opened(null, context))).toMatchObject([
      { kind: 'overall', startedAt: START },
      { kind: 'acknowledgement', startedAt: START, stoppedAt: null, alarm: 'half' },
    ])
  })

  it('before there were clocks is told of what lies ahead alone', () => {
    const context = aClockContext({ now: '2026-12-05T00:00:00.000Z' })
    expect(short(rearmedAll(opened(null, context), context))).toMatchObject([
      { kind: 'overall', alarm: 'most' },
      { kind: 'acknowledgement', alarm: null },
      { kind: 'restoration', alarm: null },
    ])
  })
})

describe('the steps of the process', () => {
  it('start a stage clock in their loop and stop it', () => {
    const clocks = walked(
      [
        [1, start('noc')],
        [5, stop('noc'), start('field')],
      ],
      [],
      { loopNo: 2 },
    )
    expect(short(clocks)).toMatchObject([
      { kind: 'noc', loopNo: 2, startedAt: hour(1), stoppedAt: hour(5) },
      { kind: 'field', loopNo: 2, startedAt: hour(5), stoppedAt: null, dueAt: hour(29) },
    ])
  })

  it('stop a clock before they start it anew, and both stay', () => {
    const clocks = walked([
      [1, start('noc')],
      [3, start('noc')],
    ])
    expect(clocks.map(({ stoppedAt, stopReason }) => [stoppedAt, stopReason])).toEqual([
      [hour(3), 'restarted'],
      [null, null],
    ])
  })

  it('stop the clock of the restoration at an earlier moment that a person named', () => {
    const restored: ProcessEffect = { type: 'stop_clock', clock: 'restoration', at: hour(4) }
    const clocks = walked([[6, restored]], opened(START, aClockContext()))
    expect(clocks.at(-1)).toMatchObject({ stoppedAt: hour(4), stopReason: 'step' })
  })

  it('let the last answer and the last repair count', () => {
    const clocks = walked(
      [
        [4, stop('overall'), stop('restoration')],
        [9, stop('overall'), stop('restoration')],
      ],
      opened(START, aClockContext()),
    )
    expect(clocks.map(({ stoppedAt }) => stoppedAt)).toEqual([hour(9), START, hour(9)])
  })

  it('let a repair that did not hold run on when they say so', () => {
    const clocks = walked(
      [
        [4, stop('restoration')],
        [9, start('restoration')],
      ],
      opened(START, aClockContext()),
    )
    expect(clocks).toHaveLength(3)
    expect(clocks.at(-1)).toMatchObject({ startedAt: START, stoppedAt: null, alarm: 'half' })
  })

  it('of a restoration never begin on a complaint, which has none', () => {
    const complaint = { kind: 'complaint' } as const
    const clocks = walked([[9, start('restoration')]], [], complaint)
    expect(clocks).toEqual([])
  })

  it('freeze all clocks at the closing, and the answer stands as the end of the case', () => {
    const clocks = walked(
      [
        [4, start('reply')],
        [5, stop('reply'), stop('overall')],
        [7, { type: 'freeze_clocks' }],
      ],
      opened(START, aClockContext()),
    )
    expect(clocks.map((one) => [one.kind, one.stoppedAt, one.frozen?.kept])).toEqual([
      ['overall', hour(5), true],
      ['acknowledgement', START, true],
      ['restoration', hour(7), true],
      ['reply', hour(5), true],
    ])
  })

  it('thaw them at the reopening: the case runs on from its receipt, stages stay as they were', () => {
    const clocks = walked(
      [
        [4, start('reply')],
        [5, stop('reply'), stop('overall')],
        [7, { type: 'freeze_clocks' }],
        [30, { type: 'thaw_clocks' }, start('recheck')],
      ],
      opened(START, aClockContext()),
    )
    expect(clocks.map((one) => [one.kind, one.startedAt, one.stoppedAt, one.frozen])).toEqual([
      ['overall', START, null, null],
      ['acknowledgement', START, START, null],
      ['restoration', START, null, null],
      ['reply', hour(4), hour(5), null],
      ['recheck', hour(30), null, null],
    ])
  })

  it('pause what waits for the customer, and let it go on', () => {
    const clocks = walked([
      [0, start('noc'), start('verify')],
      [2, { type: 'pause_clocks', why: 'customer_info', until: null }],
    ])
    expect(clocks.map(({ dueAt }) => dueAt)).toEqual([null, hour(2)])
    const later = walked([[8, { type: 'resume_clocks', why: 'customer_info' }]], clocks)
    expect(later.map(({ dueAt }) => dueAt)).toEqual([hour(30), hour(2)])
  })

  it('start a stage paused as long as its outage lasts', () => {
    const clocks = walked([[1, start('noc'), start('reply')]], [], { inOutage: true })
    expect(clocks.map(({ dueAt }) => dueAt)).toEqual([null, hour(3)])
    const later = walked([[5, { type: 'resume_clocks', why: 'outage' }]], clocks)
    expect(later[0]?.dueAt).toBe(hour(29))
  })
})

describe('a promise', () => {
  it('runs to its due moment, and moves with it', () => {
    const made = promiseMoved([], hour(0.5), aClockContext())
    expect(short(made)).toMatchObject([{ kind: 'promise', dueAt: hour(0.5), alarm: 'minutes_10' }])
    const moved = promiseMoved(made, hour(3), aClockContext({ now: hour(0.45) }))
    expect(short(moved)).toMatchObject([{ startedAt: START, dueAt: hour(3), alarm: 'minutes_10' }])
    expect(stopped(moved, 'promise', hour(2), 'attempted')).toMatchObject([
      { stopReason: 'attempted' },
    ])
  })
})

describe('a ticket whose kind or area changes', () => {
  const incident = opened(START, aClockContext())

  it('has no deadline any more as a request, and the old one again as a fault', () => {
    const request = followed(incident, aClockContext({ kind: 'request', now: hour(5) }))
    expect(request.map(({ stopReason }) => stopReason)).toEqual(['kind', 'answered', 'kind'])
    const again = followed(request, aClockContext({ now: hour(9) }))
    expect(short(again)).toEqual(short(incident))
  })

  it('owes an acknowledgement from the change on, and the case from its receipt', () => {
    const complaint = followed([], aClockContext({ kind: 'complaint', now: hour(50) }))
    expect(short(complaint)).toMatchObject([
      { kind: 'overall', startedAt: START },
      { kind: 'acknowledgement', startedAt: hour(50), stoppedAt: null },
    ])
  })

  it('is restored in the time of its area', () => {
    const rural = followed(incident, aClockContext({ areaClass: 'rural', now: hour(5) }))
    expect(rural.at(-1)).toMatchObject({ dueAt: hour(48), lengthMs: 48 * HOUR_MS })
    const same = followed(rural, aClockContext({ areaClass: 'rural', now: hour(6) }))
    expect(same.every((one, index) => one === rural[index])).toBe(true)
  })
})

const kinds = constantFrom<ClockKind[]>('noc', 'field', 'verify', 'reply', 'recheck', 'overall')
const reasons = constantFrom(...pauseReason.options)
const effects = oneof(
  record({ type: constant('start_clock' as const), clock: kinds }),
  record({ type: constant('stop_clock' as const), clock: kinds }),
  record({ type: constant('freeze_clocks' as const) }),
  record({ type: constant('thaw_clocks' as const) }),
  record({
    type: constant('pause_clocks' as const),
    why: reasons,
    until: constantFrom(null, hour(20), hour(60), hour(200)),
  }),
  record({ type: constant('resume_clocks' as const), why: reasons }),
)
const walks = array(tuple(integer({ min: 0, max: 30 }), effects), { maxLength: 25 })

describe('whatever the process does', () => {
  it('loses no clock, runs none twice, and net time is never more than raw time', () => {
    assert(
      property(walks, (walk) => {
        const context = aClockContext()
        let now = 0
        let clocks: Clocks = opened(null, context)
        for (const [later, effect] of walk) {
          now += later
          const before = clocks
          clocks = afterEffects(before, [effect], 'x', { ...context, now: hour(now) })
          const ids = new Set(clocks.map(({ id }) => id))
          expect(before.every(({ id }) => ids.has(id))).toBe(true)
          const running = clocks.filter(isRunning).map(({ kind }) => kind)
          expect(running).toEqual([...new Set(running)])
          for (const one of clocks) {
            const { rawMs, netMs } = elapsed(one, hour(now), EVERY_DAY)
            expect(netMs).toBeGreaterThanOrEqual(0)
            expect(netMs).toBeLessThanOrEqual(rawMs)
            expect(one.stoppedAt === null || one.stoppedAt >= one.startedAt).toBe(true)
          }
        }
      }),
      { numRuns: 500 },
    )
  })

  it('tells no alarm of one clock twice, nor one that is not due', () => {
    assert(
      property(walks, (walk) => {
        const context = aClockContext()
        const told = new Set<string>()
        let now = 0
        let clocks: Clocks = []
        for (const [later, effect] of walk) {
          now += later
          const at = hour(now)
          clocks = afterEffects(clocks, [effect], 'x', { ...context, now: at })
          clocks = clocks.map((one) => {
            const { rang, clock } = rung(one, at, EVERY_DAY)
            if (rang === null) return one
            const key = `${one.id}:${rang.step}:${rang.at}`
            expect(told.has(key)).toBe(false)
            expect(rang.at <= at).toBe(true)
            told.add(key)
            return clock
          })
        }
      }),
      { numRuns: 500 },
    )
  })
})
