import { describe, expect, test } from 'vitest'
import { type TicketStatus, ticketStatus } from '#contract/tickets.ts'
import { aCase } from '../../test/support/domain/a-case.ts'
import { isReleased, release, type OutageEnd } from './release.ts'

const END: OutageEnd = {
  cancelled: false,
  restoredAt: '2026-11-23T04:00:00.000Z',
  callbackAt: '2026-11-23T05:10:00.000Z',
  now: '2026-11-23T05:00:00.000Z',
}
const child = (change: Parameters<typeof aCase>[0] = {}) =>
  aCase({ parentOutageId: 'outage', ...change })
const STAY: TicketStatus[] = ['customer_reply', 'recheck', 'confirmed', 'closed', 'cancelled']

describe('the end of an outage', () => {
  test.each(ticketStatus.options.filter((status) => !STAY.includes(status)))(
    'moves a child in %s to the answer',
    (status) => {
      const change = { status: 'customer_reply', parentOutageId: null }
      expect(release(child({ status }), END)?.change).toMatchObject(change)
      expect(isReleased(status)).toBe(true)
    },
  )

  test.each(STAY)('leaves a child in %s where it is; its clocks go on', (status) => {
    expect(release(child({ status }), END)).toEqual({
      change: { parentOutageId: null },
      effects: [{ type: 'resume_clocks', why: 'outage' }],
    })
    expect(isReleased(status)).toBe(false)
  })

  test('gives it a result, its restored service, and the clock of the answer', () => {
    const question = { openQuestion: 'which lamp?', returnStatus: 'noc_diagnosing' } as const
    const noc = { status: 'need_customer_info', assigneeId: 'lan', receptionId: 'lan' } as const
    expect(release(child({ ...noc, ...question }), END)).toEqual({
      change: {
        status: 'customer_reply',
        statusSince: END.now,
        parentOutageId: null,
        resultKnownAt: END.now,
        restoredAt: END.restoredAt,
        returnStatus: null,
        returnAssigneeId: null,
        openQuestion: null,
      },
      effects: [
        { type: 'resume_clocks', why: 'outage' },
        { type: 'resume_clocks', why: 'customer_info' },
        { type: 'stop_clock', clock: 'noc' },
        { type: 'stop_clock', clock: 'field' },
        { type: 'stop_clock', clock: 'verify' },
        { type: 'stop_clock', clock: 'restoration', at: END.restoredAt },
        { type: 'start_clock', clock: 'reply' },
        { type: 'promise_callback', dueAt: END.callbackAt },
      ],
    })
  })

  test('gives it back to who had it in reception', () => {
    const noc = child({ status: 'noc_diagnosing', assigneeId: 'noc', receptionId: 'lan' })
    expect(release(noc, END)?.change.assigneeId).toBe('lan')
  })

  test('is no earlier than the complaint itself', () => {
    const late = child({ receivedAt: '2026-11-23T04:30:00.000Z' })
    expect(release(late, END)?.change.restoredAt).toBe('2026-11-23T04:30:00.000Z')
  })

  test.each([
    ['who wrote to us', child({ channel: 'email' }), END],
    ['whom nobody is to call by this', child(), { ...END, callbackAt: null }],
  ])('queues no callback for %s', (_name, ticket, end) => {
    const types = release(ticket, end)?.effects.map(({ type }) => type)
    expect(types).not.toContain('promise_callback')
  })

  test('that was none lets the clocks go on where they stood', () => {
    expect(release(child({ status: 'noc_queued' }), { ...END, cancelled: true })).toEqual({
      change: { parentOutageId: null },
      effects: [{ type: 'resume_clocks', why: 'outage' }],
    })
  })

  test('leaves a part of another ticket where it is', () => {
    expect(release(child({ mergedInto: 'other' }), END)?.change).toEqual({ parentOutageId: null })
  })

  test('means nothing to a ticket that is linked to none', () => {
    expect(release(aCase(), END)).toBe(null)
  })
})
