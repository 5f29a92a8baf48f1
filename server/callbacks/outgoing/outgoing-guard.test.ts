import { describe, expect, it } from 'vitest'
import type { AgentReach } from '../dialling/dial-decision.ts'
import { type BothEnds, deviceOf, refusalOfBusy, refusalOfOrder } from './outgoing-guard.ts'

describe('what is rung first', () => {
  const mobile = '0987654321'

  it('is the extension, and of field staff without one their mobile', () => {
    expect(deviceOf({ role: 'agent', extension: '101', mobile })).toEqual({
      device: 'extension',
      phone: '101',
    })
    expect(deviceOf({ role: 'field', extension: null, mobile })).toEqual({
      device: 'mobile',
      phone: mobile,
    })
  })

  it('is nothing of who has neither, and no mobile of who sits in the office', () => {
    expect(deviceOf({ role: 'field', extension: null, mobile: null })).toBeNull()
    expect(deviceOf({ role: 'agent', extension: null, mobile })).toBeNull()
  })
})

describe('field staff', () => {
  const own = { isOpen: true, isOwnWork: true }

  it('call the customers of their own work, by the ticket alone', () => {
    expect(refusalOfOrder('field', { ticketId: 't' }, own)).toBeNull()
    const numbered = { ticketId: 't', number: '0912345678' }
    expect(refusalOfOrder('field', numbered, own)).toMatchObject({
      status: 403,
      code: 'no_numbers',
    })
    for (const other of [null, { ...own, isOpen: false }, { ...own, isOwnWork: false }]) {
      expect(refusalOfOrder('field', { ticketId: 't' }, other)?.code).toBe('not_your_team')
    }
    expect(refusalOfOrder('agent', { number: '0912345678' }, null)).toBeNull()
  })
})

/** The phone 101, shown in this state by the queues. */
const at = (state: 'in_call' | 'ringing' | 'unavailable' | 'ready'): AgentReach => ({
  staffId: 's',
  extension: '101',
  wanted: { state: 'ready', reason: null },
  member: { pbxId: 'pbx1', state },
})

describe('a call is refused', () => {
  const ends: BothEnds = {
    device: { device: 'extension', phone: '101' },
    number: '0912345678',
    reach: null,
    isTalking: false,
    busyPhones: [],
    busyNumbers: [],
  }
  it('not when both ends are free', () => {
    expect(refusalOfBusy(ends)).toBeNull()
    expect(refusalOfBusy({ ...ends, reach: at('ready'), busyPhones: ['102'] })).toBeNull()
  })

  it.each([
    ['phone_busy', { isTalking: true }],
    ['phone_busy', { reach: at('ringing') }],
    ['phone_busy', { reach: at('in_call') }],
    ['phone_busy', { busyPhones: ['101'] }],
    ['phone_unreachable', { reach: at('unavailable') }],
    ['customer_on_line', { busyNumbers: ['0912345678'] }],
  ])('as %s', (code, change) => {
    expect(refusalOfBusy({ ...ends, ...change })).toMatchObject({ status: 409, code })
  })
})
