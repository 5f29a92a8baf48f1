import { expect, test } from 'vitest'
import { createUuidSource } from './uuid-source.ts'

/** A source whose clock is set by hand; every byte of its chance is `byte`, one more at each draw. */
function sourceAt(clock: { ms: number }, byte: number) {
  let draws = 0
  const next = createUuidSource(
    () => clock.ms,
    (bytes) => {
      bytes.fill(byte + draws)
      draws += 1
    },
  )
  return { next, draws: () => draws }
}

test('an id holds its millisecond, the sequence and chance', () => {
  const { next } = sourceAt({ ms: 0x01_23_45_67_89_ab }, 0xff)
  expect(next()).toBe('01234567-89ab-77ff-bfff-ffffffffffff')
})

test('ids of one millisecond count up from a number of chance', () => {
  const { next } = sourceAt({ ms: 1 }, 0)
  const made = [next(), next(), next(), next(), next()]
  expect(made.map((id) => id.slice(14))).toEqual([
    '7000-8000-000000000000',
    '7000-8000-040000000000',
    '7000-8000-080000000000',
    '7000-8000-0c0000000000',
    '7000-8000-100000000000',
  ])
})

test('a clock that is set back makes no id that sorts before an earlier one', () => {
  const clock = { ms: 5000 }
  const { next } = sourceAt(clock, 7)
  const before = next()
  clock.ms = 1000
  const made = [before, next(), next()]
  clock.ms = 5001
  made.push(next())
  expect(made.toSorted()).toEqual(made)
  expect(made.map((id) => id.slice(0, 13))).toEqual([
    '00000000-1388',
    '00000000-1388',
    '00000000-1388',
    '00000000-1389',
  ])
})

test('chance is drawn for 256 ids at once and never used twice', () => {
  const clock = { ms: 0 }
  const { next, draws } = sourceAt(clock, 1)
  const tails = new Set<string>()
  for (let index = 0; index < 257; index += 1) {
    clock.ms += 1
    tails.add(next().slice(-8))
  }
  expect(draws()).toBe(2)
  expect([...tails]).toEqual(['01010101', '02020202'])
})
