import { expect, test } from 'vitest'
import { addPhones, tuneQueues } from './tuning.ts'

const CONF = '[base](!)\nstrategy = ringall\nwrapuptime = 10\n[tech](base)\nstrategy = rrmemory\n'

test('only the first line of a setting changes', () => {
  expect(tuneQueues(CONF, { strategy: 'random', wrapuptime: '0' })).toBe(
    '[base](!)\nstrategy = random\nwrapuptime = 0\n[tech](base)\nstrategy = rrmemory\n',
  )
})

test('a setting that the file does not have is refused', () => {
  expect(() => tuneQueues(CONF, { strategie: 'random' })).toThrow('strategie')
})

const PHONES = `[112](agent-desk)
inbound_auth/username = 112
endpoint/callerid = Agent 112 <112>

[web-112](agent-web)
inbound_auth/username = web-112
`

test('more phones are like the last one, each by its own name', () => {
  expect(addPhones(PHONES, [])).toBe(PHONES)
  expect(addPhones(PHONES, ['113', '100']).slice(PHONES.length)).toBe(`
[113](agent-desk)
inbound_auth/username = 113
endpoint/callerid = Agent 113 <113>

[100](agent-desk)
inbound_auth/username = 100
endpoint/callerid = Agent 100 <100>
`)
  expect(() => addPhones('[101](agent-desk)', [])).toThrow('no desk phone 112')
})
