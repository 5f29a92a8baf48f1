import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { storeCall } from '../../test/support/domain/a-stored-call.ts'
import { aFreshCall } from '../../test/support/a-book-call.ts'
import { DIALECTS, openTestDatabase } from '../../test/support/database.ts'
import type { Database } from '../db/transaction.ts'
import {
  claimDue,
  type ClaimOrder,
  type DueClaim,
  endOthersLeases,
  failDue,
  finishDue,
  releaseDue,
  renewLease,
} from './due-store.ts'

const NOW = '2026-11-23T02:00:00.000Z'
const LATER = '2026-11-23T02:00:30.000Z'
const MUCH_LATER = '2026-11-23T03:00:00.000Z'
const POLICY = { firstMs: 1000, longestMs: 60_000, mostTries: 3 }

for (const dialect of DIALECTS) {
  describe(`rows that fall due on ${dialect}`, () => {
    let database: Database
    beforeEach(async () => {
      database = await openTestDatabase(dialect)
      for (const id of ['a', 'b', 'c']) await storeCall(database.db, id, aFreshCall())
    })
    afterEach(() => database.close())

    const claim = (order: Partial<ClaimOrder<'call'>> = {}) =>
      database.transaction(({ db }) =>
        claimDue(db, {
          table: 'call',
          where: (eb) => eb('ticket_id', 'is', null),
          owner: 'one',
          now: NOW,
          leaseUntil: LATER,
          limit: 10,
          mostTries: POLICY.mostTries,
          ...order,
        }),
      )
    const only = async (order: Partial<ClaimOrder<'call'>> = {}): Promise<DueClaim> => {
      const [first] = await claim({ where: (eb) => eb('id', '=', 'a'), ...order })
      if (first === undefined) throw new Error('nothing was claimed')
      return first.claim
    }
    const fail = (of: DueClaim, tries: number, now = NOW) =>
      failDue(database.db, of, { tries, error: 'busy', now, policy: POLICY })
    const columns = (id: string) =>
      database.db
        .selectFrom('call')
        .select(['due_owner', 'due_fence', 'due_tries', 'due_error', 'due_retry_at'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow()

    test('are taken by one: the second asks in vain until the lease runs out', async () => {
      expect(ids(await claim())).toEqual(['a', 'b', 'c'])
      expect(await claim({ owner: 'two' })).toEqual([])
      expect(ids(await claim({ owner: 'two', now: LATER, leaseUntil: MUCH_LATER }))).toEqual([
        'a',
        'b',
        'c',
      ])
    })

    test('come the oldest first, in whatever order the database has them', async () => {
      for (const id of ['b', 'a', 'c']) {
        const at = `2026-11-23T01:0${'cab'.indexOf(id)}:00.000Z`
        await database.db.updateTable('call').set({ entered_at: at }).where('id', '=', id).execute()
      }
      const taken = await claim({ orderBy: 'entered_at' })
      expect(taken.map(({ claim: { id } }) => id)).toEqual(['c', 'a', 'b'])
    })

    test('come whole, the oldest by the named column first, no more than asked for', async () => {
      const newer = aFreshCall({ enteredAt: '2026-11-23T01:59:00.000Z' })
      await storeCall(database.db, '0', newer)
      await database.db
        .updateTable('call')
        .set({ entered_at: '2026-11-23T01:00:00.000Z' })
        .where('id', '=', 'c')
        .execute()
      const [first, ...rest] = await claim({ limit: 1, orderBy: 'entered_at' })
      expect(rest).toEqual([])
      expect(first?.row).toMatchObject({ id: 'c', direction: 'inbound', due_owner: 'one' })
    })

    test('that two owners ask for at once are had by one each', async () => {
      for (let i = 0; i < 20; i++) await storeCall(database.db, `n${i}`, aFreshCall())
      const asked = Array.from({ length: 12 }, (_, i) =>
        claim({ owner: i % 2 === 0 ? 'one' : 'two', limit: 4 }),
      )
      const had = (await Promise.all(asked)).flatMap(ids)
      expect(new Set(had).size).toBe(had.length)
      for (const { claim: of } of (await Promise.all(asked)).flat()) {
        expect(await finishDue(database.db, of)).toBe(true)
      }
    })

    test('whose condition does not hold are left alone', async () => {
      expect(ids(await claim({ where: (eb) => eb('id', '<>', 'b') }))).toEqual(['a', 'c'])
    })

    test('cannot be finished, failed, kept or given back by an owner whom another followed', async () => {
      const lost = await only()
      const held = await only({ owner: 'two', now: LATER, leaseUntil: MUCH_LATER })
      expect(held.fence).toBe(lost.fence + 1)
      expect(await finishDue(database.db, lost)).toBe(false)
      expect(await releaseDue(database.db, lost)).toBe(false)
      expect(await renewLease(database.db, lost, MUCH_LATER)).toBe(false)
      expect(await fail(lost, 0)).toEqual({ kind: 'lost' })
      expect(await columns('a')).toMatchObject({ due_owner: 'two', due_tries: 0, due_error: null })
      expect(await finishDue(database.db, held)).toBe(true)
    })

    test('cannot be finished by an earlier taking of the same owner either', async () => {
      const earlier = await only()
      await only({ now: LATER, leaseUntil: MUCH_LATER })
      expect(await finishDue(database.db, earlier)).toBe(false)
    })

    test('that were finished or given back are written no more by who had them', async () => {
      const done = await only()
      expect(await finishDue(database.db, done)).toBe(true)
      expect(await finishDue(database.db, done)).toBe(false)
      expect(await renewLease(database.db, done, MUCH_LATER)).toBe(false)
      expect(await fail(done, 0)).toEqual({ kind: 'lost' })
      const given = await only()
      expect(await releaseDue(database.db, given)).toBe(true)
      expect(await releaseDue(database.db, given)).toBe(false)
      expect(await columns('a')).toMatchObject({ due_owner: null, due_tries: 0, due_error: null })
    })

    test('are kept longer when the lease is moved', async () => {
      const kept = await only()
      await renewLease(database.db, kept, MUCH_LATER)
      expect(await claim({ where: (eb) => eb('id', '=', 'a'), owner: 'two', now: LATER })).toEqual(
        [],
      )
    })

    test('that were given back are due at once, with their tries', async () => {
      await fail(await only(), 1)
      const again = await only({ now: LATER, leaseUntil: MUCH_LATER })
      await releaseDue(database.db, again)
      expect((await only({ owner: 'two', now: LATER })).fence).toBe(again.fence + 1)
      expect(await columns('a')).toMatchObject({ due_tries: 2 })
    })

    test('that failed wait longer each time, and are set aside after the last try', async () => {
      expect(await fail(await only(), 0)).toEqual({
        kind: 'again',
        tries: 1,
        retryAt: '2026-11-23T02:00:01.000Z',
      })
      expect(ids(await claim())).toEqual(['b', 'c'])
      const second = await only({ now: LATER, leaseUntil: MUCH_LATER })
      expect(await fail(second, 1, LATER)).toMatchObject({ retryAt: '2026-11-23T02:00:32.000Z' })
      const third = await only({ now: MUCH_LATER, leaseUntil: MUCH_LATER })
      expect(await fail(third, 2, MUCH_LATER)).toEqual({ kind: 'set_aside', tries: 3 })
      expect(await columns('a')).toMatchObject({
        due_tries: 3,
        due_error: 'busy',
        due_retry_at: null,
      })
      expect(await claim({ where: (eb) => eb('id', '=', 'a'), now: MUCH_LATER })).toEqual([])
    })

    test('that were done after a failure start with no failure behind them', async () => {
      await fail(await only(), 1)
      await finishDue(database.db, await only({ now: LATER, leaseUntil: MUCH_LATER }))
      expect(await columns('a')).toEqual({
        due_owner: null,
        due_fence: 2,
        due_tries: 0,
        due_error: null,
        due_retry_at: null,
      })
    })

    test('of a dead process can be had at once by one that is alone', async () => {
      await only({ owner: 'dead' })
      const own = await claim({ where: (eb) => eb('id', '=', 'b') })
      await endOthersLeases(database.db, { table: 'call', owner: 'one', now: NOW })
      expect(ids(await claim())).toEqual(['a', 'c'])
      expect(ids(own)).toEqual(['b'])
    })
  })
}

function ids(claimed: { claim: DueClaim }[]): string[] {
  return claimed.map((one) => one.claim.id).toSorted()
}
