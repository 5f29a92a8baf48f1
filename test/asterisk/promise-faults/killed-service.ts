import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Promised } from '../../support/promise-desks.ts'
import {
  asked,
  type Calls,
  createWave,
  customerRinging,
  EXTENSIONS,
  floor,
  isAt,
  linesOf,
  MINUTE_MS,
  minutesToRetry,
  ringing,
  takeTime,
  talking,
} from './floor.ts'

/** Where the promises of these agents are when the service is killed; each stage goes on, and ends unheard. */
const BEFORE_THE_KILL = {
  103: ringing,
  104: ringing,
  105: asked,
  106: asked,
  107: customerRinging,
  108: customerRinging,
  109: talking,
  110: talking,
}

/** The orders are written to a PBX that stands still, and the service dies before it hears a word. */
async function submitUnheard(promises: Promised[]): Promise<void> {
  const { pid } = floor.lab
  if (pid === null) throw new Error('the PBX is away')
  process.kill(pid, 'SIGSTOP')
  try {
    await Promise.all(promises.map(floor.dialNow))
    await Promise.all(promises.map((one) => floor.until(one, isAt('submitted'))))
    await floor.hotline.kill()
  } finally {
    process.kill(pid, 'SIGCONT')
  }
}

export function killedService(): void {
  describe('a service that is killed while promises are at every stage', () => {
    const { add, of, all } = createWave()
    const at = new Map<string, Calls>()
    const before = new Map<string, number>()
    const rungFor = (extension: string): number =>
      floor.desk(extension).phone.calls.length - (before.get(extension) ?? 0)
    beforeAll(async () => {
      await takeTime()
      await Promise.all(EXTENSIONS.map((one) => floor.become(one, 'ready')))
      for (const one of EXTENSIONS) before.set(one, floor.desk(one).phone.calls.length)
      for (const extension of EXTENSIONS.slice(2)) await add(extension)
      await floor.shiftTo(of('110'), 0)
      for (const extension of EXTENSIONS.slice(0, 2)) await add(extension)
      await Promise.all(
        Object.entries(BEFORE_THE_KILL).map(async ([extension, come]) => {
          at.set(extension, await come(of(extension)))
        }),
      )
      await submitUnheard([of('101'), of('102')])
      await endUnheard()
      await floor.hotline.start()
      await goOn()
      await floor.until(of('110'), ({ status }) => status === 'done')
      await floor.until(of('108'), ({ attempts }) => attempts[0]?.outcome === 'busy')
      await floor.until(of('106'), ({ status }) => status === 'failed')
      // Of whom the PBX shows no trace for a minute, nothing comes any more.
      await floor.hotline.shift(MINUTE_MS)
      await floor.until(of('104'), ({ status }) => status === 'failed')
      await floor.keep(of('102'))
    })
    afterAll(() => Promise.all(all().map(floor.drop)))

    /** What happens while no service is there. */
    async function endUnheard(): Promise<void> {
      const mark = floor.lab.ami.mark()
      at.set('101', { agent: await of('101').desk.phone.waitForCall() })
      const declined = await of('102').desk.phone.waitForCall()
      declined.reject(486)
      at.get('104')?.agent?.reject(486)
      await at.get('106')?.agent?.hangup()
      at.get('108')?.customer?.reject(486)
      const isBusy = { Event: 'DialEnd', DialStatus: 'BUSY', CallerIDNum: '19000382' }
      await floor.lab.ami.waitFor(isBusy, mark)
      await at.get('108')?.agent?.hangup()
      await at.get('110')?.customer?.hangup()
      await at.get('105')?.agent?.press('1')
      at.set('105', { customer: await of('105').customer.waitForCall() })
    }

    /** The others come to their end under the service that was started again. */
    async function goOn(): Promise<void> {
      for (const extension of ['101', '103']) at.get(extension)?.agent?.answer()
      await Promise.all(
        ['101', '103'].map(async (extension) => {
          await floor.until(of(extension), isAt('confirming'))
          await at.get(extension)?.agent?.press('1')
          at.set(extension, { customer: await of(extension).customer.waitForCall() })
        }),
      )
      const lasting = ['101', '103', '105', '107', '109']
      for (const extension of lasting) at.get(extension)?.customer?.answer()
      await Promise.all(lasting.map((one) => floor.until(of(one), isAt('talking'))))
      for (const extension of lasting) await at.get(extension)?.customer?.hangup()
      await Promise.all(
        lasting.map((one) => floor.until(of(one), ({ status }) => status === 'done')),
      )
    }

    test.each([
      ['submitted', '101'],
      ['at the ringing phone of the agent', '103'],
      ['at the question for the key', '105'],
      ['at the ringing phone of the customer', '107'],
      ['in the talk', '109'],
    ])('%s: goes on under the next one, and the customer is called once', async (_, extension) => {
      const { callbacks, calls } = await floor.read(of(extension).ticketId)
      const attempts = [{ outcome: 'reached', hangupCause: 16, stage: 'ended' }]
      expect(callbacks).toMatchObject([{ status: 'done', verdict: 'kept', attempts }])
      expect(calls).toMatchObject([{ direction: 'callback', agents: [`agent${extension}`] }])
      expect(of(extension).customer.calls).toHaveLength(1)
      expect(rungFor(extension)).toBe(1)
    })

    test.each([
      ['the agent’s ringing phone declines', '104', 'agent_no_answer', null, 0],
      ['the agent hangs up instead of confirming', '106', 'abandoned_by_agent', 0, 0],
    ])(
      '%s while no service is there: a person decides',
      async (_, extension, outcome, hangupCause, rang) => {
        const { callbacks, status } = await floor.read(of(extension).ticketId)
        const attempts = [{ outcome, hangupCause }]
        expect(callbacks).toMatchObject([{ status: 'failed', verdict: 'kept', attempts }])
        expect(status).toBe('callback_due')
        expect(of(extension).customer.calls).toHaveLength(rang)
        expect(rungFor(extension)).toBe(1)
      },
    )

    test('the agent’s phone declines an order that nobody heard of: dialled again, the customer once', async () => {
      const { callbacks } = await floor.read(of('102').ticketId)
      const attempts = [{ outcome: 'not_placed' }, { outcome: 'reached' }]
      expect(callbacks).toMatchObject([{ status: 'done', verdict: 'kept', attempts }])
      expect(of('102').customer.calls).toHaveLength(1)
      expect(rungFor('102')).toBe(2)
    })

    test('the customer is busy while no service is there: called again in 5 minutes, once so far', async () => {
      const ticket = await floor.read(of('108').ticketId)
      const attempts = [{ outcome: 'busy', hangupCause: 17 }]
      expect(ticket.callbacks).toMatchObject([{ status: 'scheduled', attempts }])
      expect(minutesToRetry(ticket.callbacks[0])).toBeCloseTo(5, 1)
      expect(linesOf(ticket, 'moved').at(-1)).toMatchObject({
        fields: { action: 'callback_no_answer' },
      })
      expect(of('108').customer.calls).toHaveLength(1)
    })

    test('a talk that ends while no service is there is reached, by the PBX’s journal', async () => {
      const ticket = await floor.read(of('110').ticketId)
      const attempts = [{ outcome: 'reached' }]
      expect(ticket.callbacks).toMatchObject([{ status: 'done', verdict: 'kept', attempts }])
      expect(linesOf(ticket, 'callback_ended')).toHaveLength(1)
      expect(of('110').customer.calls).toHaveLength(1)
    })
  })
}
