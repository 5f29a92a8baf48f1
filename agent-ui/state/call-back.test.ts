import { expect, test } from 'vitest'
import { callBackOrder } from './call-back.ts'

const NUMBER = {
  raw: '0912345678',
  kind: 'mobile',
  key: '+84912345678',
  display: '0912 345 678',
} as const
const MASKED = { ...NUMBER, raw: '', key: null, display: '•••• ••• 678' }
const HIDDEN = { raw: '', kind: 'anonymous', key: null, display: '' } as const
const TICKET = { id: 't', code: 'KN-2026-000001' }
const endedAt = '2026-11-22T02:00:00.000Z'

test.each([
  ['its number', { number: NUMBER, ticket: null, endedAt }, { number: '0912345678' }],
  [
    'its number, for its ticket',
    { number: NUMBER, ticket: TICKET, endedAt },
    { ticketId: 't', number: '0912345678' },
  ],
  ['the contact of its ticket', { number: MASKED, ticket: TICKET, endedAt }, { ticketId: 't' }],
  ['nobody: no number is seen', { number: MASKED, ticket: null, endedAt }, null],
  ['nobody: the number is hidden', { number: HIDDEN, ticket: TICKET, endedAt }, null],
  ['nobody: the call goes on', { number: NUMBER, ticket: TICKET, endedAt: null }, null],
])('is called: %s', (_whom, call, order) => {
  expect(callBackOrder(call)).toEqual(order)
})
