import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DIALECTS, openTestDatabase, type TestDialect } from '../../../test/support/database.ts'
import { createPromiseLedger } from '../../../test/support/promise-ledger.ts'
import { findCallback } from '../callback-store.ts'
import {
  claimForDialing,
  claimLookups,
  giveBack,
  listOldestDue,
  lookUpSoon,
} from './due-callback-store.ts'
import { listAgreedDue, listUrgentDue, nextDueAfter } from './due-order-store.ts'
import { hasStaleLease } from './stale-lease-store.ts'

const LATER = '2026-11-23T02:02:00.000Z'

const minute = (n: number) => `2026-11-23T02:0${n}:00.000Z`

async function setUp(dialect: TestDialect) {
  const ledger = createPromiseLedger(await openTestDatabase(dialect))
  const mai = await ledger.addPerson('mai', '101')
  const lan = await ledger.addPerson('lan', '102')
  const ids: string[] = []
  for (const [index, owner] of [mai, mai, lan].entries()) {
    await ledger.addTicket(`KN-${index}`)
    const made = await ledger.service.promise(owner, `KN-${index}`, { note: '', inMinutes: index })
    ids.push(made.id)
  }
  return { ...ledger, mai, ids, db: ledger.database.db }
}

for (const dialect of DIALECTS) {
  describe(`taking due promises on ${dialect}`, () => {
    let ledger: Awaited<ReturnType<typeof setUp>>
    const claim = async (now: string, leaseUntil = LATER) => {
      const claimed = await claimForDialing(ledger.db, ledger.ids, { owner: 'us', now, leaseUntil })
      return claimed.map((callback) => callback.id).toSorted()
    }
    beforeEach(async () => {
      ledger = await setUp(dialect)
    })
    afterEach(() => ledger.database.close())

    test('takes what is due and nothing else, once', async () => {
      const [first, second] = ledger.ids
      expect(await claim(minute(1))).toEqual([first, second])
      expect(await claim(minute(1))).toEqual([])
    })

    test('takes nothing that was cancelled or moved since it was listed', async () => {
      const [first = '', second = '', third] = ledger.ids
      await ledger.service.cancel(ledger.mai, first, 'thôi')
      const dueAt = '2026-11-23T05:00:00.000Z'
      await ledger.service.reschedule(ledger.mai, second, { version: 1, dueAt })
      expect(await claim(minute(5))).toEqual([third])
      expect(await findCallback(ledger.db, first)).toMatchObject({ claim: null })
      expect(await findCallback(ledger.db, second)).toMatchObject({ claim: null })
    })

    test('lists the oldest of each agent, and none of an agent who is being rung', async () => {
      const [first = '', second, third] = ledger.ids
      const listed = async () =>
        (await listOldestDue(ledger.db, minute(5), [])).map((due) => due.id)
      expect(await listed()).toEqual([first, third])
      await claimForDialing(ledger.db, [first], { owner: 'us', now: minute(5), leaseUntil: LATER })
      expect(await listed()).toEqual([third])
      await ledger.db
        .updateTable('callback')
        .set({ status: 'done' })
        .where('id', '=', first)
        .execute()
      expect(await listed()).toEqual([second, third])
    })

    test('lists what is urgent and what was agreed beside the oldest, of agents who are free', async () => {
      const [first = '', second = '', third = ''] = ledger.ids
      const update = ledger.db.updateTable('ticket').set({ priority: 'critical' })
      await update.where('id', 'in', ['KN-1', 'KN-2']).execute()
      const agreed = ledger.db.updateTable('callback').set({ agreed: 1 })
      await agreed.where('id', 'in', [first, second]).execute()
      const urgent = async (busy: string[] = []) =>
        (await listUrgentDue(ledger.db, minute(5), busy)).map((due) => [due.id, due.priority])
      const rows = await listAgreedDue(ledger.db, minute(5), minute(0))
      expect(rows.map((due) => [due.id, due.agreed])).toEqual([[second, true]])
      expect([await urgent(), await urgent(['0912345678'])]).toEqual([
        [
          [second, 'critical'],
          [third, 'critical'],
        ],
        [],
      ])
      await claimForDialing(ledger.db, [first], { owner: 'us', now: minute(5), leaseUntil: LATER })
      expect(await urgent()).toEqual([[third, 'critical']])
    })

    test('giving back leaves the row as it was, but for what it waits for', async () => {
      const [first = ''] = ledger.ids
      const before = await findCallback(ledger.db, first)
      const taking = { owner: 'us', now: minute(0), leaseUntil: LATER }
      const claimed = await claimForDialing(ledger.db, [first], taking)
      expect(claimed).toMatchObject([
        { status: 'dialing', attempts: 1, version: 2, claim: { owner: 'us' } },
      ])
      await giveBack(ledger.db, claimed, minute(0))
      expect(await findCallback(ledger.db, first)).toEqual({ ...before, waitingFor: 'agent' })
    })

    test('the next one is due after the moment that was looked at, not at it', async () => {
      expect(await nextDueAfter(ledger.db, minute(0))).toBe(minute(1))
      expect(await nextDueAfter(ledger.db, minute(1))).toBe(minute(2))
      expect(await nextDueAfter(ledger.db, minute(2))).toBe(null)
    })

    const lookups = async (now: string, leaseUntil: string, owner = 'us') => {
      const claims = await claimLookups(ledger.db, { owner, now, leaseUntil })
      return claims.map(({ id }) => id)
    }

    test('a look-up is taken once per lease', async () => {
      const [first = ''] = ledger.ids
      await claim(minute(0), minute(1))
      expect(await lookups('2026-11-23T02:00:59.999Z', LATER)).toEqual([])
      expect(await lookups(minute(1), minute(2))).toEqual([first])
      expect(await lookups(minute(1), minute(2))).toEqual([])
      const callback = await findCallback(ledger.db, first)
      if (callback !== null) await lookUpSoon(ledger.db, callback, minute(1))
      expect(await lookups(minute(1), minute(2))).toEqual([first])
    })

    test('of two processes one takes a look-up', async () => {
      await claim(minute(4), minute(5))
      const taken = await Promise.all([
        lookups(minute(5), minute(6), 'us'),
        lookups(minute(5), minute(6), 'them'),
      ])
      expect(taken.flat().toSorted()).toEqual(ledger.ids.toSorted())
    })

    test('a row that was being dialled before leases had owners is looked up at once', async () => {
      const [first = ''] = ledger.ids
      await ledger.db
        .updateTable('callback')
        .set({ status: 'dialing', attempts: 1, lease_until: minute(9) })
        .where('id', '=', first)
        .execute()
      expect(await hasStaleLease(ledger.db, minute(0), minute(2))).toBe(true)
      expect(await lookups(minute(0), minute(1))).toEqual([first])
    })
  })
}
