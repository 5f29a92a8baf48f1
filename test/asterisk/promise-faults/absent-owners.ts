import { beforeAll, describe, expect, test } from 'vitest'
import type { CallbackView } from '../../../server/contract/callbacks.ts'
import type { Desk, Promised } from '../../support/promise-desks.ts'
import {
  boss,
  createWave,
  floor,
  linesOf,
  PAUSED_STAND_IN_MS,
  promise,
  STAND_IN_MS,
  told,
  untilTold,
} from './floor.ts'

/** Who keeps it now in its owner's place. */
async function heirOf(promised: Promised): Promise<Desk> {
  const owner = promised.desk.person.user.id
  const { assignee } = await floor.until(promised, (view) => view.assignee?.id !== owner)
  return floor.desk(assignee?.displayName.replace('agent', '') ?? 'none')
}

/** Whoever answers for it presses nothing: that takes its time, while others are dialled. */
export let unconfirmed: Promised

export function absentOwners(): void {
  describe('an owner whose phone is off while nobody else is there', () => {
    let promised: Promised
    let whileOff: CallbackView
    beforeAll(async () => {
      await floor.become('101', 'ready')
      promised = await promise('101')
      await floor.switchOff('101')
      await floor.shiftTo(promised, STAND_IN_MS)
      await untilTold(boss, 'promise_at_risk', promised)
      await floor.shiftTo(promised, -1000)
      whileOff = await floor.until(promised, ({ waitingFor }) => waitingFor === 'agent')
      await floor.switchOn('101')
      await floor.keep(promised)
    })

    test('is waited for, rings nobody, and the lead is told once before it is due', async () => {
      expect(whileOff).toMatchObject({ status: 'scheduled', attempts: [], verdict: null })
      expect(await told(boss, 'promise_at_risk', promised)).toBe(1)
    })

    test('is rung when the phone is back, and the promise is kept', async () => {
      const view = await floor.ledger(promised)
      const attempts = [{ outcome: 'reached', hangupCause: 16 }]
      expect(view).toMatchObject({ status: 'done', verdict: 'kept', attempts })
      expect(promised.desk.phone.calls).toHaveLength(1)
      expect(promised.customer.calls).toHaveLength(1)
    })
  })

  describe('owners who are not there five minutes before, and a service that is killed then', () => {
    const absent = ['101', '102', '103']
    const here = ['104', '105', '106']
    const { add, of } = createWave()
    /** Who keeps the promise of each absent owner. */
    const heirs = new Map<string, Desk>()
    const rung = new Map<string, number>()
    beforeAll(async () => {
      await Promise.all([...absent, ...here, '110'].map((one) => floor.become(one, 'ready')))
      unconfirmed = await promise('110')
      for (const one of absent) rung.set(one, floor.desk(one).phone.calls.length)
      await Promise.all(absent.map((one) => add(one)))
      await floor.become('101', 'paused', 'break')
      await floor.become('102', 'offline')
      await floor.switchOff('103')
      await floor.shiftTo(of('101'), STAND_IN_MS - 2000)
      for (const one of ['102', '103']) heirs.set(one, await heirOf(of(one)))
      // Whoever is on a pause is expected back until then.
      await floor.shiftTo(of('101'), PAUSED_STAND_IN_MS - 2000)
      heirs.set('101', await heirOf(of('101')))
      await floor.hotline.kill()
      await floor.hotline.start()
      await floor.shiftTo(unconfirmed, 0)
      await floor.answer(unconfirmed.desk)
      await Promise.all(absent.map((one) => floor.keep(of(one), heirs.get(one))))
      await floor.switchOn('103')
    })

    test.each([
      ['paused', '101'],
      ['signed out', '102'],
      ['without a registered phone', '103'],
    ])('%s: one of the team keeps the promise, told and recorded once', async (_, owner) => {
      const heir = heirs.get(owner)
      expect(here).toContain(heir?.extension)
      const ticket = await floor.read(of(owner).ticketId)
      expect(linesOf(ticket, 'callback_handed_over')).toMatchObject([
        { actor: null, fields: { to: `agent${heir?.extension}` } },
      ])
      expect(await told(heir?.person, 'promise_given', of(owner))).toBe(1)
      const attempts = [{ outcome: 'reached', extension: heir?.extension }]
      expect(ticket.callbacks).toMatchObject([{ status: 'done', verdict: 'kept', attempts }])
      expect(of(owner).customer.calls).toHaveLength(1)
      expect(floor.desk(owner).phone.calls).toHaveLength(rung.get(owner) ?? -1)
    })

    test('each of them has another heir', () => {
      const keepers = [...heirs.values()].map(({ extension }) => extension)
      expect(new Set(keepers)).toEqual(new Set(here))
    })
  })
}
