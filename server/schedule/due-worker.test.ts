import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aFreshCall } from '../../test/support/a-book-call.ts'
import { createTestClock, type TestClock } from '../../test/support/clock.ts'
import { DIALECTS, openTestDatabase } from '../../test/support/database.ts'
import { storeCall } from '../../test/support/domain/a-stored-call.ts'
import { createTestIds } from '../../test/support/ids.ts'
import { silentLogger } from '../../test/support/logger.ts'
import type { Database } from '../db/transaction.ts'
import { claimDue } from './due-store.ts'
import { createDueWorker, type DueWork } from './due-worker.ts'
import { createSetAsideService } from './set-aside-service.ts'

const NO_CUSTOMER = new Error('no such customer')
const AWAY = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })

describe.each(DIALECTS)('due rows that are done on %s', (dialect) => {
  let database: Database
  let clock: TestClock
  let done: string[]

  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    clock = createTestClock()
    done = []
    for (const id of ['a', 'b', 'c']) await storeCall(database.db, id, aFreshCall())
  })
  afterEach(() => database.close())

  const workerOf = (owner: string) =>
    createDueWorker({
      database,
      clock,
      logger: silentLogger,
      owner,
      setAside: setAside(),
    })
  const setAside = () =>
    createSetAsideService({ database, clock, newId: createTestIds(), logger: silentLogger })
  const order = (change: Partial<DueWork<'call'>> = {}): DueWork<'call'> => ({
    kind: 'test',
    table: 'call',
    where: (eb) => eb('queue', 'is', null),
    limit: 10,
    leaseMs: 30_000,
    policy: { firstMs: 1000, longestMs: 60_000, mostTries: 3 },
    // What makes it no longer due, and what tells the test.
    doRow: async (trx, row) => {
      await trx.db.updateTable('call').set({ queue: 'done' }).where('id', '=', row.id).execute()
      trx.afterCommit(() => done.push(row.id))
    },
    ...change,
  })
  const breaksOn = (id: string, error: Error): Partial<DueWork<'call'>> => ({
    doRow: async (trx, row) => {
      await order().doRow(trx, row)
      if (row.id === id) throw error
    },
  })
  const row = (id: string) =>
    database.db.selectFrom('call').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const aside = async () => (await setAside().list({ limit: 10 })).items

  test('are done once each, also by two workers at once', async () => {
    const both = ['one', 'two', 'one', 'two'].map((owner) =>
      workerOf(owner).work(order({ limit: 2 }), clock.now()),
    )
    await Promise.all(both)
    // Who asked for the same rows as another got fewer than there were.
    await workerOf('two').work(order(), clock.now())
    expect(done.toSorted()).toEqual(['a', 'b', 'c'])
    expect(await row('a')).toMatchObject({ due_owner: null, due_lease_until: null })
  })

  test('that fail are rolled back, wait, and do not keep the others waiting', async () => {
    const worker = workerOf('one')
    const broken = order(breaksOn('a', NO_CUSTOMER))
    expect(await worker.work(broken, clock.now())).toEqual({ taken: 3, done: 2 })
    expect(done.toSorted()).toEqual(['b', 'c'])
    expect(await row('a')).toMatchObject({
      queue: null,
      due_tries: 1,
      due_error: 'no such customer',
    })
    expect(await worker.work(order(), clock.now())).toEqual({ taken: 0, done: 0 })
    await clock.advance(1000)
    expect(await worker.work(order(), clock.now())).toEqual({ taken: 1, done: 1 })
    expect(await row('a')).toMatchObject({ due_tries: 0, due_error: null })
    expect(await aside()).toEqual([])
  })

  test('that fail again and again are set aside, once, with the reason', async () => {
    const worker = workerOf('one')
    for (let i = 0; i < 6; i++) {
      await worker.work(order(breaksOn('a', NO_CUSTOMER)), clock.now())
      await clock.advance(60_000)
    }
    expect(await aside()).toMatchObject([
      { kind: 'test', subject: 'a', reason: 'no such customer', detail: /^tried 3 times\n/ },
    ])
  })

  test('are given back untouched when the database is in trouble, which is thrown', async () => {
    const worker = workerOf('one')
    const trouble = worker.work(order({ ...breaksOn('a', AWAY), limit: 1 }), clock.now())
    await expect(trouble).rejects.toBe(AWAY)
    expect(await row('a')).toMatchObject({ due_owner: null, due_tries: 0 })
    expect(await worker.work(order(), clock.now())).toEqual({ taken: 3, done: 3 })
  })

  test('are left alone by who was too slow: somebody else has taken them since', async () => {
    const slow = order({
      doRow: async (trx, one) => {
        await order().doRow(trx, one)
        if (one.id !== 'a') return
        await clock.advance(60_000)
        const taken = await claimDue(trx.db, {
          table: 'call',
          where: (eb) => eb('id', '=', 'b'),
          owner: 'two',
          now: clock.now(),
          leaseUntil: '2026-11-23T03:00:00.000Z',
          limit: 1,
          mostTries: 3,
        })
        expect(taken).toHaveLength(1)
      },
    })
    expect(await workerOf('one').work(slow, clock.now())).toEqual({ taken: 3, done: 2 })
    expect(done.toSorted()).toEqual(['a', 'c'])
    expect(await row('b')).toMatchObject({ queue: null, due_tries: 0, due_owner: 'two' })
  })
})
