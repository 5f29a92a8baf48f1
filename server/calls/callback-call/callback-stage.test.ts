import { expect, test } from 'vitest'
import { aFreshCall, aFreshCallback } from '../../../test/support/a-book-call.ts'
import { time } from '../../../test/support/table-time.ts'
import { isInQueue, isLegRinging, withDerivedStage } from './callback-stage.ts'

const FIRST = { pickedUpAt: null, consent: null }

test.each([
  [{}, 'submitted'],
  [{ agentAnsweredAt: time('00:03.000') }, 'agent_answered'],
  [{ agentAnsweredAt: time('00:03.000'), confirmation: 'asked' as const }, 'confirming'],
  [{ customerUniqueid: 'trunk#2' }, 'customer_ringing'],
  [{ customerUniqueid: 'trunk#2', customerAnsweredAt: time('00:09.000') }, 'talking'],
  [{ customerUniqueid: 'trunk#2', customerFirst: FIRST }, 'customer_ringing'],
  [{ customerFirst: { ...FIRST, pickedUpAt: time('00:05.000') } }, 'consenting'],
  [
    { customerFirst: { pickedUpAt: time('00:05.000'), consent: 'given' as const } },
    'customer_waiting',
  ],
])('%# the furthest evidence is the stage', (evidence, stage) => {
  expect(withDerivedStage(aFreshCallback(evidence)).callback.stage).toBe(stage)
})

test('the talk time runs from the customer’s answer to the end of that leg', () => {
  const answered = { customerAnsweredAt: time('00:10.000') }
  const legEnded = { customerLegEndedAt: time('00:25.000') }
  expect(withDerivedStage(aFreshCallback(answered, legEnded)).callback.talkSeconds).toBeNull()
  const over = { ...legEnded, endedAt: time('00:30.000') }
  expect(withDerivedStage(aFreshCallback(answered, over)).callback.talkSeconds).toBe(15)
})

test('a place is kept by an order that waits in the queue alone', () => {
  const orders = (['in_queue', 'agent_ringing'] as const).map((stage) => aFreshCallback({ stage }))
  expect([...orders, aFreshCall()].map(isInQueue)).toEqual([true, false, false])
})

test('a leg rings while its phone does', () => {
  expect(isLegRinging(aFreshCallback({ stage: 'agent_ringing' }))).toBe(true)
  expect(isLegRinging(aFreshCallback({ stage: 'talking' }))).toBe(false)
})
