import { describe, expect, test } from 'vitest'
import { aCall, aPop, aSnapshot } from '../test-support/samples.ts'
import { emptyLive, reduceLive } from './live.ts'
import type { LiveNews, LiveState } from './live.ts'

const NOW = Date.parse('2026-11-22T02:59:58.000Z')

function after(...news: LiveNews[]): LiveState {
  return news.reduce((live, one) => reduceLive(live, one, NOW), emptyLive(NOW))
}

const queues = (rev: number) => ({ rev, asOf: '2026-11-22T03:00:00.000Z', pbx: [], queues: [] })
const link = {
  pbxId: 'pbx1',
  link: 'closed',
  since: '2026-11-22T03:00:00.000Z',
  version: null,
  problem: 'không kết nối được',
} as const

test('the desk snapshot sets the desk and how far this clock is off', () => {
  const live = after({ type: 'desk_snapshot', snapshot: aSnapshot({ pops: [aPop()] }) })
  expect(live.clockOffsetMs).toBe(2_000)
  expect(live.desk?.pops).toHaveLength(1)
})

test('a server of another build than at the first snapshot makes the page outdated', () => {
  const first = { type: 'desk_snapshot', snapshot: aSnapshot({ appVersion: '1' }) } as const
  const next = { type: 'desk_snapshot', snapshot: aSnapshot({ appVersion: '2' }) } as const
  expect(after(first, first).outdated).toBe(false)
  expect(after(first, next).outdated).toBe(true)
  expect(after({ type: 'client_outdated' }).outdated).toBe(true)
})

describe('live queues', () => {
  test('a gap asks for a snapshot, and the snapshot heals it', () => {
    const gap = [
      { type: 'queues_snapshot', snapshot: queues(3) },
      { type: 'queues_patch', patch: { rev: 5, asOf: queues(5).asOf, queues: [] } },
    ] satisfies LiveNews[]
    expect(after(...gap).queuesGap).toBe(true)
    expect(after(...gap, { type: 'queues_snapshot', snapshot: queues(5) }).queuesGap).toBe(false)
  })

  test('a snapshot wins even when its rev is lower, as after a server restart', () => {
    const live = after(
      { type: 'queues_snapshot', snapshot: queues(30) },
      { type: 'queues_snapshot', snapshot: queues(1) },
    )
    expect(live.queues?.rev).toBe(1)
  })

  test('a patch before any snapshot asks for one', () => {
    const patch = { rev: 1, asOf: queues(1).asOf, queues: [] }
    expect(after({ type: 'queues_patch', patch }).queuesGap).toBe(true)
  })

  test('the PBX link shown with the queues follows its own news', () => {
    const live = after(
      { type: 'queues_snapshot', snapshot: queues(1) },
      { type: 'pbx_status', pbx: [link] },
    )
    expect(live.queues?.pbx).toEqual([link])
  })
})

test('a PBX that came back while the socket was away is no longer in trouble', () => {
  const live = after(
    { type: 'pbx_status', pbx: [link] },
    { type: 'connection', status: 'disconnected' },
    { type: 'connection', status: 'connected' },
  )
  expect(live.pbx).toEqual([])
})

test('the loss of the socket is dated once', () => {
  const lost = reduceLive(emptyLive(0), { type: 'connection', status: 'disconnected' }, 100)
  const still = reduceLive(lost, { type: 'connection', status: 'disconnected' }, 900)
  expect(still.connection).toEqual({ status: 'disconnected', since: 100 })
})

test('signing out forgets everything', () => {
  const live = after({ type: 'desk_snapshot', snapshot: aSnapshot() }, { type: 'signed_out' })
  expect(live.desk).toBeNull()
})

describe('the database', () => {
  const since = '2026-11-22T03:00:00.000Z'
  const waiting = { database: 'waiting', since } as const

  test('that takes no writes is told, also before the first snapshot, and told well again', () => {
    const news = { type: 'service_status', service: waiting } as const
    expect(after(news).service).toEqual(waiting)
    const well = { database: 'ok', since: null } as const
    expect(after(news, { type: 'service_status', service: well }).service).toEqual(well)
  })

  test('is as the snapshot says after each connection, well when it says nothing', () => {
    const busy = { type: 'desk_snapshot', snapshot: aSnapshot({ service: waiting }) } as const
    expect(after(busy).service).toEqual(waiting)
    const silent = after(busy, { type: 'desk_snapshot', snapshot: aSnapshot() })
    expect(silent.service.database).toBe('ok')
  })
})

test('a patch that the snapshot already holds changes nothing', () => {
  const before = after({ type: 'queues_snapshot', snapshot: queues(3) })
  const patch = { rev: 3, asOf: queues(3).asOf, queues: [] }
  expect(reduceLive(before, { type: 'queues_patch', patch }, NOW)).toBe(before)
})

test('the next patch is applied and brings the news of the PBX with it', () => {
  const patch = { rev: 2, asOf: queues(2).asOf, pbx: [link], queues: [] }
  const live = after(
    { type: 'queues_snapshot', snapshot: queues(1) },
    { type: 'queues_patch', patch },
  )
  expect(live.queues?.rev).toBe(2)
  expect(live.pbx).toEqual([link])
})

test('news of the desk reach the desk', () => {
  const counts = { myOpenTickets: 2, callbacksDue: 1 }
  const live = after(
    { type: 'desk_snapshot', snapshot: aSnapshot() },
    { type: 'desk_call', call: aCall() },
    { type: 'counts', counts },
  )
  expect(live.desk?.call?.id).toBe('call-1')
  expect(live.desk?.counts).toEqual(counts)
})
