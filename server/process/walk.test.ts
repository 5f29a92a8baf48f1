import { describe, expect, it } from 'vitest'
import { aCase, caseFacts } from '../../test/support/domain/a-case.ts'
import {
  ADMIN,
  KT,
  LAN,
  LEAD,
  NOC,
  refusal,
  walked,
} from '../../test/support/domain/process-steps.ts'
import { offersFor } from './walk.ts'

describe('a step of the process', () => {
  it('leads from the first call to NOC, and the ticket is nobody’s there', () => {
    const { ticket, row } = walked(LAN, {}, 'skip_guidance', { reason: 'los_red' })
    expect(row).toBe(3)
    expect(ticket).toMatchObject({ status: 'noc_queued', assigneeId: null, receptionId: 'lan' })
    expect(ticket.statusSince).toBe('2026-11-23T03:00:00.000Z')
  })

  it('comes back to whom it had in reception', () => {
    const verifying = { status: 'noc_verifying', assigneeId: 'noc', receptionId: 'lan' } as const
    const { ticket } = walked(NOC, verifying, 'verify', { result: 'ok', testResult: 'ping' })
    expect(ticket).toMatchObject({ status: 'customer_reply', assigneeId: 'lan' })
    expect(ticket.resultKnownAt).toBe('2026-11-23T03:00:00.000Z')
  })

  it('returns from a question to the state and the person that asked', () => {
    const asked = walked(KT, { status: 'field_working', assigneeId: 'kt' }, 'need_info', {
      question: 'Nhà ở tầng mấy?',
    }).ticket
    expect(asked).toMatchObject({ status: 'need_customer_info', returnStatus: 'field_working' })
    expect(asked.openQuestion).toBe('Nhà ở tầng mấy?')
    const back = walked(LAN, asked, 'info_received').ticket
    expect(back).toMatchObject({
      status: 'field_working',
      assigneeId: 'kt',
      returnStatus: null,
      openQuestion: null,
    })
  })
})

describe('who may', () => {
  it.each([
    [NOC, {}, 'start_guidance'],
    [LAN, { status: 'noc_queued' }, 'accept'],
    [NOC, { status: 'customer_reply' }, 'reply_result'],
    [NOC, { status: 'confirmed' }, 'close'],
    [KT, { status: 'confirmed' }, 'close'],
    [LAN, {}, 'cancel'],
    [ADMIN, {}, 'skip_guidance'],
    [KT, { status: 'noc_diagnosing' }, 'need_info'],
  ] as const)('not everybody: %o, in %o, %s', (actor, given, action) => {
    expect(refusal(actor, given, action)?.[0]).toBe('person')
  })

  it('a lead may for the team', () => {
    expect(walked(LEAD, { status: 'noc_queued' }, 'accept').ticket.status).toBe('noc_diagnosing')
    expect(walked(LEAD, {}, 'cancel', { reason: 'opened_by_mistake' }).row).toBe(30)
  })

  it('a lead who accepts for field names the technician', () => {
    expect(refusal(LEAD, { status: 'field_queued' }, 'accept')?.[2]).toEqual(['staffId'])
    const { ticket } = walked(LEAD, { status: 'field_queued' }, 'accept', { staffId: 'kt' })
    expect(ticket.assigneeId).toBe('kt')
  })

  it('sees only what is possible, and one way on', () => {
    const offers = offersFor(aCase(), caseFacts({ actor: LAN }))
    expect(offers.map(({ action }) => action)).toEqual(
      [
        'start_guidance',
        'skip_guidance',
        'resolved_on_call',
        'discard',
        'link_outage',
        'merge',
        'unmerge',
      ].filter((action) => action !== 'unmerge'),
    )
    expect(offers.filter(({ main }) => main).map(({ action }) => action)).toEqual([
      'start_guidance',
    ])
    const skip = offers.find(({ action }) => action === 'skip_guidance')
    expect(skip?.needs[0]).toMatchObject({ name: 'reason', type: 'choice', required: true })
    expect(offersFor(aCase(), caseFacts({ actor: ADMIN }))).toEqual([])
  })

  it.each([
    ['hotline', null, []],
    ['email', null, ['messageId']],
    ['letter', null, ['letterReference', 'letterDate']],
    ['hotline', 'letter', ['letterReference', 'letterDate']],
  ] as const)(
    'of %s (agreed: %s) ask for the evidence of that channel',
    (channel, agreed, asked) => {
      const ticket = aCase({ status: 'customer_reply', channel, agreedChannel: agreed })
      const offers = offersFor(ticket, caseFacts({ actor: LAN }))
      const needs = offers.find(({ action }) => action === 'reply_result')?.needs ?? []
      const names = needs.map(({ name }) => name)
      expect(names).toEqual(['result', 'note', ...asked, 'overrideReason'])
    },
  )
})
