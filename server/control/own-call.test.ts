import { expect, test } from 'vitest'
import { startCallback } from '../calls/callback-call/callback-evidence.ts'
import { aCall } from '../../test/support/domain/a-call.ts'
import { channelToEnd, isHandedOn } from './own-call.ts'

const AT = '2026-11-23T02:00:00.000Z'

test('a caller’s own channel ends the call', () => {
  expect(channelToEnd(aCall({ uniqueid: 'caller' }))).toBe('caller')
})

test('the first leg ends a callback; when it was handed on, the customer’s channel does', () => {
  const placed = startCallback('pbx1', 'cb-1', AT)
  expect(channelToEnd(placed)).toBe('cb-1')
  const callback = { ...placed.callback, customerUniqueid: 'customer' }
  expect(channelToEnd({ ...placed, agentLegEndedAt: AT, callback })).toBe('customer')
})

test('an ordered call is handed on once the phone that was rung first has left it', () => {
  const placed = startCallback('pbx1', 'cb-1', AT)
  const ordered = { pbxId: 'pbx1', channelId: 'cb-1' }
  expect(isHandedOn([placed], ordered)).toBe(false)
  const left = { ...placed, agentLegEndedAt: AT }
  expect(isHandedOn([left], ordered)).toBe(true)
  expect(isHandedOn([left], { ...ordered, pbxId: 'pbx2' })).toBe(false)
  expect(isHandedOn([], ordered)).toBe(false)
})
