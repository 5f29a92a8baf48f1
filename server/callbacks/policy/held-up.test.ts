import { expect, test } from 'vitest'
import { holdsOf, type Obstacles } from './held-up.ts'

const FREE: Obstacles = { connected: 1, mayDial: 1, barred: [], busyNumbers: [], mayCall: true }
const BUSY = { busyNumbers: ['0912345678'] }
const BARRED = {
  barred: [
    { staffId: 'lan', by: 'pbx' },
    { staffId: 'mai', by: 'dialplan' },
  ],
} as const

test.each([
  [{}, ['agent']],
  [{ connected: 0, mayDial: 0, ...BUSY, ...BARRED }, ['pbx']],
  [{ mayDial: 0, mayCall: false }, ['dialplan']],
  [{ mayCall: false }, ['hours']],
  [BUSY, ['customer to 0912345678', 'agent not to 0912345678']],
  [{ ...BUSY, mayCall: false }, ['customer to 0912345678', 'hours not to 0912345678']],
  [BARRED, ['pbx of lan', 'dialplan of mai', 'agent not of lan,mai']],
  [
    { barred: [{ staffId: 'lan', by: 'pbx' }], ...BUSY },
    ['pbx of lan', 'customer not of lan to 0912345678', 'agent not of lan not to 0912345678'],
  ],
] as const)('with %o promises wait for %j', (seen, said) => {
  const words = holdsOf({ ...FREE, ...seen }).map((hold) =>
    [
      hold.by,
      ...(hold.ofPeople === null ? [] : [`of ${hold.ofPeople.join()}`]),
      ...(hold.notOfPeople.length === 0 ? [] : [`not of ${hold.notOfPeople.join()}`]),
      ...(hold.toNumbers === null ? [] : [`to ${hold.toNumbers.join()}`]),
      ...(hold.notToNumbers.length === 0 ? [] : [`not to ${hold.notToNumbers.join()}`]),
    ].join(' '),
  )
  expect(words).toEqual(said)
})
