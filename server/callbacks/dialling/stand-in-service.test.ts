import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { HOUSE_DIALECTS } from '../../../test/support/database.ts'
import {
  HALF_HOUR,
  openPromised,
  type PromisedLedger,
} from '../../../test/support/promised-ledger.ts'

const FIVE_MINUTES = 5 * 60_000
const TWO_MINUTES = 2 * 60_000

for (const dialect of HOUSE_DIALECTS) {
  describe(`a promise whose owner is not there, on ${dialect}`, () => {
    let ledger: PromisedLedger
    beforeEach(async () => {
      ledger = await openPromised(dialect)
    })
    afterEach(() => ledger.close())

    async function lookFiveMinutesBefore(): Promise<void> {
      await ledger.clock.advance(HALF_HOUR - FIVE_MINUTES)
      await ledger.feature.guard.run()
    }
    const owner = async () => (await ledger.view())?.assignee?.id
    const told = (type: string) => ledger.facts.filter((fact) => fact.type === type)

    test.each([
      ['signed out', 'ready', 'offline', null],
      ['on a pause, its phone is off', 'unavailable', 'paused', 'break'],
      ['without a registered phone', 'unavailable', 'ready', null],
      ['with a phone that is in no queue', null, 'ready', null],
    ] as const)(
      'is given to who is there: its owner is %s',
      async (_how, device, state, reason) => {
        ledger.setReach(ledger.mai, device, state, reason)
        await lookFiveMinutesBefore()
        expect(await owner()).toBe('lan')
        await ledger.feature.guard.run()
        expect(told('promise_handed_over')).toMatchObject([
          { actorId: null, fromId: 'mai', toId: 'lan' },
        ])
        await ledger.clock.advance(FIVE_MINUTES)
        await ledger.tick()
        expect(ledger.orders()).toMatchObject([{ extension: '102' }])
      },
    )

    test.each([
      ['talks', 'in_call', 'ready', null],
      ['works through promises', 'ready', 'paused', 'back_office'],
    ] as const)('stays with an owner who %s', async (_how, device, state, reason) => {
      ledger.setReach(ledger.mai, device, state, reason)
      await lookFiveMinutesBefore()
      expect(await owner()).toBe('mai')
    })

    test('stays with an owner on a pause until two minutes before, and nobody is told of it', async () => {
      ledger.setReach(ledger.mai, 'ready', 'paused', 'break')
      ledger.setReach(ledger.lan, 'ready', 'offline')
      await lookFiveMinutesBefore()
      await ledger.clock.advance(FIVE_MINUTES - TWO_MINUTES - 1)
      await ledger.feature.guard.run()
      expect([await owner(), told('promise_at_risk')]).toEqual(['mai', []])
      await ledger.clock.advance(1)
      await ledger.feature.guard.run()
      expect(told('promise_at_risk')).toHaveLength(1)
      ledger.setReach(ledger.lan, 'ready', 'ready')
      await ledger.feature.guard.run()
      expect(await owner()).toBe('lan')
    })

    test('is not touched sooner than five minutes before', async () => {
      ledger.setReach(ledger.mai, 'ready', 'offline')
      await ledger.clock.advance(HALF_HOUR - FIVE_MINUTES - 1)
      await ledger.feature.guard.run()
      expect(await owner()).toBe('mai')
    })

    test('is left alone once it is overdue and nobody is there, until somebody is', async () => {
      for (const one of [ledger.mai, ledger.lan]) ledger.setReach(one, 'ready', 'offline')
      await lookFiveMinutesBefore()
      await ledger.clock.advance(2 * FIVE_MINUTES)
      await ledger.feature.guard.run()
      expect(told('promise_at_risk')).toHaveLength(1)
      ledger.setReach(ledger.lan, 'ready', 'ready')
      await ledger.feature.guard.run()
      expect(await owner()).toBe('lan')
    })

    test('goes to a lead when nobody of the team is there, else is said to be at risk', async () => {
      for (const one of [ledger.mai, ledger.lan]) ledger.setReach(one, 'ready', 'offline')
      await lookFiveMinutesBefore()
      expect(await owner()).toBe('mai')
      expect(told('promise_at_risk')).toMatchObject([
        { promiseId: ledger.id, dueAt: '2026-11-23T02:30:00.000Z', team: 'cskh' },
      ])
      await ledger.addPerson('lead', '103', 'supervisor')
      await ledger.feature.guard.run()
      expect(await owner()).toBe('lead')
    })

    test('stays while no PBX is connected: nobody can be seen', async () => {
      ledger.setReach(ledger.mai, null, 'ready')
      ledger.telephony.setLink('pbx1', 'closed')
      await lookFiveMinutesBefore()
      expect(await owner()).toBe('mai')
      expect(told('promise_at_risk')).toEqual([])
    })

    test('that is being dialled stays with whose phone rings', async () => {
      await ledger.dialAtDue()
      ledger.setReach(ledger.mai, 'ready', 'offline')
      await ledger.feature.guard.run()
      expect(await owner()).toBe('mai')
    })
  })
}
