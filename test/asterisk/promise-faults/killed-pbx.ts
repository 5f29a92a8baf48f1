import { beforeAll, describe, expect, test } from 'vitest'
import type { CallbackView } from '../../../server/contract/callbacks.ts'
import {
  asked,
  createWave,
  customerRinging,
  EXTENSIONS,
  floor,
  linesOf,
  MINUTE_MS,
  minutesToRetry,
  ringing,
  takeTime,
  talking,
} from './floor.ts'

export function killedPbx(): void {
  describe('a PBX that is killed between the legs', () => {
    const { add, of, all } = createWave()
    const lost = new Map<string, CallbackView>()
    beforeAll(async () => {
      await takeTime()
      await Promise.all(EXTENSIONS.map((one) => floor.become(one, 'ready')))
      for (const extension of ['101', '102', '103', '104']) await add(extension)
      await floor.shiftTo(of('104'), 0)
      const stages = { 101: customerRinging, 102: asked, 103: ringing, 104: talking }
      const calls = await Promise.all(
        Object.entries(stages).map(([extension, come]) => come(of(extension))),
      )
      await floor.lab.killPbx()
      for (const { agent, customer } of calls) for (const leg of [agent, customer]) leg?.lost()
      await floor.lab.boot()
      await Promise.all(all().map(({ desk }) => floor.switchOn(desk.extension)))
      for (const extension of ['101', '102', '103']) {
        lost.set(extension, await floor.until(of(extension), ({ status }) => status !== 'dialing'))
      }
      await floor.until(of('104'), ({ status }) => status === 'done')
      await floor.hotline.ready()
      await floor.hotline.shift(2 * MINUTE_MS)
      await Promise.all(['101', '102', '103'].map((one) => floor.keep(of(one))))
    })

    test.each([
      ['the customer’s telephone rang', '101', 2],
      ['the agent was asked for the key', '102', 1],
      ['the agent’s phone rang', '103', 1],
    ])('while %s: tried again after 2 minutes, and kept', async (_, extension, rang) => {
      expect(lost.get(extension)).toMatchObject({
        status: 'scheduled',
        verdict: 'kept',
        attempts: [{ outcome: 'pbx_lost', hangupCause: null }],
      })
      expect(minutesToRetry(lost.get(extension))).toBe(2)
      const ticket = await floor.read(of(extension).ticketId)
      const attempts = [{ outcome: 'pbx_lost' }, { outcome: 'reached' }]
      expect(ticket.callbacks).toMatchObject([{ status: 'done', attempts }])
      expect(linesOf(ticket, 'moved').at(-1)).toMatchObject({ fields: { action: 'save_guidance' } })
      expect(of(extension).customer.calls).toHaveLength(rang)
    })

    test('while both talked: the customer was reached and is not called again', async () => {
      const { callbacks } = await floor.read(of('104').ticketId)
      expect(callbacks).toMatchObject([{ status: 'done', attempts: [{ outcome: 'reached' }] }])
      expect(of('104').customer.calls).toHaveLength(1)
    })
  })
}
