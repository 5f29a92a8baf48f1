import { expect, it } from 'vitest'
import { receivedFault } from './received-at.ts'

const NOW = '2026-11-27T03:00:00.000Z'

it.each([
  ['now', NOW, '', null],
  ['five minutes ago', '2026-11-27T02:55:00.000Z', '', null],
  ['earlier without a reason', '2026-11-27T02:54:59.999Z', '', 'received_reason_missing'],
  ['earlier with a reason', '2026-11-24T02:00:00.000Z', 'thư đến hôm thứ ba', null],
  ['in the future', '2026-11-27T03:00:00.001Z', 'x', 'received_in_future'],
  ['a year ago', '2025-11-27T03:00:00.000Z', 'x', null],
  ['more than a year ago', '2025-11-26T02:59:59.999Z', 'x', 'received_too_old'],
])('a ticket received %s (%s, "%s") → %s', (_when, receivedAt, reason, code) => {
  expect(receivedFault(receivedAt, reason, NOW)?.code ?? null).toBe(code)
})
