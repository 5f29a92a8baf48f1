import { expect, test } from 'vitest'
import { callLine } from './call-line.ts'

test.each([
  [{ queue: 'hotline', channel: 'pbx1-1795849477.14' }, { queue: 'hotline' }],
  [{ agent: 'trunk', cause: '16' }, { cause: '16' }],
  [{ agent: '103', member: '103' }, { member: '103' }],
  [
    { agent: '103', dialStatus: 'BUSY' },
    { agent: '103', dialStatus: 'BUSY' },
  ],
  [
    { agent: '104', member: '103' },
    { agent: '104', member: '103' },
  ],
])('%j shows %j', (detail, shown) => {
  expect(callLine(detail)).toEqual(shown)
})
