import { spawn } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { IS_WHOLE } from './support/database.ts'
import { openMemoryDatabase } from './support/promise-simulation/memory-database.ts'
import { createRandom } from './support/promise-simulation/random.ts'
import { createRows } from './support/promise-simulation/rows.ts'
import { simulate } from './support/promise-simulation/simulate.ts'
import { createTimeline } from './support/promise-simulation/timeline.ts'

/** Each is a fifth of a second of a processor. */
const SEEDS = IS_WHOLE ? 2000 : 12
const LONGEST_MS = 20 * 60_000

describe('promises through half an hour in which everything goes wrong', () => {
  test(
    `of ${SEEDS} seeds none forgets one, dials one early or twice`,
    async () => {
      expect(await run(`1-${SEEDS}`)).toEqual({
        code: 0,
        said: expect.stringContaining(`${SEEDS} seeds in`),
      })
    },
    LONGEST_MS,
  )

  test('a seed repeats to the last call', async () => {
    const rows = createRows(await openMemoryDatabase())
    const first = await simulate(278, rows)
    await simulate(4, rows)
    expect(await simulate(278, rows)).toEqual(first)
    expect(first.promises).toBeGreaterThanOrEqual(100)
    expect(first.lives).toBeGreaterThan(1)
    expect(first.served).toBeGreaterThan(1)
  })
})

test('chance is what its seed says, on all sides', () => {
  expect(drawn(7)).toEqual(drawn(7))
  expect(drawn(7)).not.toEqual(drawn(8))
  expect(new Set(drawn(1))).toEqual(new Set([1, 2, 3, 4, 5, 6]))
})

test('what happens at once happens in the order in which it was planned', () => {
  const { at, next } = createTimeline()
  const said: number[] = []
  for (const [order, ms] of [5, 3, 9, 3, 1, 5, 3].entries()) at(ms, () => void said.push(order))
  for (let one = next(); one !== null; one = next()) void one.run()
  expect(said).toEqual([4, 1, 3, 6, 0, 5, 2])
})

function drawn(seed: number): number[] {
  const random = createRandom(seed)
  return Array.from({ length: 1000 }, () => random.between(1, 6))
}

/** Beside the other tests one thread is enough. */
function run(seeds: string): Promise<{ code: number | null; said: string }> {
  const child = spawn('scripts/simulate-promises', [seeds, '--threads', '1'])
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => void (said += text))
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve({ code, said }))
  })
}
