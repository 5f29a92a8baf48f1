import { describe, expect, it } from 'vitest'
import type { CustomerRef } from '#contract/customers.ts'
import { screenPop } from '#contract/screen-pop.ts'
import { aCall } from '../../test/support/domain/a-call.ts'
import { normalizeVn } from '../customers/phone-number.ts'
import type { TicketWithPromise } from '../tickets/ticket-record.ts'
import { type PopParts, toScreenPop } from './pop-view.ts'

const number = normalizeVn('0912345678')

function aCustomer(id: string): CustomerRef {
  return { id, code: id, name: id, kind: 'individual', address: '', contractNos: [] }
}

function aTicket(id: string, change: Partial<TicketWithPromise> = {}): TicketWithPromise {
  return {
    id,
    code: id,
    status: 'new',
    subject: '',
    received_at: '2026-11-20T02:00:00.000Z',
    due_at: null,
    number_key: null,
    customer_id: null,
    area: null,
    service: null,
    parent_outage_id: null,
    callback_id: null,
    callback_due_at: null,
    callback_note: null,
    callback_number: null,
    ...change,
  }
}

const [an, binh, chi] = [aCustomer('an'), aCustomer('binh'), aCustomer('chi')]

function show(change: Partial<PopParts> = {}, ticketId: string | null = 'own') {
  const pop = toScreenPop({
    row: {
      id: 'pop-1',
      call_id: 'call-1',
      rev: 2,
      stage: 'answered',
      ticket_id: ticketId,
      changed_at: '2026-11-23T02:00:02.000Z',
    },
    call: aCall(),
    promised: null,
    number,
    owners: { chosen: null, candidates: [] },
    tickets: [aTicket('own', { number_key: number.key })],
    others: new Map(),
    outageOf: () => null,
    ...change,
  })
  // nothing more and nothing else than the pages expect
  expect(screenPop.parse(pop)).toEqual(pop)
  return pop
}

function openTicketIds(parts: Partial<PopParts>): string[] {
  return show(parts).openTickets.map(({ id }) => id)
}

describe('what a pop shows', () => {
  it('is the call with its number and the ticket', () => {
    expect(show()).toMatchObject({
      id: 'pop-1',
      rev: 2,
      stage: 'answered',
      call: { id: 'call-1', display: '0912 345 678', queue: 'hotline', waitSeconds: 2 },
      customer: null,
      ticket: { id: 'own' },
      openTickets: [],
      promise: null,
      notice: null,
    })
  })

  it('is no ticket while it rings', () => {
    expect(show({ tickets: [] }, null).ticket).toBeNull()
  })

  it('is the owner of the number until the ticket has a customer', () => {
    const owners = { chosen: an, candidates: [an, binh] }
    expect(show({ owners }).customer?.id).toBe('an')
    const picked = (customerId: string) =>
      show({
        owners,
        tickets: [aTicket('own', { customer_id: customerId })],
        others: new Map([['chi', chi]]),
      }).customer?.id
    expect(picked('binh')).toBe('binh')
    expect(picked('chi')).toBe('chi')
  })

  it('is the other open tickets of the number and of the customer, not everybody’s', () => {
    const tickets = [
      aTicket('own', { customer_id: 'an' }),
      aTicket('same-number', { number_key: number.key }),
      aTicket('same-customer', { customer_id: 'an' }),
      aTicket('of-binh', { customer_id: 'binh' }),
      aTicket('over', { number_key: number.key, status: 'closed' }),
      aTicket('stranger', { number_key: '+84900000000' }),
    ]
    const owners = { chosen: null, candidates: [an, binh] }
    expect(openTicketIds({ owners, tickets })).toEqual(['same-number', 'same-customer'])
    const undecided = tickets.map((ticket) =>
      ticket.id === 'own' ? { ...ticket, customer_id: null } : ticket,
    )
    expect(openTicketIds({ owners, tickets: undecided })).toEqual([
      'same-number',
      'same-customer',
      'of-binh',
    ])
  })

  it('is never another hidden caller’s ticket', () => {
    const tickets = [aTicket('own'), aTicket('hidden-too')]
    const hidden = show({ number: normalizeVn('anonymous'), tickets })
    expect(hidden.openTickets).toEqual([])
    expect(hidden.notice).toBe('hidden_number')
  })

  it('is the promise that is due first on any of its tickets', () => {
    const tickets = [
      aTicket('own', { number_key: number.key }),
      aTicket('b', {
        number_key: number.key,
        callback_id: 'later',
        callback_due_at: '2026-11-23T03:00:00.000Z',
      }),
      aTicket('c', {
        number_key: number.key,
        callback_id: 'first',
        callback_due_at: '2026-11-23T02:30:00.000Z',
      }),
    ]
    expect(show({ tickets }).promise).toEqual({
      callbackId: 'first',
      dueAt: '2026-11-23T02:30:00.000Z',
      note: '',
    })
  })
})
