import { expect, test } from 'vitest'
import { aPromise } from '../../../test/support/domain/a-promise.ts'
import { isAskedFor } from './asked-mark.ts'

const DUE = '2026-11-23T02:00:00.000Z'
const mark = { at: DUE, by: 'mai', version: 7 }

test.each([
  ['at once', mark, DUE, true],
  ['within five minutes', mark, '2026-11-23T02:04:59.999Z', true],
  ['after five minutes', mark, '2026-11-23T02:05:00.000Z', false],
  ['when the clock was set back', mark, '2026-11-23T01:59:59.999Z', false],
  ['for another version', { ...mark, version: 6 }, DUE, false],
  ['by somebody else', { ...mark, by: 'lan' }, DUE, false],
  ['not pressed', null, DUE, false],
])('"dial now" stands %s: %#', (_when, asked, now, stands) => {
  expect(isAskedFor(aPromise({ asked }), now)).toBe(stands)
})
