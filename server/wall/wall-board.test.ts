import { expect, test } from 'vitest'
import { NO_DAY } from '#contract/supervision/agent-day.ts'
import type { LiveQueue, QueueMember, QueuesSnapshot, WaitingCaller } from '#contract/queues.ts'
import { NO_CALLS } from '#contract/supervision/figures.ts'
import { wallBoard } from '#contract/supervision/wall.ts'
import { anAlarm } from '../../test/support/domain/an-alarm.ts'
import { wallBoardOf } from './wall-board.ts'

const NOW = '2026-11-23T02:00:00.000Z'
const at = (second: number) => `2026-11-23T01:59:${String(second).padStart(2, '0')}.000Z`

const member = (extension: string, state: QueueMember['state']): QueueMember => ({
  extension,
  displayName: `Người ${extension}`,
  state,
  pauseReason: null,
  stateSince: at(10),
  today: NO_DAY,
  hasPage: true,
})

const caller = (second: number, change: Partial<WaitingCaller> = {}): WaitingCaller => ({
  uniqueid: `u${second}`,
  number: { raw: '0912345678', kind: 'mobile', key: '912345678', display: '0912 345 678' },
  customerName: 'Công ty Minh Tâm',
  position: 1,
  joinedAt: at(second),
  isPlace: false,
  ...change,
})

const queue = (name: string, change: Partial<LiveQueue>): LiveQueue => ({
  pbxId: 'pbx1',
  name,
  waiting: [],
  members: [],
  today: NO_CALLS,
  ...change,
})

const link = { pbxId: 'pbx1', link: 'ready', since: at(0), version: null, problem: null } as const

const show = (queues: LiveQueue[]) => {
  const board: QueuesSnapshot = { rev: 1, asOf: at(59), pbx: [link], queues }
  return wallBoardOf({
    now: NOW,
    appVersion: 'v1',
    board,
    database: 'ok',
    promises: null,
    alarms: [anAlarm()],
  })
}

test('queues are added up, and whoever keeps a place after hanging up does not wait', () => {
  const shown = show([
    queue('a', {
      waiting: [caller(30), caller(5, { isPlace: true })],
      today: { ...NO_CALLS, offered: 3, answered: 2, withinLevel: 2 },
    }),
    queue('b', { waiting: [caller(20)], today: { ...NO_CALLS, offered: 1, abandoned: 1 } }),
  ])
  expect([shown.waiting, shown.waitingSince]).toEqual([2, at(20)])
  expect(shown.today).toEqual({
    ...NO_CALLS,
    offered: 4,
    answered: 2,
    withinLevel: 2,
    abandoned: 1,
  })
})

test('somebody in two queues is shown once, by what tells most of them', () => {
  const shown = show([
    queue('a', { members: [member('101', 'ready'), member('102', 'paused')] }),
    queue('b', { members: [member('101', 'in_call'), member('103', 'ready')] }),
  ])
  expect(shown.agents.map(({ extension, state }) => [extension, state])).toEqual([
    ['103', 'ready'],
    ['101', 'in_call'],
    ['102', 'paused'],
  ])
})

test('an alarm is shown with whether somebody takes care of it', () => {
  expect(show([]).alarms).toEqual([
    {
      id: 'alarm-1',
      measure: 'waiting',
      queue: null,
      severity: 'warning',
      openedAt: anAlarm().openedAt,
      isAcknowledged: false,
    },
  ])
})

test('nothing of a customer is in it', () => {
  const shown = show([
    queue('a', { waiting: [caller(1)], members: [{ ...member('101', 'in_call'), callId: 'c1' }] }),
  ])
  expect(wallBoard.strict().parse(shown)).toEqual(shown)
  expect(JSON.stringify(shown)).not.toMatch(/Minh Tâm|912|u1|c1/)
})
