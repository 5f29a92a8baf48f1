import { describe, expect, it } from 'vitest'
import {
  attempt,
  call,
  LAN,
  refusal,
  take,
  walked,
} from '../../../test/support/domain/process-steps.ts'
import type { Evidence } from '../case.ts'
import { isRefusal } from '../walk.ts'

const answeredAt = (moment: string) => [
  ['note_reply', moment],
  ['stop_clock', moment],
  ['stop_clock', moment],
]

describe('the answer on the original channel', () => {
  const known = '2026-11-23T02:30:00.000Z'
  const replying = { status: 'customer_reply', resultKnownAt: known } as const

  it('is an answered call after the result was known', () => {
    const facts = { evidence: [call(known)] }
    const result = walked(LAN, { ...replying, facts }, 'reply_result', { result: 'ok' })
    expect(result.row).toBe(22)
    expect(result.effects).toContainEqual({ type: 'stop_clock', clock: 'overall', at: known })
  })

  it.each([
    ['before it', [call('2026-11-23T02:29:59.999Z')]],
    ['nobody answered', [attempt('2026-11-23T02:40:00.000Z')]],
    ['on another channel', [{ ...call('2026-11-23T02:40:00.000Z'), channel: 'email' as const }]],
  ])('is no call %s: it asks for a reason', (_case, evidence) => {
    const facts = { evidence }
    const ok = { result: 'ok' }
    const refused = take(LAN, { ...replying, facts }, 'reply_result', ok)
    expect(isRefusal(refused) && refused.fields.map(({ code }) => code)).toEqual([
      'evidence_missing',
    ])
    expect(refusal(LAN, { ...replying, facts }, 'reply_result', ok)).toEqual([
      'input',
      'missing',
      ['overrideReason'],
    ])
    const reason = { ...ok, overrideReason: 'khách xác nhận qua Zalo' }
    expect(walked(LAN, { ...replying, facts }, 'reply_result', reason).row).toBe(22)
  })

  it('is on the channel that the customer agreed to, when they did', () => {
    const agreed = {
      ...replying,
      agreedChannel: 'email',
      facts: { evidence: [mail(known)] },
    } as const
    expect(walked(LAN, agreed, 'reply_result', { result: 'ok' }).row).toBe(22)
    const back = { ...agreed, facts: { evidence: [call(known)] } }
    expect(refusal(LAN, back, 'reply_result', { result: 'ok' })?.[2]).toEqual(['messageId'])
  })

  it('of a letter has a reference, and a date between the result and today', () => {
    const letter = { ...replying, channel: 'letter' } as const
    const input = { result: 'ok', letterReference: '12/CV', letterDate: '2026-11-23' }
    expect(walked(LAN, letter, 'reply_result', input).effects[0]).toMatchObject({
      type: 'note_reply',
      kind: 'letter',
      reference: '12/CV',
    })
    for (const letterDate of ['2026-11-22', '2026-11-24']) {
      const wrong = { ...input, letterDate }
      expect(refusal(LAN, letter, 'reply_result', wrong)?.[2]).toEqual(['letterDate'])
    }
    const blank = { ...input, letterReference: '' }
    expect(refusal(LAN, letter, 'reply_result', blank)?.[2]).toEqual(['letterReference'])
  })

  const stopsOf = (resultKnownAt: string, now: string) => {
    const letter = { ...replying, channel: 'letter', resultKnownAt, facts: { now } } as const
    const input = { result: 'ok', letterReference: '12/CV', letterDate: '2026-11-23' }
    return walked(LAN, letter, 'reply_result', input).effects.map((one) =>
      'at' in one ? [one.type, one.at] : [one.type],
    )
  }

  it('of a letter stops the clocks on its day, between the result and now', () => {
    const noon = '2026-11-23T05:00:00.000Z'
    const [early, late] = ['2026-11-23T03:00:00.000Z', '2026-11-23T08:00:00.000Z']
    expect(stopsOf('2026-11-20T03:00:00.000Z', '2026-11-26T03:00:00.000Z')).toEqual(
      answeredAt(noon),
    )
    expect(stopsOf('2026-11-20T03:00:00.000Z', early)).toEqual(answeredAt(early))
    expect(stopsOf(late, '2026-11-26T03:00:00.000Z')).toEqual(answeredAt(late))
  })

  it('of a fault that is still there lets the restoration run on', () => {
    const { ticket, effects } = walked(
      LAN,
      { ...replying, restoredAt: '2026-11-23T02:00:00.000Z' },
      'reply_result',
      { result: 'nok' },
    )
    expect(ticket.restoredAt).toBe(null)
    expect(effects).toContainEqual({ type: 'start_clock', clock: 'restoration' })
  })

  it('that the customer does not accept runs the whole case on, in a new round', () => {
    const { ticket, effects } = walked(LAN, { ...replying, status: 'confirmed' }, 'disagree', {
      grounds: 'cước vẫn sai',
    })
    expect(ticket).toMatchObject({ status: 'recheck', loopNo: 2, resultKnownAt: null })
    expect(effects[0]).toEqual({ type: 'thaw_clocks' })
  })

  const mondayTries = [attempt('2026-11-23T02:31:00.000Z'), attempt('2026-11-23T02:32:00.000Z')]
  it.each([
    ['three on one day', [...mondayTries, attempt('2026-11-23T02:33:00.000Z')], false],
    ['two on two days', [...mondayTries.slice(1), attempt('2026-11-24T02:00:00.000Z')], false],
    ['three on two days', [...mondayTries, attempt('2026-11-24T02:00:00.000Z')], true],
    ['the second day a Saturday', [...mondayTries, attempt('2026-11-28T02:00:00.000Z')], false],
  ])('is given up after three tries on two working days: %s', (_case, evidence, isEnough) => {
    const facts = { evidence, now: '2026-11-30T02:00:00.000Z' }
    const result = take(LAN, { ...replying, facts }, 'unreachable')
    const isGivenUp = !isRefusal(result) && result.ticket.withoutConfirmation
    expect(isGivenUp).toBe(isEnough)
  })

  it('by mail counts once a working day', () => {
    const mails = [
      '2026-11-23T02:31:00.000Z',
      '2026-11-23T08:00:00.000Z',
      '2026-11-24T02:00:00.000Z',
    ]
    const ticket = { ...replying, channel: 'email' } as const
    const now = '2026-11-30T02:00:00.000Z'
    const few = { ...ticket, facts: { now, evidence: mails.map(mail) } }
    expect(refusal(LAN, few, 'unreachable')?.[1]).toBe('too_few_tries')
    const enough = [...mails, '2026-11-25T02:00:00.000Z'].map(mail)
    expect(walked(LAN, { ...ticket, facts: { now, evidence: enough } }, 'unreachable').row).toBe(27)
  })
})

function mail(at: string): Evidence {
  return { at, channel: 'email', kind: 'mail' }
}
