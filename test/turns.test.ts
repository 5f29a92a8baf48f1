import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { casesOfTurn, filesOfOtherTurns, readTurn, TURNS } from './turns.ts'

test('every suite of a turn is there, and in one turn only', () => {
  const files = TURNS.flat()
  expect(files.filter((file) => !existsSync(file))).toEqual([])
  expect(files.toSorted()).toEqual([...new Set(files)].toSorted())
})

test('a suite of a turn tries every database and case when its turn comes: another turn has no place for it', () => {
  const byTurn = TURNS.flat().filter((file) =>
    /SERVICE_DIALECTS|casesOfTurn/.test(readFileSync(file, 'utf8')),
  )
  expect(byTurn).toEqual([])
})

test('the check gives commits every turn that there is', () => {
  const check = readFileSync('scripts/check', 'utf8')
  expect(/% (\d+) \+ 1/.exec(check)?.[1]).toBe(String(TURNS.length))
})

test('a run without a turn leaves nothing out, and each suite is left out by all turns but its own', () => {
  expect(filesOfOtherTurns(readTurn(''))).toEqual([])
  for (const [index, own] of TURNS.entries()) {
    const others = filesOfOtherTurns(readTurn(String(index + 1)))
    expect(own.filter((file) => others.includes(file))).toEqual([])
    expect(others).toHaveLength(TURNS.flat().length - own.length)
  }
})

test('the cases that take turns are each in one turn, every turn has some, and a run without a turn tries all', () => {
  const cases = ['a', 'b', 'c', 'd', 'e', 'f']
  const byTurn = TURNS.map((_, index) => casesOfTurn(cases, index + 1))
  expect(byTurn).toEqual([['a', 'e'], ['b', 'f'], ['c'], ['d']])
  expect(casesOfTurn(cases, null)).toEqual(cases)
})

test.for(['0', '5', '1.5', 'one'])('a turn of "%s" is refused by name', (value) => {
  expect(() => readTurn(value)).toThrow(
    `CHECK_TURN is "${value}": expected a whole number from 1 to 4`,
  )
})
