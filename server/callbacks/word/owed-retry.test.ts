import { expect, test } from 'vitest'
import type { TicketStatus } from '#contract/tickets.ts'
import { owesRetry } from './owed-retry.ts'

test.each<[TicketStatus, string, boolean, boolean, boolean]>([
  ['callback_due', 'and its word was waited for', true, true, true],
  ['noc_queued', 'by a promise of its own, whose word was waited for', true, true, true],
  ['callback_due', 'which is put right later', true, false, true],
  ['customer_reply', 'which is put right later', true, false, true],
  ['new', 'which is put right later', true, false, true],
  ['guiding', 'which is put right later', true, false, true],
  ['confirmed', 'which is put right later', true, false, false],
  ['noc_queued', 'which is put right later', true, false, false],
  ['closed', 'and its word was waited for', false, true, false],
])('a ticket that is %s was called about, %s', (status, _how, isOpen, isAsked, owed) => {
  expect(owesRetry({ status, isOpen }, { isAsked, hasOther: false })).toBe(owed)
})

test('a ticket that has another promise is called by that one', () => {
  const ticket = { status: 'callback_due', isOpen: true } as const
  expect(owesRetry(ticket, { isAsked: true, hasOther: true })).toBe(false)
})

test('a promise without a ticket is not tried again by a word', () => {
  expect(owesRetry(null, { isAsked: true, hasOther: false })).toBe(false)
})
