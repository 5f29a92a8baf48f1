import { expect, test } from 'vitest'
import { callLength, callLine } from './call-line.ts'

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

test('the length of a call is known once it was answered and is over', () => {
  const answeredAt = '2026-11-22T03:00:00.000Z'
  expect(callLength({ answeredAt, endedAt: '2026-11-22T03:01:05.000Z' })).toBe('1:05')
  expect(callLength({ answeredAt, endedAt: null })).toBeNull()
  expect(callLength({ answeredAt: null, endedAt: answeredAt })).toBeNull()
})
