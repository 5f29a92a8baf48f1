import { expect, test } from 'vitest'
import type { TimelineEntry } from '#contract/tickets.ts'
import { aTicket } from '../test-support/samples.ts'
import { isOnTimeline, passesBy, readOutbox, waitingOf } from './outbox.ts'
import type { OutboxEntry } from './outbox.ts'

const done: OutboxEntry = {
  id: 'e1',
  ticketId: 't1',
  code: 'KN-1',
  at: '2026-11-22T03:00:00.000Z',
  step: { kind: 'act', action: 'field_done', version: 4, input: { conclusion: 'Thay dây' } },
  isTried: false,
  refusal: null,
}
const note: OutboxEntry = { ...done, id: 'e2', step: { kind: 'note', note: 'Đang đến' } }

test('what lay on the device is read; what another page left there is left out', () => {
  expect(readOutbox([done, { id: 'old' }, note])).toEqual([done, note])
  expect(readOutbox({ not: 'a list' })).toEqual([])
  expect(readOutbox(null)).toEqual([])
})

const line = (change: Partial<TimelineEntry>): TimelineEntry => ({
  id: 'l1',
  at: '2026-11-22T03:05:00.000Z',
  kind: 'moved',
  actor: { id: 'kt', displayName: 'KT' },
  note: 'Thay dây',
  fields: { action: 'field_done' },
  ...change,
})
test.each<[string, Partial<TimelineEntry>, boolean]>([
  ['own step after the deed', {}, true],
  ['another step', { fields: { action: 'field_failed' } }, false],
  ['a step of somebody else', { actor: { id: 'noc', displayName: 'NOC' } }, false],
  ['a step of the machine', { actor: null }, false],
  ['the same step of an earlier round', { at: '2026-11-21T03:00:00.000Z' }, false],
])('a line of the timeline shows that a step arrived: %s', (_, change, isThere) => {
  const ticket = aTicket({ timeline: [line(change)] })
  expect(isOnTimeline(ticket, done, 'kt')).toBe(isThere)
})

test('a note is known by its words', () => {
  const ticket = aTicket({ timeline: [line({ kind: 'note', note: 'Đang đến', fields: {} })] })
  expect(isOnTimeline(ticket, note, 'kt')).toBe(true)
  const other: OutboxEntry = { ...note, step: { kind: 'note', note: 'Đã đến' } }
  expect(isOnTimeline(ticket, other, 'kt')).toBe(false)
})

test('a dead connection and a busy service pass by, a refusal stays', () => {
  expect((['unreachable', 'busy', 'signed_out'] as const).map(passesBy)).toEqual([true, true, true])
  expect((['conflict', 'invalid', 'forbidden', 'missing'] as const).some(passesBy)).toBe(false)
})

test('what was refused waits for the person, not for the service', () => {
  expect(waitingOf([{ ...done, refusal: 'không' }, note])).toEqual([note])
})
