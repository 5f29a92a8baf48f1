import { expect, it } from 'vitest'
import { normalizeVn } from '../customers/phone-number.ts'
import { customerDocument, type TicketSource, ticketDocument } from './search-document.ts'

const CUSTOMER = {
  id: 'a',
  code: 'KH-000007',
  name: 'Lê Ánh',
  email: 'anh@x.vn',
  address: 'Cầu Giấy',
  contracts: [{ contractNo: 'HD-12', circuitId: 'LL-1', address: 'Ngõ 5 Láng' }],
  numbers: [normalizeVn('0912345678')],
}
const TICKET: TicketSource = {
  id: 't',
  code: 'KN-2026-000123',
  subject: 'Mất mạng',
  area: 'Đống Đa',
  address: null,
  contactName: null,
  isOpen: true,
  numbers: [normalizeVn('0987654321')],
  customer: null,
  mergedCodes: [],
}

it('a customer is found by code, name, contract, addresses and numbers', () => {
  const { id, words } = customerDocument(CUSTOMER)
  expect(id).toBe('a')
  expect(words).toEqual(
    'kh000007 hd12 hd 12 ll1 ll 1 le anh x vn cau giay ngo 5 lang 0912345678 _r8765432190 _k84912345678'.split(
      ' ',
    ),
  )
})

it('a ticket is found by what it says and by its customer, each word once', () => {
  const { words } = ticketDocument({ ...TICKET, customer: CUSTOMER, subject: 'Ánh mất mạng' })
  expect(words).toEqual(expect.arrayContaining(['_y2026n123', '_c123', 'kn2026000123', 'dong']))
  expect(words).toEqual(expect.arrayContaining(['hd12', '_k84912345678', '_k84987654321']))
  expect(words.filter((word) => word === 'anh')).toHaveLength(1)
})

it('only an open ticket says so', () => {
  expect(ticketDocument(TICKET).words).toContain('_open')
  expect(ticketDocument({ ...TICKET, isOpen: false }).words).not.toContain('_open')
})

it('a ticket is found by the codes that became part of it', () => {
  const { words } = ticketDocument({ ...TICKET, mergedCodes: ['KN-2026-000099'] })
  expect(words).toEqual(expect.arrayContaining(['_y2026n99', '_y2026n123']))
})
