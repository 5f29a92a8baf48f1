import { expect, it } from 'vitest'
import { versionProblem } from './asterisk-version.ts'

it.each(['22.10.1', '22.10.2', '22.11.0', '20.20.1', '20.21', '23.1.0', '24.0.0', null])(
  'has nothing to say about %s',
  (version) => {
    expect(versionProblem(version)).toBeNull()
  },
)

it.each([
  ['22.10.0', 'Asterisk 22.10.0 has known security holes: update to 22.10.1 or newer'],
  ['22.9.9', 'Asterisk 22.9.9 has known security holes: update to 22.10.1 or newer'],
  ['20.20', 'Asterisk 20.20 has known security holes: update to 20.20.1 or newer'],
  ['18.26.4', 'Asterisk 18.26.4 is not supported: use 20.20.1, 22.10.1 or newer'],
  ['21.12.2', 'Asterisk 21.12.2 is not supported: use 20.20.1, 22.10.1 or newer'],
])('warns about %s', (version, problem) => {
  expect(versionProblem(version)).toBe(problem)
})
