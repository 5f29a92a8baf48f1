import { expect, test } from 'vitest'
import type { LiveQueue, QueueMember, QueuesSnapshot, WaitingCaller } from '#contract/queues.ts'
import { NO_DAY } from '#contract/supervision/agent-day.ts'
import { NO_CALLS } from '#contract/supervision/figures.ts'
import {
  boardSearch,
  callersOf,
  chosenQueues,
  countsOf,
  membersOf,
  ofQueues,
  owedSource,
  pbxSource,
} from './board.ts'

const AT = '2026-11-23T02:00:00.000Z'
const later = (seconds: number) => new Date(Date.parse(AT) + seconds * 1000).toISOString()
const member = (extension: string, state: QueueMember['state']): QueueMember => ({
  extension,
  displayName: extension,
  state,
  pauseReason: null,
  stateSince: AT,
  today: NO_DAY,
  hasPage: true,
})
const caller = (uniqueid: string, position: number, joinedAt: string): WaitingCaller => ({
  uniqueid,
  number: { raw: '', kind: 'anonymous', key: null, display: '' },
  customerName: null,
  position,
  joinedAt,
  isPlace: false,
})
const queue = (name: string, given: Partial<LiveQueue> = {}): LiveQueue => ({
  pbxId: 'pbx1',
  name,
  waiting: [],
  members: [],
  today: { ...NO_CALLS, offered: 2 },
  ...given,
})
const tech = queue('tech', {
  waiting: [caller('b', 1, later(5))],
  members: [member('102', 'paused'), member('101', 'in_call')],
})
const main = queue('hotline', {
  waiting: [caller('c', 2, later(1)), caller('a', 1, later(9))],
  members: [member('101', 'ready')],
})

test('the address names one queue; one that is gone shows all', () => {
  expect(boardSearch({ queue: 'pbx1/tech', other: 1 })).toEqual({ queue: 'pbx1/tech' })
  expect(boardSearch({ queue: '' })).toEqual({})
  const chosen = [{}, { queue: 'pbx1/tech' }, { queue: 'pbx1/gone' }].map((search) =>
    chosenQueues([main, tech], search).map(({ name }) => name),
  )
  expect(chosen).toEqual([['hotline', 'tech'], ['tech'], ['hotline', 'tech']])
})

test('callers of one queue stand in its order, those of all by how long they wait', () => {
  const ids = [[main], [main, tech]].map((queues) =>
    callersOf(queues).map((row) => row.caller.uniqueid),
  )
  expect(ids).toEqual([
    ['a', 'c'],
    ['c', 'b', 'a'],
  ])
})

test('who is in two queues is one row with the most telling state', () => {
  const rows = membersOf([main, tech]).map(({ member: one, queues }) => [
    one.extension,
    one.state,
    queues.map(({ name }) => name).join(),
  ])
  expect(rows).toEqual([
    ['101', 'in_call', 'hotline,tech'],
    ['102', 'paused', 'tech'],
  ])
})

test('figures are added up over the queues, and of rows those of no queue belong to all', () => {
  expect(countsOf([main, tech]).offered).toBe(4)
  const missed = [
    { queue: null, count: 1 },
    { queue: 'hotline', count: 2 },
    { queue: 'tech', count: 4 },
  ]
  expect(ofQueues(missed, null)).toBe(7)
  expect(ofQueues(missed, new Set(['tech']))).toBe(4)
})

const pbx = (pbxId: string, link: 'ready' | 'closed', since: string) =>
  ({ pbxId, link, since, version: null, problem: null }) as const
const nothing = { due: 0, atRisk: 0, late: 0, keptToday: 0, lateToday: 0, brokenToday: 0 }
const seen = (given: Partial<QueuesSnapshot> = {}): QueuesSnapshot => ({
  rev: 1,
  asOf: later(60),
  pbx: [pbx('pbx1', 'ready', AT), pbx('pbx2', 'closed', later(30))],
  queues: [main],
  owed: {
    asOf: later(55),
    promises: nothing,
    calledBack: [],
    missed: [],
    overdue: { tickets: 0, byStage: [] },
  },
  ...given,
})
const ms = (seconds: number) => Date.parse(later(seconds))
const WELL = { since: null, isWaiting: false }

test('what a PBX tells is silent since it was lost, and the service since that', () => {
  const other = queue('x', { pbxId: 'pbx2' })
  const cases: [LiveQueue[], number | null][] = [
    [[main], null],
    [[main, other], null],
    [[main], ms(70)],
    [[other], ms(70)],
  ]
  const since = cases.map(
    ([queues, awaySince]) => pbxSource({ snapshot: seen(), awaySince }, queues).silentSince,
  )
  expect(since).toEqual([null, ms(30), ms(70), ms(30)])
})

test('what is read from rows is silent when it is old, or the database waits', () => {
  const of = (now: number, database = WELL as { since: string | null; isWaiting: boolean }) =>
    owedSource({ snapshot: seen(), awaySince: null, nowMs: ms(now) }, database)
  expect(of(60)).toEqual({ asOf: later(55), silentSince: null })
  expect(of(80).silentSince).toBeNull()
  expect(of(81).silentSince).toBe(ms(55))
  expect(of(60, { since: later(58), isWaiting: true }).silentSince).toBe(ms(58))
  const { owed: _, ...unread } = seen()
  expect(owedSource({ snapshot: unread, awaySince: null, nowMs: ms(99) }, WELL)).toEqual({
    asOf: null,
    silentSince: null,
  })
})
