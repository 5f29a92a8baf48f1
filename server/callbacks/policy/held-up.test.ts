import { expect, test } from 'vitest'
import { holdsOf, type Obstacles } from './held-up.ts'

const FREE: Obstacles = { connected: 1, mayDial: 1, busyNumbers: [], mayCall: true }
const BUSY = { busyNumbers: ['0912345678'] }

test.each([
  [{}, ['agent to_others']],
  [{ connected: 0, mayDial: 0, ...BUSY }, ['pbx to_others']],
  [{ mayDial: 0, mayCall: false }, ['dialplan to_others']],
  [{ mayCall: false }, ['hours to_others']],
  [BUSY, ['customer to_these 0912345678', 'agent to_others 0912345678']],
  [{ ...BUSY, mayCall: false }, ['customer to_these 0912345678', 'hours to_others 0912345678']],
] as const)('with %o promises wait for %j', (seen, said) => {
  const words = holdsOf({ ...FREE, ...seen }).map(({ by, which, numbers }) =>
    [by, which, ...numbers].join(' '),
  )
  expect(words).toEqual(said)
})
