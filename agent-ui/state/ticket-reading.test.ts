import { expect, test } from 'vitest'
import { aTicket, aTicketRef, anOffer } from '../test-support/samples.ts'
import { idleReason, readingReason } from './ticket-reading.ts'

const noc = { team: 'noc', status: 'noc_diagnosing' } as const

test.each([
  ['steps', aTicket({ ...noc, actions: [anOffer({ action: 'need_field' })] })],
  ['notes', aTicket(noc)],
  ['over', aTicket({ status: 'closed', actions: [anOffer({ action: 'reopen' })] })],
  [null, aTicket({ mergedInto: aTicketRef('ticket-2') })],
])('who reads the details is told "%s"', (reason, ticket) => {
  expect(readingReason(ticket)).toBe(reason)
})

test.each([
  ['elsewhere', 'agent', aTicket(noc)],
  ['none', 'noc', aTicket(noc)],
  ['none', 'admin', aTicket(noc)],
  ['over', 'noc', aTicket({ team: 'cskh', status: 'closed' })],
  [null, 'agent', aTicket({ mergedInto: aTicketRef('ticket-2') })],
] as const)('who has no step is told "%s" as %s', (reason, role, ticket) => {
  expect(idleReason(ticket, role)).toBe(reason)
})
