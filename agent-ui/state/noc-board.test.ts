import { expect, test } from 'vitest'
import type { TicketRow } from '#contract/tickets.ts'
import { aClock, aTicket, anOutage } from '../test-support/samples.ts'
import {
  LANES,
  boardAreas,
  boardMove,
  boardSteps,
  nearestTo,
  nocSearch,
  placeOf,
  withLaneRow,
} from './noc-board.ts'
import type { BoardMove, LaneRows } from './noc-board.ts'

const [queued, diagnosing] = LANES
const row = (id: string, change: Partial<TicketRow> = {}): TicketRow =>
  aTicket({ id, status: 'noc_queued', version: 2, ...change })
const laneOf = (...items: TicketRow[]): LaneRows => ({ items, nextCursor: null })

test('a ticket that moves on leaves its lane and comes into the next', () => {
  const moved = row('a', { status: 'noc_diagnosing', version: 3 })
  expect(withLaneRow(laneOf(row('a'), row('b')), queued, moved).items).toEqual([row('b')])
  expect(withLaneRow(laneOf(), diagnosing, moved).items).toEqual([moved])
})

test('older news change nothing, newer ones the row in its place', () => {
  const lane = laneOf(row('a'), row('b'))
  expect(withLaneRow(lane, queued, row('a', { version: 2, subject: 'cũ' }))).toBe(lane)
  expect(withLaneRow(lane, queued, row('c', { status: 'closed', version: 9 }))).toBe(lane)
  const newer = row('a', { version: 3, subject: 'mới' })
  expect(withLaneRow(lane, queued, newer).items).toEqual([newer, row('b')])
})

test('a lane that goes on beyond what was read takes nothing in at its end', () => {
  const lane = { items: [row('a')], nextCursor: 'more' }
  expect(withLaneRow(lane, queued, row('b'))).toBe(lane)
})

const lanes = [['a', 'b', 'c'], [], ['d'], ['e', 'f']]
test.each<[string | null, BoardMove, string]>([
  [null, 'down', 'a'],
  ['gone', 'right', 'a'],
  ['a', 'down', 'b'],
  ['a', 'up', 'a'],
  ['c', 'down', 'c'],
  ['c', 'right', 'd'],
  ['d', 'left', 'a'],
  ['d', 'right', 'e'],
  ['f', 'right', 'f'],
  ['f', 'left', 'd'],
])('from %s %s leads to %s', (from, move, to) => {
  expect(boardMove(lanes, from, move)).toBe(to)
})

test('when a row has left, the one that stands near it is next', () => {
  expect(placeOf(lanes, 'f')).toEqual({ lane: 3, index: 1 })
  expect(placeOf(lanes, null)).toBeNull()
  expect(nearestTo(lanes, { lane: 0, index: 1 })).toBe('b')
  expect(nearestTo(lanes, { lane: 0, index: 9 })).toBe('c')
  expect(nearestTo(lanes, { lane: 1, index: 0 })).toBe('d')
  expect(nearestTo([['a'], []], { lane: 1, index: 0 })).toBe('a')
  expect(nearestTo([[], []], { lane: 0, index: 0 })).toBeNull()
})

test('areas with as many faults as make an outage are marked, unless one is open there', () => {
  const rows = [
    ...['a', 'b', 'c'].map((id) => row(id, { area: 'Cầu Giấy' })),
    ...['d', 'e', 'f'].map((id) => row(id, { area: 'Ba Đình' })),
    ...['g', 'h'].map((id) => row(id, { area: 'Đống Đa' })),
    row('i', { area: 'Hà Đông' }),
    row('j', { area: null }),
    row('k', { area: 'Đống Đa', stageClock: aClock({ pausedBy: 'outage' }) }),
    row('l', { area: 'Đống Đa', isOutage: true }),
  ]
  const outage = anOutage({ area: 'Ba Đình' })
  expect(boardAreas(rows, [outage], 3)).toEqual([
    { area: 'Ba Đình', count: 3, outage, isMany: false },
    { area: 'Cầu Giấy', count: 3, outage: null, isMany: true },
    { area: 'Đống Đa', count: 2, outage: null, isMany: false },
  ])
})

test('each stage of NOC has its own steps, and none has two with one key', () => {
  expect(boardSteps('noc_verifying').map(([step]) => step)).toEqual(['verify', 'need_field'])
  expect(boardSteps('field_working')).toEqual([])
  for (const { statuses } of LANES) {
    for (const status of statuses) {
      const keys = boardSteps(status).map(([, key]) => key)
      expect(new Set(keys).size).toBe(keys.length)
    }
  }
})

test('the address keeps one area', () => {
  expect(nocSearch({ area: 'Cầu Giấy', other: 1 })).toEqual({ area: 'Cầu Giấy' })
  expect(nocSearch({ area: '' })).toEqual({})
})
