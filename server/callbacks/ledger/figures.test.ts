import { expect, test } from 'vitest'
import { figuresBy, sumOf, type VerdictCount } from './figures.ts'

const MAI = { agentId: 'mai', agentName: 'Mai', team: 'cskh' } as const
const LAN = { agentId: 'lan', agentName: 'Lan', team: 'cskh' } as const
const COUNTS: VerdictCount[] = [
  { ...LAN, hour: '2026-11-23T17', verdict: 'kept', count: 3 },
  { ...MAI, hour: '2026-11-23T16', verdict: 'kept', count: 8 },
  { ...MAI, hour: '2026-11-23T03', verdict: 'late', count: 1 },
  { ...MAI, hour: '2026-11-23T03', verdict: 'superseded', count: 5 },
  { ...LAN, hour: '2026-11-24T02', verdict: 'broken', count: 1 },
]

test('of those that count, in percent', () => {
  expect(sumOf(COUNTS)).toEqual({
    kept: 11,
    late: 1,
    broken: 1,
    superseded: 5,
    cancelled: 0,
    keptPercent: 84.6,
  })
})

test('one broken promise of two thousand is not 100 %, and none at all is no figure', () => {
  const [one] = COUNTS
  if (one === undefined) throw new Error('no count')
  const broken = { ...one, verdict: 'broken' as const, count: 1 }
  expect(sumOf([{ ...one, count: 1999 }, broken]).keptPercent).toBe(99.9)
  expect(sumOf([{ ...one, verdict: 'cancelled' }]).keptPercent).toBe(null)
})

test('a day is one in Vietnam', () => {
  const days = figuresBy('day', COUNTS).map(({ day, kept, keptPercent }) => [
    day,
    kept,
    keptPercent,
  ])
  expect(days).toEqual([
    ['2026-11-23', 8, 88.8],
    ['2026-11-24', 3, 75],
  ])
})

test('people by their names, and what nobody keeps', () => {
  const nobody = { agentId: null, agentName: null, team: 'cskh' } as const
  const all = [
    ...COUNTS,
    { ...nobody, hour: '2026-11-24T02', verdict: 'broken' as const, count: 1 },
  ]
  const people = figuresBy('agent', all).map(({ agent, keptPercent }) => [
    agent?.displayName,
    keptPercent,
  ])
  expect(people).toEqual([
    ['Lan', 75],
    ['Mai', 88.8],
    [undefined, 0],
  ])
})

test('teams', () => {
  expect(figuresBy('team', COUNTS)).toMatchObject([{ team: 'cskh', agent: null, kept: 11 }])
})
