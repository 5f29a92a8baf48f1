import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DIALECTS, openEmptyTestDatabase, openTestDatabase } from '../../test/support/database.ts'
import { isUniqueViolation } from './database.ts'
import type { Database, Trx } from './transaction.ts'

function setCounter(db: Trx['db'], name: string, value: number) {
  return db.insertInto('counter').values({ name, value }).execute()
}

/** Leaves a column out that must not be null. */
function setNothing(db: Trx['db']) {
  return sql`insert into setting (key) values ('a')`.execute(db)
}

for (const dialect of DIALECTS) {
  describe(`database on ${dialect}`, () => {
    let database: Database
    beforeEach(async () => {
      database = await openTestDatabase(dialect)
    })
    afterEach(() => database.close())

    const counters = () => database.db.selectFrom('counter').selectAll().orderBy('name').execute()

    it('keeps what a transaction wrote and runs its tasks in order after the commit', async () => {
      const seen: string[] = []
      const result = await database.transaction(async (trx) => {
        trx.afterCommit(() => seen.push('first'))
        await setCounter(trx.db, 'a', 1)
        trx.afterCommit(() => seen.push('second'))
        seen.push('work')
        return 7
      })
      expect(result).toBe(7)
      expect(seen).toEqual(['work', 'first', 'second'])
      expect(await counters()).toEqual([{ name: 'a', value: 1 }])
    })

    it('rolls everything back and runs no task when the work throws', async () => {
      const seen: string[] = []
      const failed = database.transaction(async (trx) => {
        trx.afterCommit(() => seen.push('never'))
        await setCounter(trx.db, 'a', 1)
        throw new Error('no')
      })
      await expect(failed).rejects.toThrow('no')
      expect(seen).toEqual([])
      expect(await counters()).toEqual([])
    })

    it('does not let a read outside wait for an open transaction or see into it', async () => {
      await database.transaction(async (trx) => {
        await setCounter(trx.db, 'a', 1)
        expect(await counters()).toEqual([])
      })
      expect(await counters()).toHaveLength(1)
    })

    it('keeps two transactions apart', async () => {
      await setCounter(database.db, 'n', 0)
      const add = () =>
        database.transaction(async (trx) => {
          await trx.db
            .updateTable('counter')
            .set((eb) => ({ value: eb('value', '+', 1) }))
            .where('name', '=', 'n')
            .execute()
          await new Promise((resolve) => setImmediate(resolve))
        })
      await Promise.all([add(), add(), add()])
      expect(await counters()).toEqual([{ name: 'n', value: 3 }])
    })

    it('goes on after a failed transaction', async () => {
      await expect(database.transaction((trx) => setNothing(trx.db))).rejects.toThrow(/null/i)
      await database.transaction((trx) => setCounter(trx.db, 'a', 1))
      expect(await counters()).toHaveLength(1)
    })

    it('tells a broken unique rule from other errors', async () => {
      await setCounter(database.db, 'a', 1)
      const again = await setCounter(database.db, 'a', 2).catch((error: unknown) => error)
      expect(isUniqueViolation(again)).toBe(true)
      const other = await setNothing(database.db).catch((error: unknown) => error)
      expect(other).toBeInstanceOf(Error)
      expect(isUniqueViolation(other)).toBe(false)
      expect(isUniqueViolation(new Error('x'))).toBe(false)
    })

    it('counts in numbers', async () => {
      await setCounter(database.db, 'a', 1)
      const row = await database.db
        .selectFrom('counter')
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      expect(row.n).toBe(1)
    })

    it('refuses a query that outlives its transaction', async () => {
      let kept: Trx['db'] | undefined
      await database.transaction(async (trx) => {
        kept = trx.db
      })
      await expect(kept?.selectFrom('counter').selectAll().execute()).rejects.toThrow(
        /transaction|committed|released/,
      )
    })

    it('enforces foreign keys', async () => {
      const orphan = database.db
        .insertInto('phone_choice')
        .values({
          phone_key: '+84900000001',
          customer_id: 'none',
          chosen_by: 'none',
          chosen_at: '2026-11-22T00:00:00.000Z',
        })
        .execute()
      await expect(orphan).rejects.toThrow(/foreign key/i)
    })

    it('answers a ping, and throws after it was closed', async () => {
      await database.ping()
      const other = await openEmptyTestDatabase(dialect)
      await other.close()
      await expect(other.ping()).rejects.toThrow(/closed|not open|destroyed|end/)
    })
  })
}
