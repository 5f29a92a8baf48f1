import { expect, test } from 'vitest'
import { createKnownRows } from './known-rows-service.ts'

function setUp() {
  const asked: string[][] = []
  const names = new Map<string, { name: string }>()
  const rows = createKnownRows(async (keys) => {
    asked.push(keys)
    return new Map(keys.map((key) => [key, names.get(key) ?? { name: `of ${key}` }]))
  })
  return { asked, names, rows }
}

test('who waits is asked for once while they wait', async () => {
  const { asked, rows } = setUp()
  await rows.learn(['+841'])
  await rows.learn(['+841', '+842'])
  await rows.learn(['+842', '+841'])
  expect(asked).toEqual([['+841'], ['+842']])
  expect(['+841', '+842', '+843', null].map(rows.of)).toEqual([
    { name: 'of +841' },
    { name: 'of +842' },
    null,
    null,
  ])
})

test('who has left is forgotten, and asked for anew when they come again', async () => {
  const { asked, rows } = setUp()
  await rows.learn(['+841'])
  await rows.learn(['+842'])
  expect(rows.of('+841')).toBeNull()
  await rows.learn(['+841'])
  expect(asked).toEqual([['+841'], ['+842'], ['+841']])
})

test('asked again, what has changed is another object, and what has not the same one', async () => {
  const { names, rows } = setUp()
  await rows.learn(['+841', '+842'])
  const before = rows.of('+841')
  names.set('+842', { name: 'Mai' })
  await rows.learn(['+841', '+842'], true)
  expect(rows.of('+841')).toBe(before)
  expect(rows.of('+842')).toEqual({ name: 'Mai' })
})

test('what could not be read is asked for the next time', async () => {
  let isAway = true
  const rows = createKnownRows(async (keys) => {
    if (isAway) throw new Error('the database is away')
    return new Map(keys.map((key) => [key, key]))
  })
  await expect(rows.learn(['+841'])).rejects.toThrow('away')
  isAway = false
  await rows.learn(['+841'])
  expect(rows.of('+841')).toBe('+841')
})
