import { describe, expect, it } from 'vitest'
import { normalizeVn } from '../customers/phone-number.ts'
import { asStored } from './new-ticket.ts'
import { NO_CONTRACT } from './ticket-contract.ts'
import { toTicketRef, toTicketRow, toTimelineEntry } from './ticket-record.ts'

const row = asStored({
  id: 't1',
  code: 'KN-2026-000001',
  status: 'new',
  kind: 'incident',
  priority: 'normal',
  team: 'cskh',
  channel: 'hotline',
  subject: 'Mất mạng',
  description: '',
  customer_id: null,
  ...NO_CONTRACT,
  number_raw: '0912345678',
  number_key: '+84912345678',
  assignee_id: 'agent-1',
  received_at: '2026-11-23T02:00:00.000Z',
  due_at: null,
  opened_by_call_id: null,
  recovered: 1,
  version: 3,
  created_at: '2026-11-23T02:00:00.000Z',
  updated_at: '2026-11-23T02:00:00.000Z',
  subject_by_person: 1,
})

const isProvisional = () => true

describe('a stored ticket', () => {
  it('has a short form', () => {
    expect(toTicketRef(row)).toEqual({
      id: 't1',
      code: 'KN-2026-000001',
      status: 'new',
      subject: 'Mất mạng',
      receivedAt: '2026-11-23T02:00:00.000Z',
      dueAt: null,
    })
  })

  it('has a row with its number and people', () => {
    const assignee = { id: 'agent-1', displayName: 'Lan' }
    const number = normalizeVn('0912345678')
    const parts = { customer: null, number, assignee, isProvisional, stageClock: null }
    expect(toTicketRow(row, parts)).toMatchObject({ recovered: true, version: 3, assignee })
    expect(toTicketRow(row, parts).dueProvisional).toBe(false)
    const dated = { ...row, due_at: '2028-02-17T16:59:59.999Z' }
    expect(toTicketRow(dated, parts).dueProvisional).toBe(true)
  })

  it('with a status that does not exist is refused', () => {
    expect(() => toTicketRef({ ...row, status: 'lost' })).toThrow('Invalid option')
  })
})

it('reads the fields of a timeline row', () => {
  const stored = {
    id: 'e1',
    at: row.received_at,
    kind: 'edited',
    note: '',
    fields: '{"kind":"info"}',
  }
  expect(toTimelineEntry(stored, null).fields).toEqual({ kind: 'info' })
  expect(() => toTimelineEntry({ ...stored, fields: '[]' }, null)).toThrow('record')
})
