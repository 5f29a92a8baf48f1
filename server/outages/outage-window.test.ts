import { describe, expect, test } from 'vitest'
import { plusMs } from '../time.ts'
import { type CallerReport, type KnownOutage, outageSigns } from './outage-window.ts'

const START = '2026-11-23T02:00:00.000Z'
const SETTINGS = { callers: 5, minutes: 15 }
const MINUTE_MS = 60_000
const at = (minutes: number, ms = 0) => plusMs(START, minutes * MINUTE_MS + ms)

function call(caller: string, minutes: number, change: Partial<CallerReport> = {}): CallerReport {
  return { caller, at: at(minutes), areas: ['Cầu Giấy'], services: [], ...change }
}

const calls = (count: number) => Array.from({ length: count }, (_, i) => call(`c${i}`, i))
const signs = (reports: CallerReport[], known: KnownOutage[] = []) =>
  outageSigns(reports, SETTINGS, known)

describe('an area outage is seen', () => {
  test('in five distinct callers of one area, once, named as the first one writes it', () => {
    expect(signs(calls(7).toReversed())).toEqual([
      {
        kind: 'area',
        key: 'cau giay',
        name: 'Cầu Giấy',
        callers: 7,
        firstAt: START,
        onceKey: `area:cau giay:${START}`,
      },
    ])
  })

  test.each([
    ['four distinct callers', calls(4)],
    ['one caller five times', calls(5).map((one) => ({ ...one, caller: 'c1' }))],
    ['five callers of five areas', calls(5).map((one, i) => ({ ...one, areas: [`area ${i}`] }))],
    [
      'five callers of whom nobody knows where they are',
      calls(5).map((o) => ({ ...o, areas: [] })),
    ],
  ])('not in %s', (_name, reports) => {
    expect(signs(reports)).toEqual([])
  })

  test.each([
    ['exactly fifteen minutes after the first', 0, 1],
    ['a millisecond later', 1, 0],
  ])('when the fifth calls %s: %i ms, signs %i', (_name, ms, found) => {
    const fifth = { ...call('late', 0), at: at(15, ms) }
    expect(signs([...calls(4), fifth])).toHaveLength(found)
  })

  test('in the window that is full, not in the calls before it', () => {
    const late = calls(5).map((one, i) => ({ ...one, at: at(30 + i) }))
    expect(signs([call('early', 0), ...late])[0]).toMatchObject({ firstAt: at(30), callers: 5 })
  })

  test('whatever accents and case the name of the area is written with', () => {
    const names = ['Cầu Giấy', 'cau giay', 'CẦU  GIẤY', 'Câù Giấy', 'Cầu giấy']
    expect(signs(calls(5).map((one, i) => ({ ...one, areas: [names[i] ?? ''] })))).toHaveLength(1)
  })

  test('of a service, too', () => {
    const reports = calls(5).map((one) => ({ ...one, areas: [], services: ['IPTV'] }))
    expect(signs(reports)[0]).toMatchObject({ kind: 'service', key: 'iptv', name: 'IPTV' })
  })
})

const known = (endedAt: string | null): KnownOutage[] => [
  { kind: 'area', key: 'cau giay', endedAt },
]

describe('an area outage that is known', () => {
  test('is not offered again while it is offered or open', () => {
    expect(signs(calls(5), known(null))).toEqual([])
  })

  test('is offered again by the calls after its end alone', () => {
    expect(signs(calls(5), known(at(0)))).toEqual([])
    expect(signs(calls(6), known(at(0)))).toHaveLength(1)
  })

  test('hides no other area', () => {
    expect(
      signs(
        calls(5).map((one) => ({ ...one, areas: ['Ba Đình'] })),
        known(null),
      ),
    ).toHaveLength(1)
  })
})
