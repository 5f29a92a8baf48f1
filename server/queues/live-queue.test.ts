import { describe, expect, test } from 'vitest'
import {
  aCaller,
  aMember,
  at,
  joined,
  left,
  queueEvent,
  removed,
  snapshot,
  status,
} from '../../test/support/queue-events.ts'
import {
  applyQueueEvent,
  emptyPbx,
  changedExtensions,
  endWrapUps,
  forgetLost,
  type LivePbx,
  nextWrapUpEnd,
} from './live-queue.ts'
import type { QueueEvent, QueueMemberView } from './queue-event.ts'

function fold(...events: QueueEvent[]): LivePbx {
  return events.reduce(applyQueueEvent, emptyPbx('pbx1'))
}

function line(pbx: LivePbx, queue = 'hotline') {
  const found = pbx.queues.get(queue)
  return (found?.callers ?? []).map((caller) => `${caller.position} ${caller.uniqueid}`)
}

function members(pbx: LivePbx, queue = 'hotline') {
  const found = pbx.queues.get(queue)?.members ?? new Map()
  return [...found.values()].map(
    (member) => `${member.view.extension} ${member.state} since ${member.stateSince}`,
  )
}

describe('the line of waiting callers', () => {
  const three = [1, 2, 3].map((n) => joined(n, aCaller(`c${n}`, { position: n, joinedAt: at(n) })))

  test('callers wait in the order of their positions', () => {
    expect(line(fold(...three))).toEqual(['1 c1', '2 c2', '3 c3'])
  })

  test('when one leaves the others move up', () => {
    expect(line(fold(...three, left(9, 'c1')))).toEqual(['1 c2', '2 c3'])
  })

  test('a caller with priority joins in front', () => {
    expect(line(fold(...three, joined(5, aCaller('vip', { position: 1 }))))).toEqual([
      '1 vip',
      '2 c1',
      '3 c2',
      '4 c3',
    ])
  })

  test('as the queue itself shows it, whoever joined since behind', () => {
    const seen = queueEvent(9, {
      type: 'line_seen',
      queue: 'hotline',
      uniqueids: ['c3', 'gone', 'c1'],
    })
    expect(line(fold(...three, seen))).toEqual(['1 c3', '2 c1', '3 c2'])
  })

  test('doubled events change nothing', () => {
    const events = [...three, left(9, 'c2')]
    const doubled = events.flatMap((event) => [event, event])
    expect(line(fold(...doubled))).toEqual(line(fold(...events)))
  })

  test('a late join of somebody who left brings nobody back, a new join does', () => {
    const gone = fold(...three, left(9, 'c2'), joined(2, aCaller('c2', { position: 2 })))
    expect(line(gone)).toEqual(['1 c1', '2 c3'])
    expect(line(applyQueueEvent(gone, joined(20, aCaller('c2', { position: 3 }))))).toContain(
      '3 c2',
    )
  })

  test('of a join and a leave of one moment the leave is the last word', () => {
    const gone = fold(...three, left(9, 'c2'))
    expect(line(applyQueueEvent(gone, joined(9, aCaller('c2'))))).toEqual(['1 c1', '2 c3'])
  })

  test('who left is forgotten after a quarter of an hour, however often they were said to leave', () => {
    const doubled = [left(9, 'c1'), left(10, 'c2'), left(11, 'c1')]
    const remembered = (...events: QueueEvent[]) => [
      ...(fold(...three, ...doubled, ...events)
        .queues.get('hotline')
        ?.left.keys() ?? []),
    ]
    expect(remembered(left(909, 'c3'))).toEqual(['c2', 'c1', 'c3'])
    expect(remembered(left(910, 'c3'))).toEqual(['c1', 'c3'])
    expect(remembered(left(911, 'c3'))).toEqual(['c3'])
  })

  test('who left is remembered over a snapshot: a join from before it brings nobody back', () => {
    const gone = fold(...three, left(9, 'c2'), snapshot(10, [], [aCaller('c1')]))
    const late = applyQueueEvent(gone, joined(2, aCaller('c2', { position: 2 })))
    expect(line(late)).toEqual(['1 c1'])
  })

  test('two queues have two lines', () => {
    const pbx = fold(...three, joined(4, aCaller('x', { queue: 'vip' })))
    expect([line(pbx).length, line(pbx, 'vip')]).toEqual([3, ['1 x']])
  })
})

describe('members', () => {
  test('a state lasts from the first event that shows it', () => {
    const pbx = fold(
      status(0, aMember('101')),
      status(5, aMember('101', { penalty: 1 })),
      status(9, aMember('101', { deviceStatus: 6 })),
      status(12, aMember('101', { deviceStatus: 2 })),
    )
    expect(members(pbx)).toEqual([`101 in_call since ${at(12)}`])
    expect(members(fold(status(0, aMember('101')), status(5, aMember('101'))))).toEqual([
      `101 ready since ${at(0)}`,
    ])
  })

  test('older news changes nothing', () => {
    const pbx = fold(
      status(9, aMember('101', { deviceStatus: 2 })),
      status(8, aMember('101', { deviceStatus: 6 })),
      removed(7, '101'),
    )
    expect(members(pbx)).toEqual([`101 in_call since ${at(9)}`])
  })

  test('a removed member is gone', () => {
    expect(members(fold(status(0, aMember('101')), removed(1, '101'), removed(1, '101')))).toEqual(
      [],
    )
  })

  test('the reason of a pause is kept while it lasts', () => {
    const paused = aMember('101', { paused: true, pauseReason: 'lunch' })
    const pbx = fold(
      status(0, paused),
      status(1, { ...paused, pauseReason: null, deviceStatus: 5 }),
    )
    const member = pbx.queues.get('hotline')?.members.get('PJSIP/101')
    expect(member).toMatchObject({ state: 'unavailable', view: { pauseReason: 'lunch' } })
  })

  test('wrap-up ends by itself', () => {
    const pbx = fold(
      status(0, aMember('101', { deviceStatus: 2 })),
      status(60, aMember('101', { lastCallAt: at(60) })),
    )
    expect(members(pbx)).toEqual([`101 wrap_up since ${at(60)}`])
    expect(nextWrapUpEnd(pbx)).toBe(at(75))
    expect(members(endWrapUps(pbx, at(74.999)))).toEqual([`101 wrap_up since ${at(60)}`])
    const rested = endWrapUps(pbx, at(75))
    expect(members(rested)).toEqual([`101 ready since ${at(75)}`])
    expect(nextWrapUpEnd(rested)).toBeNull()
  })

  test('of the end of a rest those are told whose rest it was', () => {
    const pbx = fold(
      status(0, aMember('102')),
      status(0, aMember('101', { deviceStatus: 2 })),
      status(60, aMember('101', { lastCallAt: at(60) })),
    )
    expect(changedExtensions(pbx, endWrapUps(pbx, at(75)))).toEqual(['101'])
    expect(changedExtensions(pbx, endWrapUps(pbx, at(74)))).toEqual([])
  })
})

describe('a snapshot', () => {
  const before = fold(
    status(0, aMember('101')),
    status(0, aMember('102')),
    joined(3.25, aCaller('c1', { joinedAt: at(3.25) })),
    joined(4, aCaller('c2', { position: 2, joinedAt: at(4) })),
  )

  test('shows all there is: the rest is gone', () => {
    const after = applyQueueEvent(
      before,
      snapshot(60, [aMember('101'), aMember('103')], [aCaller('c2', { joinedAt: at(5) })]),
    )
    expect(members(after)).toEqual([`101 ready since ${at(0)}`, `103 ready since ${at(60)}`])
    expect(after.queues.get('hotline')?.callers).toEqual([
      aCaller('c2', { position: 1, joinedAt: at(4) }),
    ])
  })

  test('taken at any moment gives what the events alone give', () => {
    const taken = snapshot(
      5,
      [aMember('101'), aMember('102')],
      [aCaller('c1', { joinedAt: at(3) }), aCaller('c2', { position: 2, joinedAt: at(4) })],
    )
    expect(line(applyQueueEvent(before, taken))).toEqual(line(before))
    expect(members(applyQueueEvent(before, taken))).toEqual(members(before))
  })

  test('a queue that is gone has nobody, and remembers whom it lost', () => {
    const gone = applyQueueEvent(before, snapshot(9, [], [], ['vip'])).queues.get('hotline')
    expect(gone).toMatchObject({ callers: [], exists: false })
    expect(gone?.members.size).toBe(0)
    expect([...(gone?.lost.keys() ?? [])]).toEqual([
      ...(before.queues.get('hotline')?.members.keys() ?? []),
    ])
  })
})

const seen = (seconds: number, those: QueueMemberView[], queues = ['hotline']) =>
  queueEvent(seconds, {
    type: 'members_seen',
    queues: queues.map((queue) => ({ queue, strategy: 'ringall' })),
    members: those,
  })
const membersOf = (pbx: LivePbx, which: 'members' | 'lost') => [
  ...(pbx.queues.get('hotline')?.[which].keys() ?? []),
]

describe('members that vanish without a word', () => {
  const two = fold(snapshot(0, [aMember('101'), aMember('102')], [aCaller('c1')]))

  test('are lost, also when the queue itself is away for a while', () => {
    const away = applyQueueEvent(two, seen(10, [], []))
    expect([membersOf(away, 'members'), membersOf(away, 'lost')]).toEqual([
      [],
      ['PJSIP/101', 'PJSIP/102'],
    ])
    const back = applyQueueEvent(away, seen(20, [aMember('101')]))
    expect([membersOf(back, 'members'), membersOf(back, 'lost')]).toEqual([
      ['PJSIP/101'],
      ['PJSIP/102'],
    ])
    expect(back.queues.get('hotline')).toMatchObject({ exists: true })
  })

  test('are lost no more when somebody says that they were taken out, or when they are back', () => {
    const lost = applyQueueEvent(two, seen(10, []))
    const explained = applyQueueEvent(lost, removed(9, '101'))
    expect(membersOf(explained, 'lost')).toEqual(['PJSIP/102'])
    expect(membersOf(applyQueueEvent(explained, status(11, aMember('102'))), 'lost')).toEqual([])
    expect(membersOf(forgetLost(lost, '101'), 'lost')).toEqual(['PJSIP/102'])
  })

  test('a comparison of members leaves the callers alone', () => {
    expect(applyQueueEvent(two, seen(10, [])).queues.get('hotline')?.callers).toHaveLength(1)
  })

  test('what was heard after the question was asked outlives the answer', () => {
    const heard = applyQueueEvent(two, status(12, aMember('101', { deviceStatus: 2 })))
    const after = applyQueueEvent(heard, seen(11, [aMember('101')]))
    expect(after.queues.get('hotline')?.members.get('PJSIP/101')?.state).toBe('in_call')
    const added = applyQueueEvent(two, status(12, aMember('103')))
    expect(membersOf(applyQueueEvent(added, seen(11, [])), 'members')).toEqual(['PJSIP/103'])
  })
})
