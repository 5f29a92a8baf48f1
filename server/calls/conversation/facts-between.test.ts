import { NO_CALLS } from '#contract/supervision/figures.ts'
import { describe, expect, test } from 'vitest'
import { aFreshCall, aFreshCallback } from '../../../test/support/a-book-call.ts'
import { time } from '../../../test/support/table-time.ts'
import { plusMs } from '../../time.ts'
import type { Call } from './call.ts'
import { factsBetween } from './facts-between.ts'
import { addRing, endRing } from './rings.ts'
import { addSegment, endSegment } from './segments.ts'

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

  test('a phone that refuses every ring is told twice and then left alone', () => {
    const told: string[] = []
    let call: Call = aFreshCall()
    const step = (next: Call) => {
      told.push(...types(call, next))
      call = next
    }
    for (let n = 0; n < 20; n++) {
      const startedAt = plusMs(at, n * 1_500)
      const agentUniqueid = `101#${n}`
      step(addRing(call, { agentUniqueid, extension: '101', by: 'queue', startedAt }))
      step(endRing(call, agentUniqueid, plusMs(startedAt, 40), 'rejected'))
    }
    expect(told).toEqual(['agent_ringing', 'agent_ring_ended', 'agent_ringing', 'agent_ring_ended'])
    const later = { extension: '101', by: 'queue' as const, startedAt: plusMs(at, 70_000) }
    expect(types(call, addRing(call, { ...later, agentUniqueid: '101#last' }))).toEqual([
      'agent_ringing',
    ])
  })

  test('a phone that rings for long each time is told each time', () => {
    let call: Call = aFreshCall()
    for (let n = 0; n < 4; n++) {
      const startedAt = plusMs(at, n * 20_000)
      const agentUniqueid = `101#${n}`
      const rung: Call = addRing(call, { agentUniqueid, extension: '101', by: 'queue', startedAt })
      expect(types(call, rung)).toEqual(['agent_ringing'])
      call = endRing(rung, agentUniqueid, plusMs(startedAt, 15_000), 'no_answer')
    }
  })

  test('the answering agent is told by the ticket moment, others join', () => {
    const moment = { ...join(aFreshCall(), '101'), ticketMomentAt: at }
    expect(types(aFreshCall(), moment)).toEqual(['call_answered'])
    expect(types(moment, join(moment, '102'))).toEqual(['agent_joined'])
  })

  test('an answer before any ticket moment is one without a ticket', () => {
    expect(types(aFreshCall(), join(aFreshCall(), '101'))).toEqual(['answered_without_ticket'])
    const over = aFreshCall({ endedAt: at })
    expect(types(over, join(over, '101'))).toEqual([])
  })

  test('an agent who goes on by another part has not left', () => {
    const talking = { ...join(aFreshCall(), '101'), ticketMomentAt: at }
    const left = endSegment(talking, '101#2', at)
    expect(types(talking, left)).toEqual(['agent_left'])
    const again = { agentUniqueid: '101#5', extension: '101', how: 'transfer' as const }
    const onOtherPhone = addSegment(left, { ...again, startedAt: at })
    expect(types(talking, onOtherPhone)).toEqual(['agent_joined'])
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

describe('what today’s counters gain', () => {
  const counted = (before: Call | null, after: Call) =>
    factsBetween(before, after, at).flatMap((fact) => (fact.type === 'call_counted' ? [fact] : []))
  const waiting = aFreshCall({ queue: 'hotline' })
  const abandoned = { ...waiting, endedAt: at, outcome: 'abandoned' as const }
  const none = NO_CALLS

  test('is stated at entry, answer and abandon, and not by what counts nothing', () => {
    expect(counted(null, waiting)).toMatchObject([{ before: none, after: { offered: 1 } }])
    expect(counted(waiting, { ...waiting, ticketMomentAt: at })).toMatchObject([
      { call: { ticketMomentAt: at }, before: { answered: 0 }, after: { answered: 1 } },
    ])
    expect(counted(waiting, abandoned)).toMatchObject([{ after: { offered: 1, abandoned: 1 } }])
    expect(counted(waiting, ring(waiting, '101#2'))).toEqual([])
    expect(counted(null, aFreshCallback())).toEqual([])
  })

  test('is taken back when better evidence comes, and given again', () => {
    const timeout = { ...abandoned, outcome: 'timeout' as const }
    expect(counted(abandoned, timeout)).toMatchObject([
      { before: { abandoned: 1 }, after: { abandoned: 0, offered: 1 } },
    ])
    expect(counted(timeout, abandoned)).toMatchObject([
      { before: { abandoned: 0 }, after: { abandoned: 1 } },
    ])
  })

  test('moves with the call to the queue or the day that it really entered', () => {
    const sales = { ...waiting, queue: 'sales' }
    expect(counted(waiting, sales)).toMatchObject([
      { call: { queue: 'hotline' }, before: { offered: 1 }, after: none },
      { call: { queue: 'sales' }, before: none, after: { offered: 1 } },
    ])
    const late = { ...waiting, enteredAt: '2026-11-23T17:00:01.000Z' }
    const earlier = { ...waiting, enteredAt: '2026-11-23T16:59:59.000Z' }
    expect(counted(late, earlier)).toMatchObject([
      { call: { enteredAt: late.enteredAt }, after: none },
      { call: { enteredAt: earlier.enteredAt }, before: none },
    ])
    expect(counted(waiting, { ...waiting, enteredAt: at })).toEqual([])
  })
})
