import { describe, expect, test } from 'vitest'
import type { ActionOffer } from '#contract/casework/process.ts'
import { callOutcome, ticketToDecide } from './call-outcome.ts'

const offer = (action: ActionOffer['action'], main = false): ActionOffer => ({
  action,
  main,
  needs: [],
})

describe('the outcome of a call', () => {
  test('is what its ticket offers: solved in the call, or the main step', () => {
    const offers = [offer('start_guidance', true), offer('resolved_on_call'), offer('discard')]
    expect(callOutcome(offers)).toEqual({ solved: 'resolved_on_call', followUp: 'start_guidance' })
  })

  test('is no choice where the ticket offers no such step', () => {
    expect(callOutcome([offer('need_info')])).toEqual({ solved: null, followUp: null })
    expect(callOutcome([offer('close', true)])).toEqual({ solved: null, followUp: 'close' })
  })
})

describe('the ticket that is decided on after a call', () => {
  const last = { callId: 'call-1', direction: 'inbound', ticketId: 'ticket-1' } as const
  const ticket = { id: 'ticket-1', code: 'KN-2026-000123', subject: '' }

  test('is that of the customer who called', () => {
    expect(ticketToDecide(last, [])).toBe('ticket-1')
    expect(ticketToDecide(last, [{ ticket: null }])).toBe('ticket-1')
  })

  test('is none before a call, without a ticket, after a call of ours, or while a word is asked', () => {
    expect(ticketToDecide(undefined, [])).toBeNull()
    expect(ticketToDecide({ ...last, ticketId: null }, [])).toBeNull()
    expect(ticketToDecide({ ...last, direction: 'callback' }, [])).toBeNull()
    expect(ticketToDecide(last, [{ ticket }])).toBeNull()
  })
})
