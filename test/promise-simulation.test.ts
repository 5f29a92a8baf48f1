import { describe, expect, test } from 'vitest'
import { IS_WHOLE, openTestDatabase } from './support/database.ts'
import { createRandom } from './support/promise-simulation/random.ts'
import { simulate } from './support/promise-simulation/simulate.ts'

/** `FROM-TO`; each takes a second or two of a processor. `scripts/simulate-promises` names them. */
const [from = 1, to = IS_WHOLE ? 200 : 5] =
  (process.env['SIMULATED_SEEDS'] || undefined)?.split('-').map(Number) ?? []
const SEEDS = Array.from({ length: to - from + 1 }, (_, index) => from + index)

describe('promises through an hour in which everything goes wrong', () => {
  test.each(SEEDS)('seed %i: none is forgotten, early or dialled twice', async (seed) => {
    const database = await openTestDatabase('sqlite')
    const { faults, placed, kills } = await simulate(seed, database)
    await database.close()
    expect(faults).toEqual([])
    expect(placed).toBeGreaterThan(50)
    expect(kills).toBeGreaterThan(0)
  })
})

test('a seed repeats to the last call', async () => {
  const runs = []
  for (let turn = 0; turn < 2; turn += 1) {
    const database = await openTestDatabase('sqlite')
    runs.push(await simulate(3, database))
    await database.close()
  }
  expect(runs[0]).toEqual(runs[1])
})

test('chance is what its seed says, on all sides', () => {
  expect(drawn(7)).toEqual(drawn(7))
  expect(drawn(7)).not.toEqual(drawn(8))
  expect(new Set(drawn(1))).toEqual(new Set([1, 2, 3, 4, 5, 6]))
})

function drawn(seed: number): number[] {
  const random = createRandom(seed)
  return Array.from({ length: 1000 }, () => random.between(1, 6))
}
