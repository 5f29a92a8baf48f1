import { expect, test } from 'vitest'
import { aCallback, aPop } from '../test-support/samples.ts'
import { callParty } from './caller.ts'

const pop = aPop()
const hidden = { raw: 'anonymous', kind: 'anonymous', key: null, display: 'Số ẩn' } as const

test('an unknown caller has a number and no name', () => {
  expect(callParty(pop, [])).toEqual({ number: pop.call.number, name: null, address: null })
})

test('the name that the network sends helps when no customer is known', () => {
  const named = aPop({ call: { ...pop.call, display: 'NGUYEN VAN A' } })
  expect(callParty(named, []).name).toBe('NGUYEN VAN A')
})

test('a hidden caller has no name', () => {
  const call = { ...pop.call, number: hidden, display: 'Anonymous' }
  expect(callParty(aPop({ call }), []).name).toBeNull()
})

test('the phone of a promised callback shows the customer of the promise', () => {
  const promise = aCallback({ customerName: 'Phạm Lan' })
  const ringing = aPop({
    call: { ...pop.call, number: hidden, display: hidden.display, direction: 'callback' },
    promise: { callbackId: promise.id, dueAt: promise.dueAt, note: '' },
  })
  expect(callParty(ringing, [promise])).toEqual({
    number: promise.number,
    name: 'Phạm Lan',
    address: null,
  })
})
