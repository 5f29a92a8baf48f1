import { expect, test } from 'vitest'
import type { CustomerRef } from '#contract/customers.ts'
import { aCall, aPop, aSnapshot, aTicketRef } from '../test-support/samples.ts'
import { reduceDesk } from './desk.ts'
import { isInFront, talkOf } from './talk.ts'
import { EMPTY_WORKSPACE } from './workspace.ts'

function talkWith(change: Parameters<typeof aSnapshot>[0]) {
  const desk = reduceDesk(null, { type: 'desk_snapshot', snapshot: aSnapshot(change) })
  return desk && talkOf(desk)
}

const ticket = { id: 'ticket-1', code: 'KN-2026-000123' }

test('there is none without a call, nor after its end', () => {
  expect(talkWith({})).toBeNull()
  expect(talkWith({ call: aCall({ status: 'ended' }) })).toBeNull()
})

test('a call without a pop is known by its number and its own ticket', () => {
  expect(talkWith({ call: aCall({ ticket }) })).toMatchObject({
    callId: 'call-1',
    status: 'talking',
    number: { display: '0912 345 678' },
    name: null,
    ticket,
    since: '2026-11-22T03:00:12.000Z',
  })
})

test('the pop says who it is, and which ticket before the row does', () => {
  const customer = { ...CUSTOMER, name: 'Hoàng Văn Phúc', address: 'Cầu Giấy' }
  const pop = aPop({ stage: 'answered', ticket: aTicketRef('ticket-1'), customer })
  const talk = talkWith({ call: aCall(), pops: [aPop({ id: 'x', call: OTHER }), pop] })
  expect(talk).toMatchObject({ name: 'Hoàng Văn Phúc', address: 'Cầu Giấy', ticket })
})

test('until it is answered it runs since it came in', () => {
  const ringing = aCall({ status: 'ringing', answeredAt: null })
  expect(talkWith({ call: ringing })).toMatchObject({
    status: 'ringing',
    since: '2026-11-22T03:00:00.000Z',
  })
})

test.each([
  ['nothing', null, false],
  ['its own tab', 'call', true],
  ['another tab that shows its ticket', 'ticket', true],
  ['another ticket', 'other', false],
])('with %s in front', (_what, activeKey, expected) => {
  const talk = talkWith({ call: aCall({ ticket }) })
  const tabs = [
    { key: 'call', callId: 'call-1', ticketId: null },
    { key: 'ticket', callId: null, ticketId: 'ticket-1' },
    { key: 'other', callId: 'call-2', ticketId: 'ticket-2' },
  ]
  expect(talk && isInFront({ ...EMPTY_WORKSPACE, tabs, activeKey }, talk)).toBe(expected)
})

const OTHER = { ...aPop().call, id: 'call-2' }
const CUSTOMER: CustomerRef = {
  id: 'customer-1',
  code: 'KH-1',
  kind: 'individual',
  name: '',
  address: '',
  contractNos: [],
}

test('a hold is shown, but not while a colleague is asked, for which the customer waits', () => {
  const heldSince = '2026-11-22T03:01:00.000Z'
  const consult = {
    extension: '102',
    displayName: 'Minh',
    stage: 'ringing',
    since: heldSince,
  } as const
  expect(talkWith({ call: aCall({ heldSince }) })).toMatchObject({ heldSince, consult: null })
  expect(talkWith({ call: aCall({ heldSince, consult }) })).toMatchObject({
    heldSince: null,
    consult,
  })
})
