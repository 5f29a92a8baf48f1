import { NO_DAY } from '#contract/supervision/agent-day.ts'
import { NO_CALLS } from '#contract/supervision/figures.ts'
import { describe, expect, test } from 'vitest'
import type {
  LiveQueue,
  QueueMember,
  QueuesPatch,
  QueuesSnapshot,
  WaitingCaller,
} from '#contract/queues.ts'
import { applyQueuesPatch, customersWaiting, longestWaitMs } from './queues.ts'

const AS_OF = '2026-11-22T03:00:00.000Z'

function aMember(extension: string, state: QueueMember['state'] = 'ready'): QueueMember {
  const displayName = `ĐTV ${extension}`
  return {
    extension,
    displayName,
    state,
    pauseReason: null,
    stateSince: AS_OF,
    today: NO_DAY,
    hasPage: true,
  }
}

function aQueue(change: Partial<LiveQueue> = {}): LiveQueue {
  return {
    pbxId: 'pbx1',
    name: 'hotline',
    waiting: [],
    members: [aMember('101'), aMember('102')],
    today: { ...NO_CALLS, offered: 4, answered: 3, abandoned: 1 },
    ...change,
  }
}

function aSnapshot(queues = [aQueue()]): QueuesSnapshot {
  return { rev: 7, asOf: AS_OF, pbx: [], queues }
}

function aPatch(rev: number, change: Partial<QueuesPatch['queues'][number]>): QueuesPatch {
  return {
    rev,
    asOf: '2026-11-22T03:00:01.000Z',
    queues: [{ pbxId: 'pbx1', name: 'hotline', ...change }],
  }
}

describe('a patch', () => {
  test('with the next rev changes its rows and nothing else', () => {
    const result = applyQueuesPatch(
      aSnapshot(),
      aPatch(8, { members: [aMember('102', 'in_call')], removedMembers: ['101'] }),
    )
    expect(result).toEqual({
      kind: 'applied',
      snapshot: {
        rev: 8,
        asOf: '2026-11-22T03:00:01.000Z',
        pbx: [],
        queues: [aQueue({ members: [aMember('102', 'in_call')] })],
      },
    })
  })

  test('already in the snapshot is dropped', () => {
    expect(applyQueuesPatch(aSnapshot(), aPatch(7, { waiting: [] })).kind).toBe('old')
  })

  test('after a missing one asks for a snapshot', () => {
    expect(applyQueuesPatch(aSnapshot(), aPatch(9, { waiting: [] })).kind).toBe('gap')
  })

  test('of an unknown queue adds the queue', () => {
    const result = applyQueuesPatch(aSnapshot([]), aPatch(8, { members: [aMember('105')] }))
    expect(result.kind === 'applied' && result.snapshot.queues.map((q) => q.members)).toEqual([
      [aMember('105')],
    ])
  })

  test('that adds a member keeps the members sorted by extension', () => {
    const result = applyQueuesPatch(aSnapshot(), aPatch(8, { members: [aMember('099')] }))
    expect(
      result.kind === 'applied' && result.snapshot.queues[0]?.members.map((m) => m.extension),
    ).toEqual(['099', '101', '102'])
  })
})

function aCaller(joinedAt: string): WaitingCaller {
  const number = { raw: '', kind: 'anonymous', key: null, display: 'Số ẩn' } as const
  return { uniqueid: joinedAt, number, customerName: null, isPlace: false, position: 1, joinedAt }
}

test('the longest wait is that of the caller who joined first', () => {
  const queue = aQueue({
    waiting: [aCaller('2026-11-22T02:59:50.000Z'), aCaller('2026-11-22T02:59:00.000Z')],
  })
  expect(longestWaitMs(queue, Date.parse(AS_OF))).toBe(60_000)
  expect(longestWaitMs(aQueue(), Date.parse(AS_OF))).toBeNull()
})

test('who keeps a place and hung up is no customer on the line', () => {
  const place = { ...aCaller('2026-11-22T02:50:00.000Z'), isPlace: true }
  const queue = aQueue({ waiting: [place, aCaller('2026-11-22T02:59:50.000Z')] })
  expect(customersWaiting(queue)).toHaveLength(1)
  expect(longestWaitMs(queue, Date.parse(AS_OF))).toBe(10_000)
})
