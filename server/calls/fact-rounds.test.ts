import { expect, it } from 'vitest'
import { inRounds } from './fact-rounds.ts'

it('the order within a call stays, and no round has a call twice', () => {
  const rounds = inRounds(['a1', 'a2', 'b1', 'c1', 'b2', 'a3', 'c2'], (item) => item.slice(0, 1))
  expect(rounds).toEqual([['a1', 'b1', 'c1'], ['a2', 'b2', 'c2'], ['a3']])
})

it('nothing needs no round', () => {
  expect(inRounds([], String)).toEqual([])
})
