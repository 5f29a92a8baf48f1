import { describe, expect, test } from 'vitest'
import type { ActionOffer } from '#contract/casework/process.ts'
import { callOutcome, isHandedOn, ticketToDecide } from './call-outcome.ts'

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

const part = (id: string, startedAt: string, endedAt: string | null) => ({
  extension: '101',
  staff: { id, displayName: id },
  how: 'queue' as const,
  startedAt,
  endedAt,
})

describe('a call is handed on', () => {
  const own = part('lan', '10:00', '10:05')

  test('by whom it goes on without, or went on', () => {
    expect(isHandedOn({ status: 'ringing', segments: [own] }, 'lan')).toBe(true)
    const talking = [own, part('mai', '10:06', null)]
    expect(isHandedOn({ status: 'talking', segments: talking }, 'lan')).toBe(true)
    const over = [own, part('mai', '10:06', '10:09')]
    expect(isHandedOn({ status: 'ended', segments: over }, 'lan')).toBe(true)
  })

  test('not by whom it ended with, who never talked on it, or who talks still', () => {
    expect(isHandedOn({ status: 'ended', segments: [own] }, 'lan')).toBe(false)
    const given = [part('mai', '09:58', '10:00'), own]
    expect(isHandedOn({ status: 'ended', segments: given }, 'lan')).toBe(false)
    expect(isHandedOn({ status: 'talking', segments: [own] }, 'mai')).toBe(false)
    const still = [part('lan', '10:00', null)]
    expect(isHandedOn({ status: 'talking', segments: still }, 'lan')).toBe(false)
  })
})
