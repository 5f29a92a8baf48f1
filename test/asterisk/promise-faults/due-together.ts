import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deskSnapshot } from '../../../server/contract/desk.ts'
import type { Ticket } from '../../../server/contract/tickets.ts'
import { unconfirmed } from './absent-owners.ts'
import { createWave, EXTENSIONS, floor, linesOf, minutesToRetry } from './floor.ts'

/** How the customers' telephones behave whom these agents have promised a call. */
const CUSTOMERS = {
  101: 'manual',
  102: 'busy',
  103: 'ignore',
  104: 'reject',
  105: 'manual',
  107: 'manual',
  108: 'manual',
  109: 'manual',
} as const

export function dueTogether(): void {
  describe('promises that fall due together', () => {
    const { add, of, all } = createWave()
    /** When the agent's phone rang first for it. */
    const rangAt = new Map<string, number>()
    let moved: Ticket
    beforeAll(async () => {
      await Promise.all(EXTENSIONS.map((one) => floor.become(one, 'ready')))
      for (const [extension, behaviour] of Object.entries(CUSTOMERS)) {
        await add(extension, behaviour)
      }
      await callsFirst('108')
      const before = new Map(all().map(({ desk }) => [desk, desk.phone.calls.length]))
      await floor.shiftTo(of('101'), 1000)
      await Promise.all([
        floor.keep(of('101')),
        ...['102', '103', '104'].map((one) => floor.confirm(of(one))),
        refused('105', 404),
        refused('107', 503),
        declined('109'),
      ])
      for (const promised of all()) {
        const { desk } = promised
        if (desk.extension === '108') continue
        await floor.until(promised, ({ attempts }) => attempts[0]?.outcome != null)
        const first = desk.phone.calls[before.get(desk) ?? -1]
        if (first !== undefined) rangAt.set(desk.extension, desk.rangAt.get(first) ?? 0)
      }
      moved = await floor.act(of('101'), 'callback_result', { result: 'ok' })
    })
    afterAll(() => Promise.all(all().map(floor.drop)))

    /** Before we call, the customer calls the agent, and they talk. */
    async function callsFirst(extension: string): Promise<void> {
      const { number, desk } = of(extension)
      const call = await floor.lab.placeCall({ from: number, to: `024730001${extension.slice(1)}` })
      await floor.answer(desk)
      await call.sip.up
      await call.hangup()
      await floor.until(of(extension), ({ status }) => status === 'cancelled')
    }

    /** The agent confirms, and the customer's side refuses the call. */
    async function refused(extension: string, status: number): Promise<void> {
      await floor.confirm(of(extension))
      const atCustomer = await of(extension).customer.waitForCall()
      atCustomer.reject(status)
    }

    async function declined(extension: string): Promise<void> {
      const atAgent = await of(extension).desk.phone.waitForCall()
      atAgent.reject(486)
    }

    test('are on the wire within the second in which they are due, and none before', () => {
      expect([...rangAt.keys()]).toEqual(['101', '102', '103', '104', '105', '107', '109'])
      for (const [extension, at] of rangAt) {
        expect(at).toBeGreaterThanOrEqual(of(extension).dueMs)
        expect(at).toBeLessThan(of(extension).dueMs + 1000)
      }
    })

    test('both legs talked: kept, and the agent’s word moves the ticket', async () => {
      const { callbacks, calls } = await floor.read(of('101').ticketId)
      const attempts = [{ outcome: 'reached', hangupCause: 16, extension: '101' }]
      expect(callbacks).toMatchObject([{ status: 'done', verdict: 'kept', attempts }])
      expect(calls).toMatchObject([{ direction: 'callback', agents: ['agent101'] }])
      expect(of('101').customer.calls).toHaveLength(1)
      expect(moved.status).toBe('confirmed')
      expect(linesOf(moved, 'callback_ended')).toMatchObject([{ fields: { outcome: 'reached' } }])
    })

    test.each([
      ['who is busy in 5 minutes', '102', 'busy', 17, 5],
      ['who does not answer in 15 minutes', '103', 'no_answer', 0, 15],
      ['who rejects the call in 15 minutes', '104', 'rejected', 21, 15],
    ])(
      'a customer %s is called again, as row 8 has it',
      async (_, extension, outcome, hangupCause, minutes) => {
        const promised = of(extension)
        const ticket = await floor.read(promised.ticketId)
        const attempts = [{ outcome, hangupCause, extension }]
        expect(ticket.callbacks).toMatchObject([{ status: 'scheduled', verdict: 'kept', attempts }])
        expect(minutesToRetry(ticket.callbacks[0])).toBeCloseTo(minutes, 1)
        expect(promised.customer.calls).toHaveLength(1)
        expect(ticket.status).toBe('callback_due')
        expect(linesOf(ticket, 'callback_attempt')).toMatchObject([{ fields: { outcome } }])
        expect(linesOf(ticket, 'moved').at(-1)).toMatchObject({
          fields: { action: 'callback_no_answer' },
        })
      },
    )

    test('a trunk that is out of lines is tried again in 2 minutes and counts as no attempt of row 8', async () => {
      const ticket = await floor.read(of('107').ticketId)
      const attempts = [{ outcome: 'trunk_fault', hangupCause: 34 }]
      expect(ticket.callbacks).toMatchObject([{ status: 'scheduled', attempts }])
      expect(minutesToRetry(ticket.callbacks[0])).toBeCloseTo(2, 1)
      expect(linesOf(ticket, 'moved').at(-1)).toMatchObject({ fields: { action: 'save_guidance' } })
    })

    test.each([
      ['a number that is nobody’s', '105', 'bad_number', 1, 1],
      ['an agent’s phone that declines', '109', 'agent_no_answer', 17, 0],
    ])('%s is a person’s to decide', async (_, extension, outcome, hangupCause, rang) => {
      const ticket = await floor.read(of(extension).ticketId)
      const attempts = [{ outcome, hangupCause }]
      expect(ticket.callbacks).toMatchObject([{ status: 'failed', attempts }])
      expect(ticket.status).toBe('callback_due')
      expect(of(extension).customer.calls).toHaveLength(rang)
    })

    test('who promised a call to a number that is nobody’s has it on the desk, to ask for another one', async () => {
      const promised = of('105')
      const ticket = await floor.read(promised.ticketId)
      const attempt = { stage: 'ended', outcome: 'bad_number', hangupCause: 1 }
      const unmoved = { waitingFor: null, dueAt: new Date(promised.dueMs).toISOString() }
      const failed = { status: 'failed', verdict: 'kept', ...unmoved, attempts: [attempt] }
      expect(ticket.callbacks).toMatchObject([failed])
      expect(linesOf(ticket, 'callback_attempt')).toMatchObject([
        { fields: { outcome: 'bad_number' } },
      ])
      expect(linesOf(ticket, 'moved').at(-1)).toMatchObject({ fields: { action: 'save_guidance' } })
      const { callbacks } = await promised.desk.person.get('/desk', deskSnapshot)
      const onDesk = callbacks.filter(({ ticket: about }) => about?.id === promised.ticketId)
      expect(onDesk).toMatchObject([failed])
    })

    test('whoever answers the agent’s phone and presses nothing meets no customer', async () => {
      const { attempts } = await floor.until(unconfirmed, ({ status }) => status === 'failed')
      expect(attempts).toMatchObject([{ outcome: 'not_confirmed', hangupCause: 18 }])
      expect((await floor.read(unconfirmed.ticketId)).status).toBe('callback_due')
      expect(unconfirmed.customer.calls).toEqual([])
    })

    test('a customer who called first is called no more: superseded, and not counted', async () => {
      const { callbacks, timeline } = await floor.read(of('108').ticketId)
      expect(callbacks).toMatchObject([
        { status: 'cancelled', verdict: 'superseded', attempts: [] },
      ])
      expect(timeline.at(-1)).toMatchObject({ kind: 'callback_ended', note: 'superseded' })
      expect(of('108').customer.calls).toEqual([])
    })
  })
}
