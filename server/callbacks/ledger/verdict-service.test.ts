import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SERVICE_DIALECTS } from '../../../test/support/database.ts'
import { openPromised, type PromisedLedger } from '../../../test/support/promised-ledger.ts'

const HOURS = { from: '07:00', to: '21:30' }
/** 21:30 in Vietnam. */
const EVENING = '2026-11-23T14:30:00.000Z'

for (const dialect of SERVICE_DIALECTS) {
  describe(`the verdicts of promises on ${dialect}`, () => {
    let ledger: PromisedLedger
    const verdict = async () => (await ledger.view())?.verdict
    beforeEach(async () => {
      ledger = await openPromised(dialect, { hours: HOURS })
    })
    afterEach(() => ledger.close())

    test('a promise that is dialled at its moment is kept, whoever picks up', async () => {
      await ledger.dialAtDue()
      expect(await verdict()).toBe(null)
      await ledger.hear('ended', { agentCause: 19 })
      expect(await ledger.view()).toMatchObject({
        status: 'failed',
        verdict: 'kept',
        firstAttemptAt: '2026-11-23T02:30:00.000Z',
      })
    })

    test('a promise that nobody could keep is broken when the hours are over, and said so', async () => {
      ledger.setReach(ledger.mai, 'in_call', 'ready')
      ledger.clock.set('2026-11-23T14:29:59.999Z')
      await ledger.tick()
      expect(await verdict()).toBe(null)
      await ledger.clock.advance(1)
      await ledger.tick()
      expect(ledger.clock.now()).toBe(EVENING)
      expect(await verdict()).toBe('broken')
      const told = ledger.notifier.of('callbackUpdated').at(-1)
      expect(told).toMatchObject([['mai'], { id: ledger.id, verdict: 'broken' }])
    })

    test('what is being dialled at that moment waits for its attempt', async () => {
      ledger.clock.set('2026-11-23T14:29:59.000Z')
      await ledger.tick()
      expect(await ledger.view()).toMatchObject({ status: 'dialing' })
      await ledger.clock.advance(2000)
      await ledger.tick()
      expect(await verdict()).toBe(null)
      await ledger.hear('ended', { agentCause: 19 })
      expect(await verdict()).toBe('late')
    })

    test('a person’s word on an attempt that nobody saw makes the promise kept', async () => {
      await ledger.dialAtDue()
      await ledger.hear('ended', { agentCause: 20, originateFailed: true })
      ledger.setReach(ledger.mai, 'in_call', 'ready')
      ledger.clock.set(EVENING)
      await ledger.tick()
      const broken = await ledger.view()
      expect(broken).toMatchObject({ verdict: 'broken', attempts: [{ outcome: 'not_placed' }] })
      const word = { version: broken?.version ?? 0, outcome: 'reached' as const, note: '' }
      await ledger.service.giveOutcome(ledger.mai, ledger.id, word)
      expect(await ledger.view()).toMatchObject({ status: 'done', verdict: 'kept' })
    })

    test('moved before its moment it is another promise, afterwards it is the same one, late', async () => {
      const move = async (dueAt: string) => {
        const version = (await ledger.view())?.version ?? 0
        return ledger.service.reschedule(ledger.mai, ledger.id, { version, dueAt })
      }
      const earlier = await move('2026-11-23T03:00:00.000Z')
      expect(earlier.promisedFor).toBe('2026-11-23T03:00:00.000Z')
      ledger.setReach(ledger.mai, 'in_call', 'ready')
      ledger.clock.set('2026-11-23T03:00:01.000Z')
      const later = await move('2026-11-23T04:00:00.000Z')
      expect(later).toMatchObject({
        promisedFor: earlier.promisedFor,
        dueAt: '2026-11-23T04:00:00.000Z',
      })
    })
  })
}
