import { expect, it } from 'vitest'
import { clockKind } from '#contract/casework/process.ts'
import { CLOCK_RULES, clocksOfKind, DEFAULT_SETTINGS, lengthOf } from './clock-rules.ts'

const HOUR = 3_600_000

it.each([
  ['noc', 24, null],
  ['field', 24, null],
  ['verify', 2, null],
  ['reply', 2, null],
  ['recheck', 24, null],
  ['overall', null, 20],
  ['acknowledgement', null, 2],
  ['restoration', 24, null],
] as const)('%s runs %s hours or %s working days', (kind, hours, workingDays) => {
  const lengthMs = hours === null ? null : hours * HOUR
  expect(lengthOf(kind, null, DEFAULT_SETTINGS)).toEqual({ lengthMs, workingDays })
})

it.each([
  ['urban', 24],
  ['rural', 48],
  [null, 24],
])(
  'service in an area that is %s is restored within %d hours unless set otherwise',
  (area, hours) => {
    expect(lengthOf('restoration', area, DEFAULT_SETTINGS).lengthMs).toBe(hours * HOUR)
    const set = { restorationUrbanHours: 36, restorationRuralHours: 72 }
    expect(lengthOf('restoration', area, set).lengthMs).toBe(hours * 1.5 * HOUR)
  },
)

it('only the work of NOC and of the technicians waits for anybody', () => {
  const waiting = clockKind.options.filter((kind) => CLOCK_RULES[kind].pausedBy.length > 0)
  expect(waiting).toEqual(['noc', 'field'])
  expect(CLOCK_RULES.noc.pausedBy).not.toContain('visit_postponed')
})

it.each([
  ['incident', ['overall', 'acknowledgement', 'restoration']],
  ['complaint', ['overall', 'acknowledgement']],
  ['request', []],
  ['info', []],
] as const)('a ticket that is %s begins with the clocks %s', (kind, clocks) => {
  expect(clocksOfKind(kind)).toEqual(clocks)
})
