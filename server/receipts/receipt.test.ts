import { expect, it } from 'vitest'
import type { Company } from '#contract/casework/receipts.ts'
import { aTicket } from '../../agent-ui/test-support/samples.ts'
import { changedParts, receiptOf } from './receipt.ts'

const COMPANY: Company = {
  name: 'DCNET',
  address: '1 Trần Duy Hưng, Hà Nội',
  hotline: '19000382',
  email: 'cskh@dcnet.vn',
  taxCode: '',
}
const customer = {
  id: 'c',
  code: 'KH-000001',
  name: 'Lê Ánh',
  kind: 'individual',
  address: '3 Lê Lợi',
  contractNos: ['HD-1'],
} as const

it('says who, what, when and until when, as the ticket stands', () => {
  const ticket = aTicket({
    category: 'NO_INTERNET',
    description: 'Mất mạng từ sáng',
    customerRequest: 'Giảm cước tháng 11',
    dueAt: '2026-12-22T16:59:59.999Z',
    customer: { ...customer, contractNos: ['HD-1'] },
    timeline: [
      {
        id: 'l',
        at: '2026-11-22T03:00:00.000Z',
        kind: 'opened',
        actor: { id: 'a', displayName: 'Lan' },
        note: '',
        fields: {},
      },
    ],
  })
  expect(receiptOf(ticket, 'Mất kết nối Internet', COMPANY)).toMatchObject({
    code: 'KN-2026-000123',
    category: { id: 'NO_INTERNET', name: 'Mất kết nối Internet' },
    content: 'Mất mạng từ sáng',
    request: 'Giảm cước tháng 11',
    dueAt: '2026-12-22T16:59:59.999Z',
    contractNo: 'HD-1',
    address: '3 Lê Lợi',
    contact: { name: null, number: '0912 345 678' },
    receivedBy: 'Lan',
    company: COMPANY,
  })
})

it('names no contract of several by guessing, and takes the address of the fault first', () => {
  const ticket = aTicket({
    customer: { ...customer, contractNos: ['HD-1', 'HD-2'] },
    address: '12 Cầu Giấy',
  })
  expect(receiptOf(ticket, null, COMPANY)).toMatchObject({
    contractNo: null,
    address: '12 Cầu Giấy',
    category: null,
    receivedBy: null,
  })
})

it('names for the audit what of the company is said otherwise', () => {
  expect(changedParts(COMPANY, { ...COMPANY, name: 'DCNET JSC' })).toEqual({ name: 'DCNET JSC' })
  expect(changedParts(COMPANY, { ...COMPANY })).toEqual({})
})
