import { expect, test } from 'vitest'
import { openTestDatabase } from '../../test/support/database.ts'
import { createCallerNames } from './caller-names-service.ts'

async function setUp() {
  const database = await openTestDatabase('sqlite')
  const asked: string[][] = []
  const names = createCallerNames({
    database,
    async customerNames(_db, keys) {
      asked.push(keys)
      return new Map(keys.map((key) => [key, `name of ${key}`]))
    },
  })
  return { database, asked, names }
}

test('the name of a waiting caller is asked for once while they wait', async () => {
  const { database, asked, names } = await setUp()
  await names.learn(['+841'])
  await names.learn(['+841', '+842'])
  await names.learn(['+842', '+841'])
  expect(asked).toEqual([['+841'], ['+842']])
  expect(['+841', '+842', '+843', null].map(names.of)).toEqual([
    'name of +841',
    'name of +842',
    null,
    null,
  ])
  await database.close()
})

test('who has left is forgotten, and asked for anew when they come again', async () => {
  const { database, asked, names } = await setUp()
  await names.learn(['+841'])
  await names.learn(['+842'])
  expect(names.of('+841')).toBeNull()
  await names.learn(['+841'])
  expect(asked).toEqual([['+841'], ['+842'], ['+841']])
  await database.close()
})
