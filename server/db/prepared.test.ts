import { expect, it } from 'vitest'
import { DIALECTS, openTestDatabase } from '../../test/support/database.ts'
import { prepared } from './prepared.ts'

const addTo = prepared((db, counter: { name: string; by: number }) =>
  db
    .insertInto('counter')
    .values({ name: counter.name, value: counter.by })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet((eb) => ({ value: eb('counter.value', '+', counter.by) })),
    )
    .returning(['name', 'value']),
)

it.each(DIALECTS)('runs one statement again and again with other values on %s', async (dialect) => {
  const database = await openTestDatabase(dialect)
  const rows = await database.transaction(async ({ db }) => {
    await addTo(db, { name: 'a', by: 2 })
    await addTo(db, { name: 'b', by: 10 })
    return (await addTo(db, { name: 'a', by: 3 })).rows
  })
  expect(rows).toEqual([{ name: 'a', value: 5 }])
  const b = await database.db.selectFrom('counter').selectAll().where('name', '=', 'b').execute()
  expect(b).toEqual([{ name: 'b', value: 10 }])
  await database.close()
})
