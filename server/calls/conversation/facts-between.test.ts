import { describe, expect, test } from 'vitest'
import { aFreshCall, aFreshCallback } from '../../../test/support/a-book-call.ts'
import { time } from '../../../test/support/call-table.ts'
import type { Call } from './call.ts'
import { factsBetween } from './facts-between.ts'
import { addRing, endRing } from './rings.ts'
import { addSegment } from './segments.ts'

const at = time('00:09.000')
function types(before: Call | null, after: Call): string[] {
  return factsBetween(before, after, at).map((fact) => fact.type)
}
function ring<C extends Call>(call: C, agentUniqueid: string): C {
  return addRing(call, { agentUniqueid, extension: '101', by: 'queue', startedAt: at })
}
function join<C extends Call>(call: C, extension: string): C {
  const agentUniqueid = `${extension}#2`
  return addSegment(call, { agentUniqueid, extension, how: 'queue', startedAt: at })
}

describe('facts', () => {
  test('nothing changed, nothing is told', () => {
    const call = aFreshCall()
    expect(types(call, call)).toEqual([])
    expect(types(call, { ...call })).toEqual([])
  })

  test('an agent who rings on two channels rings once and stops once', () => {
    const one = ring(aFreshCall(), '101#2')
    const two = ring(one, '101#3')
    expect(types(one, two)).toEqual([])
    const half = endRing(two, '101#2', at, 'no_answer')
    expect(types(two, half)).toEqual([])
    expect(types(half, endRing(half, '101#3', at, 'no_answer'))).toEqual(['agent_ring_ended'])
  })

  test('the answering agent is told by the ticket moment, others join', () => {
    const moment = { ...join(aFreshCall(), '101'), ticketMomentAt: at }
    expect(types(aFreshCall(), moment)).toEqual(['call_answered'])
    expect(types(moment, join(moment, '102'))).toEqual(['agent_joined'])
  })

  test('before the ticket moment nobody joins', () => {
    expect(types(aFreshCall(), join(aFreshCall(), '101'))).toEqual([])
  })

  test('abandoned is told before the end, and corrected late', () => {
    const over = aFreshCall({ endedAt: at, outcome: 'abandoned' })
    expect(types(aFreshCall(), over)).toEqual(['call_abandoned', 'call_ended'])
    const unobserved = aFreshCall({ endedAt: at, outcome: 'unobserved' })
    expect(types(unobserved, over)).toEqual(['call_abandoned'])
  })

  test('a callback tells each stage, the end, and better evidence after the end', () => {
    const ringing = aFreshCallback({ stage: 'agent_ringing' })
    const over = { ...ringing, endedAt: at }
    const better = { ...over, callback: { ...over.callback, customerCause: 17 } }
    expect(types(null, ringing)).toEqual(['callback_progressed'])
    expect(types(ringing, over)).toEqual(['call_ended', 'callback_progressed'])
    expect(types(over, better)).toEqual(['callback_progressed'])
  })
})
