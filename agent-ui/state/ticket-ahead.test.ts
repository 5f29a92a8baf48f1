import { expect, test } from 'vitest'
import type { ScreenPop } from '#contract/screen-pop.ts'
import { aCustomerRef, aPop, aTicket, aTicketRef, aUser } from '../test-support/samples.ts'
import { isAhead, opensTicket, ticketAhead } from './ticket-ahead.ts'

const { call } = aPop()

test.each<[string, Partial<ScreenPop>, boolean]>([
  ['a call that rings for the first time', {}, true],
  ['a call that is answered', { stage: 'answered' }, false],
  ['a call that a colleague hands on', { call: { ...call, answeredAt: call.enteredAt } }, false],
  ['a call about a ticket', { ticket: aTicketRef('ticket-1') }, false],
  ['a callback', { call: { ...call, direction: 'callback' } }, false],
])('whether its answer opens a ticket: %s', (_what, of, opens) => {
  expect(opensTicket(aPop(of))).toBe(opens)
})

test('a ticket that was not read yet is what came with the call, and older than any that was', () => {
  const customer = aCustomerRef()
  const ticket = ticketAhead(aPop({ ticket: aTicketRef('ticket-1'), customer }), aUser())
  expect(ticket).toMatchObject({ ...aTicketRef('ticket-1'), customer, number: call.number })
  expect([isAhead(ticket), isAhead(aTicket())]).toEqual([true, false])
  expect(ticket.version).toBeLessThan(aTicket().version)
})

test.each([
  ['agent', ['edit', 'promise_callback']],
  ['noc', []],
] as const)('before it is read it is written by who edits tickets: %s', (role, permissions) => {
  expect(ticketAhead(aPop(), aUser({ role })).permissions).toEqual(permissions)
})
