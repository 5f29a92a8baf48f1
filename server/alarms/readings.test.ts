import { describe, expect, test } from 'vitest'
import { NO_DAY } from '#contract/supervision/agent-day.ts'
import type { LiveQueue, QueuesSnapshot } from '#contract/queues.ts'
import { NO_CALLS } from '#contract/supervision/figures.ts'
import { readingOf } from './readings.ts'

const NOW = '2026-11-23T02:00:00.000Z'
const at = (seconds: number) => new Date(Date.parse(NOW) + seconds * 1000).toISOString()
const member = (extension: string, state: 'ready' | 'in_call') => ({
  extension,
  displayName: extension,
  state,
  pauseReason: null,
  stateSince: NOW,
  today: NO_DAY,
  hasPage: null,
})
const caller = (seconds: number, isPlace = false) => ({
  uniqueid: `u${seconds}`,
  number: { raw: '', kind: 'anonymous' as const, key: null, display: '' },
  customerName: null,
  position: 1,
  joinedAt: at(seconds),
  isPlace,
})
const queue = (name: string, change: Partial<LiveQueue> = {}, pbxId = 'pbx1'): LiveQueue => ({
  pbxId,
  name,
  waiting: [],
  members: [],
  today: NO_CALLS,
  ...change,
})
const pbx = (pbxId: string, link: 'ready' | 'connecting', seconds: number) => ({
  pbxId,
  link,
  since: at(seconds),
  version: null,
  problem: null,
})

const BOARD: QueuesSnapshot = {
  rev: 1,
  asOf: NOW,
  pbx: [pbx('pbx1', 'ready', -900), pbx('pbx2', 'connecting', -90)],
  queues: [
    queue('a', {
      waiting: [caller(-40), caller(-99, true)],
      members: [member('101', 'ready'), member('102', 'in_call')],
      today: { ...NO_CALLS, offered: 9, withinLevel: 9 },
    }),
    queue('b', {
      waiting: [caller(-70)],
      members: [member('101', 'ready'), member('103', 'ready')],
      today: { ...NO_CALLS, offered: 6, withinLevel: 1 },
    }),
    queue('a', { waiting: [caller(-500)], members: [member('201', 'ready')] }, 'pbx2'),
  ],
}
const read = (measure: Parameters<typeof readingOf>[0]['measure'], name: string | null = null) =>
  readingOf(
    { measure, queue: name },
    { board: BOARD, promisesAtRisk: 4, ticketsOverdue: null },
    NOW,
  )

describe('what a rule reads', () => {
  test.each([
    ['callers on the line, of all queues', 'waiting', null, { value: 2, since: null }],
    ['of one queue', 'waiting', 'a', { value: 1, since: null }],
    ['of a queue that nobody shows', 'waiting', 'z', { value: null, since: null }],
    ['the longest wait grows', 'longest_wait', null, { value: 70, since: at(-70) }],
    ['people once each', 'free_agents', null, { value: 2, since: null }],
    ['a share, rounded down', 'service_level', null, { value: 66, since: null }],
    ['of few calls none', 'service_level', 'a', { value: null, since: null }],
    ['promises', 'promises_at_risk', null, { value: 4, since: null }],
    ['what could not be counted', 'tickets_overdue', null, { value: null, since: null }],
    ['the PBX that is away longest', 'pbx_link', null, { value: 90, since: at(-90) }],
  ] as const)('%s', (_, measure, name, reading) => {
    expect(read(measure, name)).toEqual(reading)
  })

  test('nobody waits, and every PBX is there', () => {
    const board = { ...BOARD, pbx: [pbx('pbx1', 'ready', 0)], queues: [queue('a')] }
    const sources = { board, promisesAtRisk: 0, ticketsOverdue: 0 }
    const of = (measure: 'longest_wait' | 'pbx_link') =>
      readingOf({ measure, queue: null }, sources, NOW)
    expect([of('longest_wait'), of('pbx_link')]).toEqual([
      { value: 0, since: null },
      { value: 0, since: null },
    ])
  })
})
