import { expect, test } from 'vitest'
import { startCall } from '../../calls/conversation/call.ts'
import { isMissed, isYoung, ruleName, triedQueue } from './missed-call.ts'

const AT = '2026-11-23T02:00:00.000Z'
const call = startCall({
  pbxId: 'pbx1',
  uniqueid: '1',
  linkedid: '1',
  at: AT,
  callerIdNum: '0912345678',
  callerIdName: null,
  withheld: false,
  tagged: true,
})

test('a call was missed when it is over and nobody answered', () => {
  expect(isMissed(call)).toBe(false)
  expect(isMissed({ ...call, endedAt: AT })).toBe(true)
  expect(isMissed({ ...call, endedAt: AT, answeredAt: AT })).toBe(false)
})

test.each(['asked', 'left_in_notice'] as const)('who %s was not missed', (outcome) => {
  expect(isMissed({ ...call, endedAt: AT, outcome })).toBe(false)
})

test('who was missed twelve hours ago is called back no more', () => {
  expect(isYoung({ endedAt: AT }, '2026-11-23T13:59:59.999Z')).toBe(true)
  expect(isYoung({ endedAt: AT }, '2026-11-23T14:00:00.000Z')).toBe(false)
})

test.each([
  ['waited in it', { ...call, queue: 'hotline' }, 'hotline'],
  ['was refused by it', { ...call, refusedBy: 'hotline-tech' }, 'hotline-tech'],
  ['came past the queues', call, null],
])('the rule of a queue is for whoever %s', (_how, one, queue) => {
  expect(triedQueue(one)).toBe(queue)
})

test('calls past the queues have a rule of their own', () => {
  expect([ruleName('hotline'), ruleName(null)]).toEqual(['hotline', 'direct'])
})
