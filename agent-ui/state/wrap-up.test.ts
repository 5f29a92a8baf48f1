import { expect, test } from 'vitest'
import { aCall, aSnapshot } from '../test-support/samples.ts'
import { reduceDesk } from './desk.ts'
import { restEnd } from './wrap-up.ts'

const ENDS_AT = '2026-11-22T03:05:00.000Z'
const NOW = Date.parse(ENDS_AT) - 20_000

function rest(change: Parameters<typeof aSnapshot>[0], nowMs = NOW) {
  const snapshot = aSnapshot(change)
  const state = { ...snapshot.state, wrapUp: { endsAt: ENDS_AT } }
  const desk = reduceDesk(null, { type: 'desk_snapshot', snapshot: { ...snapshot, state } })
  return desk && restEnd(desk, nowMs)
}

test('the rest lasts until its end', () => {
  expect([rest({}), rest({}, NOW + 20_000)]).toEqual([ENDS_AT, null])
})

test('who talks does not rest', () => {
  expect(rest({ call: aCall() })).toBeNull()
})
