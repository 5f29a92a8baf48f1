import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SERVICE_DIALECTS } from '../../test/support/database.ts'
import { openPromised, type PromisedLedger } from '../../test/support/promised-ledger.ts'
import { Conflict, Forbidden, NotFound } from '../errors.ts'

for (const dialect of SERVICE_DIALECTS) {
  describe(`leaving promises to the team on ${dialect}`, () => {
    let ledger: PromisedLedger
    let other: string
    beforeEach(async () => {
      ledger = await openPromised(dialect)
      await ledger.addTicket('KN-2', { number: '0987654321' })
      other = (await ledger.service.promise(ledger.mai, 'KN-2', { note: '' })).id
    })
    afterEach(() => ledger.close())

    const keepers = async () => {
      const mine = await ledger.service.openOf('mai')
      const theirs = await ledger.service.openOf('lan')
      return { mai: mine.length, lan: theirs.length }
    }

    test('all go to who is there, both are told and each ticket says so', async () => {
      const left = await ledger.service.leave(ledger.mai, [ledger.id, other])
      expect(left.map(({ assignee }) => assignee?.id)).toEqual(['lan', 'lan'])
      expect(await keepers()).toEqual({ mai: 0, lan: 2 })
      const given = ledger.facts.filter(({ type }) => type === 'promise_handed_over')
      expect(given).toMatchObject([
        { actorId: 'mai', fromId: 'mai', toId: 'lan' },
        { actorId: 'mai', fromId: 'mai', toId: 'lan' },
      ])
      const told = ledger.notifier.of('callbackUpdated').at(-1)?.[0]
      expect(told?.toSorted()).toEqual(['lan', 'mai'])
    })

    test('to a lead on shift while nobody of the team is there', async () => {
      ledger.setReach(ledger.lan, 'unavailable', 'ready')
      const lead = await ledger.addPerson('lead', '109', 'supervisor')
      ledger.setReach(lead, null, 'offline')
      const [left] = await ledger.service.leave(ledger.mai, [ledger.id])
      expect(left?.assignee?.id).toBe('lead')
    })

    test('with nobody there everything stays with who keeps it', async () => {
      ledger.setReach(ledger.lan, 'unavailable', 'ready')
      const asked = ledger.service.leave(ledger.mai, [ledger.id, other])
      await expect(asked).rejects.toMatchObject({ errors: [{ code: 'nobody_there' }] })
      expect(await keepers()).toEqual({ mai: 2, lan: 0 })
    })

    test('all or none: what is being dialled, a colleague’s, or one that is not there', async () => {
      await ledger.dialAtDue()
      const both = [ledger.id, other]
      await expect(ledger.service.leave(ledger.mai, both)).rejects.toThrow(Conflict)
      await expect(ledger.service.leave(ledger.lan, [other])).rejects.toThrow(Forbidden)
      await expect(ledger.service.leave(ledger.mai, [other, 'x'])).rejects.toThrow(NotFound)
      expect(await keepers()).toEqual({ mai: 2, lan: 0 })
    })
  })
}
