import { NO_DAY } from '#contract/supervision/agent-day.ts'
import { NO_CALLS } from '#contract/supervision/figures.ts'
import { describe, expect, test } from 'vitest'
import { type LiveQueue, queueMember } from '#contract/queues.ts'
import {
  aCaller,
  aMember,
  at,
  joined,
  left,
  removed,
  status,
} from '../../test/support/queue-events.ts'
import { normalizeVn } from '../customers/phone-number.ts'
import { applyQueueEvent, emptyPbx } from './live-queue.ts'
import type { QueueEvent } from './queue-event.ts'
import { diffQueues, viewQueues, type ViewSources } from './queues-view.ts'

const NONE = NO_CALLS
/** As our own rows say, whatever the PBX counted. */
const MAI = { ...NO_DAY, taken: 7, talkSeconds: 600 }
const FACTS = {
  customerName: 'Công ty Sao Mai',
  promise: { dueAt: '2026-11-23T02:30:00.000Z', ticketId: 't1' },
  outage: { ticketId: 't9', code: 'KN-2026-000009' },
}
const PARTY = {
  number: normalizeVn('0912345678'),
  customerName: 'Công ty Sao Mai',
  ticket: { id: 't1', code: 'KN-2026-000001' },
}
const sources: ViewSources = {
  numberOf: ({ callerIdNum, withheld }) => normalizeVn(callerIdNum, { withheld }),
  factsOf: (key) => (key === '+84912345678' ? FACTS : null),
  partyOf: (callId) => (callId === 'call-1' ? PARTY : null),
  pausedBy: (extension, queue) => (extension === '101' && queue === 'hotline' ? 'Chi' : null),
  staffName: (extension) => (extension === '101' ? 'Nguyễn Thị Mai' : null),
  hasPage: (extension) => (extension === '101' ? false : null),
  callOf: (extension) => (extension === '101' ? 'call-1' : null),
  heardBy: () => null,
  unansweredSince: () => null,
  today: () => NONE,
  dayOf: (extension) => (extension === '101' ? MAI : NO_DAY),
}
const fold = (...events: QueueEvent[]) => events.reduce(applyQueueEvent, emptyPbx('pbx1'))
const view = (...events: QueueEvent[]) => viewQueues(fold(...events), ['hotline'], sources)

describe('the page’s rows', () => {
  test('a queue that the PBX has not spoken of yet has an empty row', () => {
    expect(view()).toEqual([
      { pbxId: 'pbx1', name: 'hotline', waiting: [], members: [], today: NONE },
    ])
  })

  test('a member who talks is shown with the call that it is, if that is one of ours', () => {
    const [queue] = view(
      status(0, aMember('101', { deviceStatus: 2 })),
      status(0, aMember('102', { deviceStatus: 2 })),
    )
    expect(queue?.members.map(({ state, callId }) => [state, callId])).toEqual([
      ['in_call', 'call-1'],
      ['in_call', undefined],
    ])
    expect(view(status(0, aMember('101')))[0]?.members[0]?.callId).toBeUndefined()
  })

  test('callers with their customer, members with the person of the extension', () => {
    const [queue] = view(
      joined(1, aCaller('c1', { joinedAt: at(1) })),
      joined(2, aCaller('c2', { position: 2, callerIdNum: null, withheld: true })),
      status(0, aMember('102', { paused: true, pauseReason: 'lunch' })),
      status(0, aMember('101')),
      status(0, aMember('9', { interface: 'Local/9@x', extension: null })),
    )
    expect(queue?.waiting).toMatchObject([
      { uniqueid: 'c1', customerName: 'Công ty Sao Mai', position: 1, joinedAt: at(1) },
      { uniqueid: 'c2', customerName: null, position: 2, number: { kind: 'anonymous' } },
    ])
    expect(queue?.members).toEqual([
      {
        extension: '101',
        displayName: 'Nguyễn Thị Mai',
        state: 'ready',
        pauseReason: null,
        stateSince: at(0),
        today: MAI,
        hasPage: false,
      },
      expect.objectContaining({ displayName: 'Máy 102', state: 'paused', hasPage: null }),
    ])
  })

  test('queues that are no hotline are not shown', () => {
    expect(view(joined(1, aCaller('x', { queue: 'sales' })))[0]?.waiting).toEqual([])
  })
})

describe('what changed', () => {
  const events = [
    status(0, aMember('101')),
    status(0, aMember('102')),
    joined(1, aCaller('c1')),
    joined(2, aCaller('c2', { position: 2 })),
  ]
  const before = view(...events)

  test('nothing', () => {
    expect(diffQueues(before, view(...events))).toEqual([])
  })

  test('one member: only that row', () => {
    const after = view(...events, status(5, aMember('102', { deviceStatus: 2 })))
    expect(diffQueues(before, after)).toEqual([
      {
        pbxId: 'pbx1',
        name: 'hotline',
        members: [expect.objectContaining({ extension: '102', state: 'in_call' })],
      },
    ])
  })

  test.each(queueMember.keyof().options.filter((field) => field !== 'extension'))(
    '%s of one member: only that row',
    (field) => {
      const changed = before.map((queue) => ({
        ...queue,
        members: queue.members.map((member) =>
          member.extension === '102' ? { ...member, [field]: {} } : member,
        ),
      }))
      const [patch] = diffQueues(before, changed)
      expect(patch?.members?.map(({ extension }) => extension)).toEqual(['102'])
    },
  )

  test('a member gone, the line moved up', () => {
    const after = view(...events, removed(5, '101'), left(6, 'c1'))
    expect(diffQueues(before, after)).toEqual([
      {
        pbxId: 'pbx1',
        name: 'hotline',
        waiting: [expect.objectContaining({ uniqueid: 'c2', position: 1 })],
        removedMembers: ['101'],
      },
    ])
  })

  test('what the rows say of who waits: the line, and nothing else', () => {
    const later = { ...FACTS, promise: { ...FACTS.promise, dueAt: '2026-11-23T03:00:00.000Z' } }
    const after = viewQueues(fold(...events), ['hotline'], { ...sources, factsOf: () => later })
    expect(diffQueues(before, after)).toEqual([
      { pbxId: 'pbx1', name: 'hotline', waiting: after[0]?.waiting },
    ])
    const read = { ...sources, factsOf: () => structuredClone(FACTS) }
    expect(diffQueues(before, viewQueues(fold(...events), ['hotline'], read))).toEqual([])
  })

  test('every patch put on the page before it gives the page after it', () => {
    const steps = [
      ...events,
      status(7, aMember('101', { deviceStatus: 6 })),
      left(8, 'c2'),
      removed(9, '102'),
    ]
    let page: LiveQueue[] = view()
    for (let n = 1; n <= steps.length; n++) {
      const after = view(...steps.slice(0, n))
      for (const patch of diffQueues(page, after)) page = page.map((queue) => apply(queue, patch))
      expect(page).toEqual(after)
    }
  })
})

function apply(queue: LiveQueue, patch: ReturnType<typeof diffQueues>[number]): LiveQueue {
  if (queue.pbxId !== patch.pbxId || queue.name !== patch.name) return queue
  const changed = new Set([
    ...(patch.removedMembers ?? []),
    ...(patch.members ?? []).map((member) => member.extension),
  ])
  return {
    ...queue,
    waiting: patch.waiting ?? queue.waiting,
    today: patch.today ?? queue.today,
    members: [
      ...queue.members.filter((member) => !changed.has(member.extension)),
      ...(patch.members ?? []),
    ].toSorted((a, b) => a.extension.localeCompare(b.extension)),
  }
}
