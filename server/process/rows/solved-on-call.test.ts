import { expect, test } from 'vitest'
import type { TicketKind } from '#contract/tickets.ts'
import { isAskedOnly, maySolveOnCall } from './solved-on-call.ts'

test.each<[TicketKind, boolean]>([
  ['incident', false],
  ['complaint', false],
  ['request', true],
  ['info', true],
])('%s: solved on the call whatever the setting is: %s', (kind, isOnly) => {
  expect(isAskedOnly(kind)).toBe(isOnly)
  expect([maySolveOnCall(kind, true), maySolveOnCall(kind, false)]).toEqual([true, isOnly])
})
