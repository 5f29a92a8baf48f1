import { expect, test } from 'vitest'
import { startCallback } from '../calls/callback-call/callback-evidence.ts'
import { aCall } from '../../test/support/domain/a-call.ts'
import { channelToEnd } from './own-call.ts'

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
