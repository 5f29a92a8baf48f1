import { expect, it } from 'vitest'
import { HANDOVER_ROWS } from '#contract/supervision/handover.ts'
import { anAlarm } from '../../test/support/domain/an-alarm.ts'
import { aCallback } from '../../agent-ui/test-support/samples.ts'
import { type Left, sectionsOf, shiftBegan, toSections } from './hand-over.ts'

const NOW = '2026-11-23T14:00:00.000Z'
const EMPTY: Left = {
  open: { byStatus: {}, overdue: 0 },
  late: { byClock: new Map(), items: [] },
  promises: { counts: { late: 0, atRisk: 0 }, late: [], atRisk: [], missed: [] },
  help: [],
  alarms: [],
  endedAlarms: [],
}
const stage = (id: string) => {
  const ticket = { id, code: `KN-${id}`, subject: '' }
  return { ticket, clock: 'noc', dueAt: NOW, assignee: null } as const
}

it('of nothing nothing is left', () => {
  const none = { count: 0, hasMore: false, items: [] }
  const left = sectionsOf(EMPTY, NOW)
  expect(left).toMatchObject({ asOf: NOW, open: { count: 0 }, missed: none, help: none })
  expect(left.alarms).toEqual(none)
})

it('lists are cut, their counts are not, up to what is worth counting', () => {
  const items = Array.from({ length: HANDOVER_ROWS + 1 }, (_, index) => stage(String(index)))
  const byClock = new Map([['noc', 900] as const, ['field', 101] as const])
  const left = { open: { byStatus: { new: 2, noc_queued: 3 }, overdue: 1 } }
  const { late, open } = sectionsOf({ ...EMPTY, ...left, late: { byClock, items } }, NOW)
  expect(late.items).toHaveLength(HANDOVER_ROWS)
  expect(late).toMatchObject({ count: 1000, hasMore: true, byClock: { noc: 900, field: 101 } })
  expect(open).toMatchObject({ count: 5, hasMore: false, ...left.open })
})

it('promises and callers are said by number, customer and keeper', () => {
  const late = [aCallback({ customerName: 'Lê Ánh' })]
  const promise = late[0] ?? null
  const { number } = aCallback()
  const caller = { callId: 'c1', number, customerName: null, queue: null, missedAt: NOW, calls: 2 }
  const promises = { ...EMPTY.promises, counts: { late: 7, atRisk: 0 }, late }
  const left = { ...EMPTY, promises: { ...promises, missed: [{ ...caller, promise }] } }
  const { promisesLate, missed } = sectionsOf(left, NOW)
  expect(promisesLate).toMatchObject({
    count: 7,
    items: [{ customerName: 'Lê Ánh', number: number.display }],
  })
  expect(missed).toMatchObject({ count: 1, items: [{ callId: 'c1', calls: 2 }] })
})

it('of alarms those are left that nobody has acknowledged', () => {
  const seen = anAlarm({ id: 'seen', acknowledgedAt: NOW })
  const { alarms } = sectionsOf({ ...EMPTY, alarms: [anAlarm({ id: 'unseen' }), seen] }, NOW)
  expect(alarms).toMatchObject({ count: 1, items: [{ id: 'unseen' }] })
})

it('an alarm that ended in the shift stands after those that last, and once when it ended just now', () => {
  const lasting = [anAlarm({ id: 'ends now' }), anAlarm({ id: 'lasts' })]
  const endedAlarms = [
    anAlarm({ id: 'ends now', endedAt: NOW }),
    anAlarm({ id: 'over', endedAt: NOW }),
  ]
  const { alarms } = sectionsOf({ ...EMPTY, alarms: lasting, endedAlarms }, NOW)
  expect(alarms).toMatchObject({
    count: 3,
    items: [
      { id: 'lasts', endedAt: null },
      { id: 'ends now', endedAt: NOW },
      { id: 'over', endedAt: NOW },
    ],
  })
})

it('a shift begins with the last hand-over, three days ago at the most', () => {
  expect(shiftBegan('2026-11-23T06:00:00.000Z', NOW)).toBe('2026-11-23T06:00:00.000Z')
  const earliest = '2026-11-20T14:00:00.000Z'
  expect([shiftBegan('2026-11-20T13:59:59.999Z', NOW), shiftBegan(null, NOW)]).toEqual([
    earliest,
    earliest,
  ])
})

it('is read as it was stored, and nothing else is', () => {
  const left = sectionsOf(EMPTY, NOW)
  expect(toSections(JSON.stringify(left))).toEqual(left)
  expect(() => toSections('{}')).toThrow('expected')
})

it('one that was stored before alarms said when they ended names those that lasted', () => {
  const left = sectionsOf({ ...EMPTY, alarms: [anAlarm()] }, NOW)
  const stored = JSON.stringify(left).replace('"endedAt":null', '"before":1')
  expect(stored).not.toContain('endedAt')
  expect(toSections(stored)).toEqual(left)
})
