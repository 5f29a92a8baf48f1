import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SERVICE_DIALECTS } from '../../test/support/database.ts'
import { HALF_HOUR, openPromised, type PromisedLedger } from '../../test/support/promised-ledger.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const plain = { note: '' }
/** Far from the hour at which the driven clock begins, 08:00 in Vietnam. */
const EVENING = { from: '18:00', to: '21:00' }
const HALF_PAST_EIGHT = '2026-11-23T01:30:00.000Z'
const SIX = '2026-11-23T11:00:00.000Z'

for (const dialect of SERVICE_DIALECTS) {
  describe(`what the dialler keeps to on ${dialect}`, () => {
    let ledger: PromisedLedger
    const waiting = async () => (await ledger.view())?.waitingFor
    const dialled = () => ledger.orders().map(({ number }) => number)
    afterEach(() => ledger.close())

    describe('the hours in which customers are called', () => {
      beforeEach(async () => {
        ledger = await openPromised(dialect, { hours: EVENING })
      })

      test('move a promise that would fall due before them to their beginning', async () => {
        expect(await ledger.view()).toMatchObject({ dueAt: SIX, promisedFor: SIX })
        await ledger.dialAtDue()
        expect(dialled()).toEqual([])
        await ledger.clock.advance(8 * HOUR + HALF_HOUR)
        await ledger.tick()
        expect(dialled()).toEqual(['0912345678'])
      })

      test('move one that is given such a time, too', async () => {
        const asked = { version: 1, dueAt: '2026-11-23T14:30:00.000Z' }
        const moved = await ledger.service.reschedule(ledger.mai, ledger.id, asked)
        expect(moved).toMatchObject({ dueAt: '2026-11-24T11:00:00.000Z' })
      })

      test('end with what was not dialled in them, and it says so', async () => {
        ledger.setReach(ledger.mai, null, 'offline')
        await ledger.clock.advance(12 * HOUR)
        await ledger.tick()
        ledger.setReach(ledger.mai, 'ready', 'ready')
        await ledger.tick()
        expect([dialled(), await waiting()]).toEqual([[], 'hours'])
        await ledger.clock.advance(21 * HOUR)
        await ledger.tick()
        expect(dialled()).toEqual(['0912345678'])
      })

      test('do not bind the moment that was agreed with the customer', async () => {
        const dueAt = '2026-11-23T02:30:00.000Z'
        const asked = { version: 1, dueAt, agreed: true }
        const moved = await ledger.service.reschedule(ledger.mai, ledger.id, asked)
        expect(moved).toMatchObject({ dueAt, agreed: true })
        await ledger.addTicket('KN-2', { number: '0987654321' })
        const other = { ...plain, inMinutes: 20, agreed: true }
        const made = await ledger.service.promise(ledger.lan, 'KN-2', other)
        expect(made).toMatchObject({ dueAt: '2026-11-23T02:20:00.000Z', agreed: true })
        // Another one of hers waits for the hours since before.
        await ledger.addTicket('KN-3', { number: '0977777777' })
        const { id } = await ledger.service.promise(ledger.mai, 'KN-3', plain)
        const earlier = ledger.database.db.updateTable('callback').set({ due_at: HALF_PAST_EIGHT })
        await earlier.where('id', '=', id).execute()
        await ledger.dialAtDue()
        expect(dialled().toSorted()).toEqual(['0912345678', '0987654321'])
      })

      test('an agent who presses "dial now" decides for themselves', async () => {
        await ledger.service.dialNow(ledger.mai, ledger.id)
        await ledger.tick()
        expect(dialled()).toEqual(['0912345678'])
      })
    })

    describe('retries', () => {
      beforeEach(async () => {
        ledger = await openPromised(dialect, { retries: 2 })
      })

      // oxlint-disable-next-line consistent-function-scoping -- reads best beside its tests
      const miss = async () => {
        await ledger.tick()
        const answered = { agentAnsweredAt: ledger.clock.now(), customerUniqueid: 'trunk#2' }
        await ledger.hear('ended', { ...answered, dialStatus: 'NOANSWER', customerCause: 19 })
      }

      test('a customer who does not answer is tried twice more, then a person decides', async () => {
        await ledger.clock.advance(HALF_HOUR)
        await miss()
        expect(await ledger.view()).toMatchObject({ status: 'scheduled' })
        await ledger.tick()
        expect(dialled()).toHaveLength(1)
        await ledger.clock.advance(15 * MINUTE)
        await miss()
        await ledger.clock.advance(15 * MINUTE)
        await ledger.tick()
        expect(dialled()).toHaveLength(2)
        await ledger.clock.advance(45 * MINUTE)
        await miss()
        await ledger.clock.advance(HOUR)
        await ledger.tick()
        expect(dialled()).toHaveLength(3)
        expect(await ledger.view()).toMatchObject({ status: 'failed' })
      })
    })

    test('the promise of a critical ticket is dialled before one that is twenty minutes older', async () => {
      ledger = await openPromised(dialect)
      await ledger.addTicket('KN-2', { number: '0987654321' })
      await ledger.service.promise(ledger.mai, 'KN-2', { ...plain, inMinutes: 50 })
      const critical = ledger.database.db.updateTable('ticket').set({ priority: 'critical' })
      await critical.where('id', '=', 'KN-2').execute()
      await ledger.clock.advance(50 * MINUTE)
      await ledger.tick()
      expect(dialled()).toEqual(['0987654321'])
    })

    test('a promise that the clock comes to two days late is its person’s to decide, who may dial it', async () => {
      ledger = await openPromised(dialect)
      ledger.setReach(ledger.mai, null, 'offline')
      await ledger.clock.advance(HALF_HOUR + 48 * HOUR - 1)
      await ledger.tick()
      expect(await ledger.view()).toMatchObject({ status: 'scheduled' })
      await ledger.clock.advance(1)
      await ledger.tick()
      expect(await ledger.view()).toMatchObject({ status: 'failed', attempts: [] })
      await ledger.service.dialNow(ledger.mai, ledger.id)
      await ledger.tick()
      expect(dialled()).toEqual(['0912345678'])
    })

    describe('the customer', () => {
      beforeEach(async () => {
        ledger = await openPromised(dialect)
      })

      test('is not dialled while they talk to us or wait, but right after it', async () => {
        ledger.onLine.add('+84912345678')
        await ledger.dialAtDue()
        expect([dialled(), await waiting()]).toEqual([[], 'customer'])
        ledger.onLine.clear()
        await ledger.tick()
        expect(dialled()).toEqual(['0912345678'])
      })

      test('who is on the line keeps no other customer of the agent waiting', async () => {
        await ledger.addTicket('KN-2', { number: '0987654321' })
        await ledger.service.promise(ledger.mai, 'KN-2', plain)
        ledger.onLine.add('0912345678')
        await ledger.dialAtDue()
        expect(dialled()).toEqual(['0987654321'])
      })

      test('who is promised two calls is dialled for one at a time', async () => {
        await ledger.addTicket('KN-2')
        await ledger.service.promise(ledger.lan, 'KN-2', plain)
        await ledger.dialAtDue()
        await ledger.tick()
        expect(ledger.orders().map(({ extension }) => extension)).toEqual(['101'])
        const [second] = await ledger.service.ofTicket('KN-2')
        expect(second?.waitingFor).toBe('customer')
        await ledger.hear('ended', { agentCause: 19 })
        await ledger.tick()
        expect(ledger.orders().map(({ extension }) => extension)).toEqual(['101', '102'])
      })
    })

    describe('a dialplan that is too old', () => {
      beforeEach(async () => {
        ledger = await openPromised(dialect)
        ledger.telephony.tooOld.add('pbx1')
      })

      test('dials no promise, and the promise says so', async () => {
        await ledger.dialAtDue()
        expect([dialled(), await waiting()]).toEqual([[], 'dialplan'])
        ledger.telephony.tooOld.clear()
        await ledger.tick()
        expect(dialled()).toEqual(['0912345678'])
      })

      test('is named to the agent who presses "dial now"', async () => {
        await expect(ledger.service.dialNow(ledger.mai, ledger.id)).rejects.toThrow(/dialplan/)
      })
    })

    describe('a PBX that crashed', () => {
      beforeEach(async () => {
        ledger = await openPromised(dialect)
        await ledger.dialAtDue()
      })

      test.each(['agent_ringing', 'agent_answered', 'customer_ringing'] as const)(
        'while %s is nobody’s "no answer", and the promise is tried again two minutes later',
        async (stage) => {
          await ledger.hear(stage)
          await ledger.clock.advance(1_000)
          await ledger.hear('ended', {}, undefined, false)
          ledger.telephony.booted.set('pbx1', ledger.clock.now())
          await ledger.clock.advance(5_000)
          await ledger.tick()
          await ledger.tick()
          expect(dialled()).toHaveLength(1)
          await ledger.clock.advance(2 * MINUTE)
          expect((await ledger.view())?.attempts[0]).toMatchObject({ outcome: 'pbx_lost' })
          await ledger.tick()
          expect(dialled()).toHaveLength(2)
        },
      )
    })
  })
}
