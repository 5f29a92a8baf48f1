import { Kysely } from 'kysely'
import { expect, test } from 'vitest'
import { openDatabase } from '../database.ts'

test('what is bound is no part of a plan, and the limit is a part of the text', async () => {
  const { db, close } = await openDatabase('sqlite::memory:')
  expect(db).toBeInstanceOf(Kysely)
  const query = db
    .selectFrom('ticket')
    .innerJoin('customer', 'customer.id', 'ticket.customer_id')
    .select('ticket.id')
    .where('customer.id', '=', 'a')
    .limit(20)
    .compile()
  expect(query.sql.endsWith('where "customer"."id" = +? limit 20')).toBe(true)
  expect(query.parameters).toEqual(['a'])
  await close()
})
