import { expect, it } from 'vitest'
import { DIALECTS, openTestDatabase } from '../../test/support/database.ts'
import { prepared, preparedForColumns } from './prepared.ts'

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

const changeStaff = preparedForColumns(
  (db, { of, ...columns }: { of: string; extension?: string | null; display_name?: string }) =>
    db.updateTable('staff').set(columns).where('id', '=', of),
)

it.each(DIALECTS)('changes the columns that are given, and no others, on %s', async (dialect) => {
  const database = await openTestDatabase(dialect)
  const at = '2026-11-23T01:00:00.000Z'
  const unchanged = { role: 'agent', active: 1, password_hash: 'x', version: 1 }
  const times = { created_at: at, updated_at: at }
  await database.db
    .insertInto('staff')
    .values({
      id: 'a',
      username: 'a',
      display_name: 'An',
      extension: '101',
      ...unchanged,
      ...times,
    })
    .execute()
  await changeStaff(database.db, { of: 'a', extension: null })
  await changeStaff(database.db, { of: 'a', display_name: 'Bình' })
  await changeStaff(database.db, { extension: '102', of: 'a' })
  const rows = await database.db.selectFrom('staff').select(['extension', 'display_name']).execute()
  expect(rows).toEqual([{ extension: '102', display_name: 'Bình' }])
  await database.close()
})
