import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SERVICE_DIALECTS } from '../../test/support/database.ts'
import { openPromised, type PromisedLedger } from '../../test/support/promised-ledger.ts'

const plain = { note: '' }

for (const dialect of SERVICE_DIALECTS) {
  describe(`"dial now" on ${dialect}`, () => {
    let ledger: PromisedLedger
    const askWhileBusy = async () => {
      ledger.setReach(ledger.mai, 'in_call', 'ready')
      await ledger.service.dialNow(ledger.mai, ledger.id)
      await ledger.tick()
      expect(ledger.orders()).toEqual([])
    }

    beforeEach(async () => {
      ledger = await openPromised(dialect)
    })
    afterEach(() => ledger.close())

    test('waits for a busy phone and then rings it, also at the start of a break', async () => {
      await askWhileBusy()
      ledger.setReach(ledger.mai, 'paused', 'paused', 'lunch')
      await ledger.clock.advance(5 * 60_000 - 1)
      await ledger.tick()
      expect(ledger.orders()).toHaveLength(1)
    })

    test('is forgotten after five minutes: a pause is a pause again', async () => {
      await askWhileBusy()
      ledger.setReach(ledger.mai, 'paused', 'paused', 'lunch')
      await ledger.clock.advance(5 * 60_000)
      await ledger.tick()
      expect(ledger.orders()).toEqual([])
    })

    test('does not ring the desk of somebody who went home', async () => {
      await askWhileBusy()
      ledger.setReach(ledger.mai, 'unavailable', 'offline')
      await ledger.clock.advance(12 * 3_600_000)
      await ledger.tick()
      expect(ledger.orders()).toEqual([])
    })

    test('ends when the promise is moved', async () => {
      await askWhileBusy()
      ledger.setReach(ledger.mai, 'paused', 'paused', 'lunch')
      const asked = await ledger.view()
      const dueAt = '2026-11-23T02:01:00.000Z'
      await ledger.service.reschedule(ledger.mai, ledger.id, {
        version: asked?.version ?? 0,
        dueAt,
      })
      await ledger.clock.advance(60_000)
      await ledger.tick()
      expect(ledger.orders()).toEqual([])
    })

    test('is a mark on the row: a service that starts again knows of it', async () => {
      await askWhileBusy()
      const restarted = ledger.openBeside('second')
      restarted.setReach(ledger.mai, 'paused', 'paused', 'lunch')
      await restarted.tick()
      expect(ledger.orders()).toHaveLength(1)
    })

    test('by somebody else makes it due, and the assignee’s break stays a break', async () => {
      const chief = await ledger.addPerson('chief', null, 'supervisor')
      ledger.setReach(ledger.mai, 'paused', 'paused', 'lunch')
      await ledger.service.dialNow(chief, ledger.id)
      await ledger.tick()
      expect(ledger.orders()).toEqual([])
      ledger.setReach(ledger.mai, 'ready', 'ready')
      await ledger.tick()
      expect(ledger.orders()).toHaveLength(1)
    })

    test('goes before an older promise of the same agent', async () => {
      await ledger.addTicket('KN-2', { number: '0987654321' })
      await ledger.service.promise(ledger.mai, 'KN-2', { ...plain, inMinutes: 0 })
      await ledger.clock.advance(60_000)
      await ledger.service.dialNow(ledger.mai, ledger.id)
      await ledger.clock.advance(1000)
      await ledger.tick()
      expect(ledger.orders().map((order) => order.number)).toEqual(['0912345678'])
    })

    test('while another promise has the phone nothing is taken or written', async () => {
      ledger.setReach(ledger.mai, null, 'offline')
      await ledger.addTicket('KN-2', { number: '0987654321' })
      const second = await ledger.service.promise(ledger.mai, 'KN-2', plain)
      await ledger.service.dialNow(ledger.mai, ledger.id)
      await ledger.tick()
      const shown = await ledger.service.dialNow(ledger.mai, second.id)
      await ledger.tick()
      const read = () =>
        ledger.database.db
          .selectFrom('callback')
          .selectAll()
          .where('id', '=', second.id)
          .executeTakeFirst()
      const before = await read()
      expect(before).toMatchObject({ attempts: 0, due_fence: 0, version: shown.version })
      for (let seconds = 0; seconds < 20; seconds++) {
        await ledger.clock.advance(1000)
        await ledger.tick()
      }
      expect(await read()).toEqual(before)
      expect(ledger.orders()).toHaveLength(1)
    })

    test('by one phone under two names: an attempt of one holds back the other', async () => {
      const twin = { ...(await ledger.addPerson('twin', null)), extension: '101' }
      ledger.setReach(twin, null, 'offline')
      ledger.setReach(ledger.mai, null, 'offline')
      await ledger.addTicket('KN-2')
      const theirs = await ledger.service.promise(twin, 'KN-2', plain)
      await ledger.service.dialNow(ledger.mai, ledger.id)
      await ledger.tick()
      await ledger.service.dialNow(twin, theirs.id)
      await ledger.tick()
      const row = await ledger.database.db
        .selectFrom('callback')
        .select(['attempts', 'due_fence'])
        .where('id', '=', theirs.id)
        .executeTakeFirst()
      expect(row).toEqual({ attempts: 0, due_fence: 0 })
      expect(ledger.orders()).toHaveLength(1)
    })
  })
}
