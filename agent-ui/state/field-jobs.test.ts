import { expect, test } from 'vitest'
import { aClock, aTicket } from '../test-support/samples.ts'
import { inVisitOrder, mapLink, notedAt } from './field-jobs.ts'

const job = (id: string, visitAt: string | null, dueAt: string | null) =>
  aTicket({ id, visitAt, stageClock: dueAt === null ? null : aClock({ dueAt }) })

test('the hour that a customer waits for goes first, then the clock that runs out next', () => {
  const jobs = [
    job('none', null, null),
    job('late', null, '2026-11-23T09:00:00.000Z'),
    job('visit', '2026-11-23T02:00:00.000Z', '2026-11-23T20:00:00.000Z'),
    job('soon', null, '2026-11-23T03:00:00.000Z'),
  ]
  expect(inVisitOrder(jobs).map(({ id }) => id)).toEqual(['visit', 'soon', 'late', 'none'])
})

test.each([
  ['Mozilla/5.0 (Linux; Android 14)', 'geo:0,0?q=12%20L%C3%AA%20L%E1%BB%A3i%20%26%203'],
  ['Mozilla/5.0 (iPhone)', 'https://maps.apple.com/?q=12%20L%C3%AA%20L%E1%BB%A3i%20%26%203'],
  [
    'Mozilla/5.0 (Windows NT 10.0)',
    'https://www.google.com/maps/search/?api=1&query=12%20L%C3%AA%20L%E1%BB%A3i%20%26%203',
  ],
])('an address opens the maps of %s', (userAgent, link) => {
  expect(mapLink('12 Lê Lợi & 3', userAgent)).toBe(link)
})

const line = (at: string, who: string) => ({
  id: at,
  at,
  kind: 'note' as const,
  actor: { id: who, displayName: who },
  note: 'Đang đến',
  fields: {},
})

test('being on the way is said once in each round, by each person', () => {
  const ticket = aTicket({
    statusSince: '2026-11-22T03:00:00.000Z',
    timeline: [line('2026-11-21T03:00:00.000Z', 'kt'), line('2026-11-22T04:00:00.000Z', 'kt')],
  })
  expect(notedAt(ticket, 'Đang đến', 'kt')).toBe('2026-11-22T04:00:00.000Z')
  expect(notedAt(ticket, 'Đã đến', 'kt')).toBeNull()
  expect(notedAt(ticket, 'Đang đến', 'other')).toBeNull()
  const later = { ...ticket, statusSince: '2026-11-23T00:00:00.000Z' }
  expect(notedAt(later, 'Đang đến', 'kt')).toBeNull()
})
