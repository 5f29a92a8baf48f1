import { expect, it } from 'vitest'
import { toNotificationView } from './notification.ts'

const row = {
  id: 'n1',
  at: '2026-11-23T02:00:00.000Z',
  kind: 'clock_alarm',
  ticket_id: 't1',
  fields: '{"clock":"noc"}',
  read_at: null,
  code: 'KN-2026-000001',
  subject: '',
}

it('a notification is shown with the ticket it speaks of', () => {
  expect(toNotificationView(row)).toEqual({
    id: 'n1',
    at: row.at,
    kind: 'clock_alarm',
    ticket: { id: 't1', code: 'KN-2026-000001', subject: '' },
    fields: { clock: 'noc' },
    readAt: null,
  })
})

it('a notification of no ticket has none', () => {
  const alone = { ...row, ticket_id: null, code: null, subject: null }
  expect(toNotificationView(alone).ticket).toBe(null)
})

it('what is no notification is not shown as one', () => {
  expect(() => toNotificationView({ ...row, kind: 'nonsense' })).toThrow('Invalid option')
  expect(() => toNotificationView({ ...row, fields: '[]' })).toThrow('expected record')
})
