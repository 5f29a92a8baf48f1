import { expect, test } from 'vitest'
import { aFreshCall, aFreshCallback } from '../../../test/support/a-book-call.ts'
import { channel, play } from '../../../test/support/call-table.ts'
import { customerChannel, withCaller } from './caller.ts'

test('another channel says nothing about the caller', () => {
  const call = aFreshCall()
  expect(withCaller(call, channel('trunk#2', { withheld: true }))).toBe(call)
})

test('what is known stays, what is missing is filled, a new Linkedid is an alias', () => {
  const call = aFreshCall()
  const view = channel('trunk#1', { callerIdNum: '1', callerIdName: 'Công ty A', linkedid: 'x' })
  expect(withCaller(call, view)).toMatchObject({
    callerIdNum: '0912345678',
    callerIdName: 'Công ty A',
    linkedids: ['trunk#1', 'x'],
  })
  expect(withCaller(call, channel('trunk#1'))).toBe(call)
})

test('a number that is withheld, even late, is forgotten and never comes back', () => {
  const { call } = play(`
    00:00.000  queue_joined          trunk#1
    00:00.100  presentation_changed  trunk#1  withheld=yes
    00:00.200  presentation_changed  trunk#1  num=0912345678
    00:05.000  agent_connected       trunk#1  101#2  hold=5`)
  expect(call()).toMatchObject({ callerIdNum: null, callerIdName: null, withheld: true })
})

test('a number that the trunk tells late is learnt', () => {
  const call = aFreshCall({ callerIdNum: null })
  expect(withCaller(call, channel('trunk#1')).callerIdNum).toBe('0912345678')
})

test('the customer is the inbound caller, or whom a callback dialled', () => {
  expect(customerChannel(aFreshCall())).toBe('trunk#1')
  expect(customerChannel(aFreshCallback())).toBeNull()
  expect(customerChannel(aFreshCallback({ customerUniqueid: 'trunk#2' }))).toBe('trunk#2')
})
