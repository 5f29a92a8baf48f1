import { NO_DAY } from '#contract/supervision/agent-day.ts'
import { NO_CALLS } from '#contract/supervision/figures.ts'
import { expect, test } from 'vitest'
import type { QueueMember, QueuesSnapshot, WaitingCaller } from '#contract/queues.ts'
import { briefOf } from './queues-brief.ts'

const AT = '2026-11-22T03:00:00.000Z'

const member = (extension: string, displayName: string, state: QueueMember['state']) => ({
  extension,
  displayName,
  state,
  pauseReason: null,
  stateSince: AT,
  today: NO_DAY,
  hasPage: true,
})
const caller = (joinedAt: string, isPlace = false): WaitingCaller => ({
  uniqueid: joinedAt,
  number: { raw: '0912345678', kind: 'mobile', key: '84912345678', display: '0912 345 678' },
  customerName: 'Nguyễn Thị Mẫu',
  position: 1,
  joinedAt,
  isPlace,
})
const board = (change: Partial<QueuesSnapshot['queues'][number]> = {}): QueuesSnapshot => ({
  rev: 1,
  asOf: AT,
  pbx: [{ pbxId: 'pbx1', link: 'ready', since: AT, version: null, problem: null }],
  queues: [
    {
      pbxId: 'pbx1',
      name: 'hotline',
      waiting: [
        caller('2026-11-22T02:59:50.000Z'),
        caller('2026-11-22T02:59:20.000Z'),
        caller('2026-11-22T02:50:00.000Z', true),
      ],
      members: [
        member('101', 'Phạm Tuấn', 'ready'),
        member('102', 'Lê An', 'ready'),
        member('103', 'Trần Mai', 'in_call'),
      ],
      today: NO_CALLS,
      ...change,
    },
  ],
})

test('a queue says how many are on the line, since when, and who is free; kept places wait nowhere', () => {
  expect(briefOf(board()).queues).toEqual([
    {
      pbxId: 'pbx1',
      name: 'hotline',
      waiting: 2,
      waitingSince: '2026-11-22T02:59:20.000Z',
      free: [
        { extension: '102', displayName: 'Lê An' },
        { extension: '101', displayName: 'Phạm Tuấn' },
      ],
      members: 3,
    },
  ])
})

test('nobody waits: there is no longest wait', () => {
  expect(briefOf(board({ waiting: [] })).queues[0]).toMatchObject({
    waiting: 0,
    waitingSince: null,
  })
})

test('agents are told of no customer', () => {
  expect(JSON.stringify(briefOf(board()))).not.toMatch(/0912|Mẫu/)
})
