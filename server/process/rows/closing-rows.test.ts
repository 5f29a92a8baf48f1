import { describe, expect, it } from 'vitest'
import { aCase, caseFacts } from '../../../test/support/domain/a-case.ts'
import {
  LAN,
  LEAD,
  NOC,
  refusal,
  take,
  walked,
} from '../../../test/support/domain/process-steps.ts'
import { isRefusal, possibleActions } from '../walk.ts'

describe('closing', () => {
  const confirmed = { status: 'confirmed', resolution: 'đã hàn cáp' } as const
  const codes = { resolutionCode: 'fixed_on_site', causeCode: 'fibre_cut' }

  it('needs a resolution and, for faults, a cause: all that is missing is named at once', () => {
    expect(refusal(LAN, { status: 'confirmed' }, 'close')?.[2]).toEqual([
      'resolutionCode',
      'resolution',
      'causeCode',
    ])
    const request = { ...confirmed, kind: 'request' } as const
    const input = { resolutionCode: 'information_given' }
    expect(walked(LAN, request, 'close', input).ticket.closedAt).toBe('2026-11-23T03:00:00.000Z')
  })

  it.each([
    [null, false],
    [{ relation: 'other', name: 'Hà', paper: 'CCCD' } as const, false],
    [{ relation: 'representative', name: 'Hà', paper: '' } as const, false],
    [{ relation: 'representative', name: 'Hà', paper: 'giấy ủy quyền 12' } as const, true],
    [{ relation: 'holder', name: 'Hà', paper: '' } as const, true],
  ])('of a complaint by %j', (complainant, isVerified) => {
    const complaint = { ...confirmed, kind: 'complaint', complainant } as const
    expect(isRefusal(take(LAN, complaint, 'close', codes))).toBe(!isVerified)
    const override = { ...codes, overrideReason: 'chủ hợp đồng đã mất' }
    expect(isRefusal(take(LAN, complaint, 'close', override))).toBe(!isVerified)
    expect(walked(LEAD, complaint, 'close', override).row).toBe(28)
  })

  it.each([
    ['2026-11-30T16:59:59.999Z', true],
    ['2026-11-30T17:00:00.000Z', false],
  ])('can be taken back until the end of the 7th day: at %s %s', (now, isPossible) => {
    const closed = {
      status: 'closed',
      closedAt: '2026-11-23T03:00:00.000Z',
      facts: { now },
    } as const
    const result = take(LAN, closed, 'reopen', { reason: 'lại mất mạng' })
    const { status, closedAt } = isRefusal(result) ? aCase(closed) : result.ticket
    expect([status, closedAt]).toEqual(isPossible ? ['recheck', null] : ['closed', closed.closedAt])
  })
})

describe('tickets that are joined', () => {
  const target = {
    id: 't2',
    status: 'guiding',
    isOpen: true,
    isOpenOutage: false,
    mergedInto: null,
  } as const

  it.each([
    [{ ...target, id: 't1' }, 'itself'],
    [{ ...target, isOpen: false }, 'target_closed'],
    [{ ...target, mergedInto: 't1' }, 'target_merged'],
    [null, 'no_such_ticket'],
  ])('are not: %j', (facts, code) => {
    const result = take(LAN, { facts: { target: facts } }, 'merge', { into: 't2' })
    expect(isRefusal(result) ? result.fields[0]?.code : null).toBe(code)
  })

  it('keep their state, and know only the way back', () => {
    const { ticket } = walked(LAN, { facts: { target } }, 'merge', { into: 't2' })
    expect(ticket).toMatchObject({ status: 'new', mergedInto: 't2' })
    expect(possibleActions(ticket, caseFacts({ actor: LAN }))).toEqual(['unmerge'])
    expect(refusal(LAN, ticket, 'start_guidance')?.[1]).toBe('merged')
    const blocked = { ...ticket, facts: { unmergeBlocked: 'the promise was dialled' } }
    expect(refusal(LAN, blocked, 'unmerge')).toEqual(['state', 'moved_on', []])
  })

  it('wait for an open outage only', () => {
    const input = { outageId: 't2' }
    expect(refusal(LAN, { facts: { target } }, 'link_outage', input)?.[2]).toEqual(['outageId'])
    const facts = { target: { ...target, isOpenOutage: true } }
    expect(
      walked(NOC, { status: 'noc_diagnosing', facts }, 'link_outage', input).ticket,
    ).toMatchObject({
      status: 'noc_diagnosing',
      parentOutageId: 't2',
    })
  })
})
