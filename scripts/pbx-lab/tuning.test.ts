import { expect, test } from 'vitest'
import { tuneQueues } from './tuning.ts'

const CONF = '[base](!)\nstrategy = ringall\nwrapuptime = 10\n[tech](base)\nstrategy = rrmemory\n'

test('only the first line of a setting changes', () => {
  expect(tuneQueues(CONF, { strategy: 'random', wrapuptime: '0' })).toBe(
    '[base](!)\nstrategy = random\nwrapuptime = 0\n[tech](base)\nstrategy = rrmemory\n',
  )
})

test('a setting that the file does not have is refused', () => {
  expect(() => tuneQueues(CONF, { strategie: 'random' })).toThrow('strategie')
})
