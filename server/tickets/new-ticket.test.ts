import { expect, test } from 'vitest'
import { normalizeVn } from '../customers/phone-number.ts'
import { type Intake, newTicket, toOpened } from './new-ticket.ts'

const RECEIVED = '2026-11-23T02:00:00.000Z'
const NOW = '2026-11-23T02:00:05.000Z'
const intake: Intake = {
  channel: 'hotline',
  kind: 'incident',
  subject: 'Mất mạng',
  description: 'từ sáng',
  number: normalizeVn('0912 345 678'),
  customerId: 'customer-1',
  contract: null,
  assigneeId: 'agent-1',
  receivedAt: RECEIVED,
  openedByCallId: 'call-1',
  recovered: false,
}
const given = {
  id: 'ticket-1',
  code: 'KN-2026-000001',
  now: NOW,
  dueAt: (receivedAt: string, workingDays: number) => `${receivedAt} + ${workingDays}`,
}

test('a ticket begins new, with its reception, and counts its deadline from the receipt', () => {
  expect(newTicket(intake, given)).toEqual({
    id: 'ticket-1',
    code: 'KN-2026-000001',
    status: 'new',
    kind: 'incident',
    priority: 'normal',
    team: 'cskh',
    channel: 'hotline',
    subject: 'Mất mạng',
    description: 'từ sáng',
    customer_id: 'customer-1',
    contract_id: null,
    address: null,
    area_class: null,
    number_raw: '0912 345 678',
    number_key: '+84912345678',
    assignee_id: 'agent-1',
    received_at: RECEIVED,
    due_at: `${RECEIVED} + 20`,
    opened_by_call_id: 'call-1',
    recovered: 0,
    version: 1,
    created_at: NOW,
    updated_at: NOW,
    subject_by_person: 1,
  })
})

test('a hidden number is kept nowhere, a request has no deadline, a late answer says so', () => {
  const number = normalizeVn('0912345678', { withheld: true })
  expect(newTicket({ ...intake, number, kind: 'request', recovered: true }, given)).toMatchObject({
    number_raw: null,
    number_key: null,
    due_at: null,
    recovered: 1,
  })
})

test('a ticket of a contract is about its place, and has the clock of its area', () => {
  const contract = {
    id: 'contract-1',
    contractNo: 'HD-1',
    installationAddress: '12 Lê Lợi',
    areaClass: 'rural' as const,
  }
  const row = newTicket({ ...intake, contract }, given)
  expect(row).toMatchObject({
    contract_id: 'contract-1',
    address: '12 Lê Lợi',
    area_class: 'rural',
  })
  expect(toOpened(row).areaClass).toBe('rural')
})

test('its clocks begin with its receipt and its kind', () => {
  expect(toOpened(newTicket({ ...intake, kind: 'complaint' }, given))).toEqual({
    ticketId: 'ticket-1',
    kind: 'complaint',
    areaClass: null,
    receivedAt: RECEIVED,
    acknowledgedAt: null,
  })
})
