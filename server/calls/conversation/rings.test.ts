import { describe, expect, test } from 'vitest'
import { aFreshCall } from '../../../test/support/a-book-call.ts'
import { time } from '../../../test/support/table-time.ts'
import type { Call } from './call.ts'
import { addRing, endRing, endRings, endRingsByAnswer } from './rings.ts'

function ringing(...agents: string[]): Call {
  return agents.reduce(
    (call, agentUniqueid) =>
      addRing(call, {
        agentUniqueid,
        extension: agentUniqueid.slice(0, 3),
        by: 'queue',
        startedAt: time('00:01.000'),
      }),
    aFreshCall(),
  )
}

describe('rings', () => {
  test('a phone rings once per channel', () => {
    const call = ringing('101#2')
    const ring = { agentUniqueid: '101#2', extension: '101', by: 'dial' as const, startedAt: 'x' }
    expect(addRing(call, ring)).toBe(call)
  })

  test('the first word about its end stays', () => {
    const ended = endRing(ringing('101#2'), '101#2', time('00:09.000'), 'no_answer')
    expect(endRing(ended, '101#2', time('00:10.000'), 'caller_left')).toBe(ended)
    expect(endRing(ended, '999#9', time('00:10.000'), 'caller_left')).toBe(ended)
    expect(ended.rings[0]).toMatchObject({ endedAt: time('00:09.000'), end: 'no_answer' })
  })

  test('a winner’s phones are answered, all others answered elsewhere', () => {
    const settled = endRingsByAnswer(ringing('101#2', '102#3'), time('00:05.000'), '102')
    expect(settled.rings.map(({ end }) => end)).toEqual(['answered_elsewhere', 'answered'])
    expect(endRings(settled, time('00:06.000'), 'caller_left')).toBe(settled)
  })

  test('a call that rings for an hour stays small and forgets no open ring', () => {
    let call = ringing('100#0')
    for (let n = 1; n <= 200; n++) {
      const agentUniqueid = `101#${n}`
      call = addRing(call, { agentUniqueid, extension: '101', by: 'queue', startedAt: 'x' })
      call = endRing(call, agentUniqueid, 'y', 'no_answer')
    }
    expect(call.rings).toHaveLength(48)
    expect(call.rings[0]?.agentUniqueid).toBe('100#0')
  })

  test('late news of one of the last forty-seven phones rings nobody again', () => {
    let call = ringing('100#0')
    for (let n = 1; n <= 47; n++) {
      const agentUniqueid = `101#${n}`
      call = addRing(call, { agentUniqueid, extension: '101', by: 'queue', startedAt: 'x' })
      call = endRing(call, agentUniqueid, 'y', 'no_answer')
    }
    const late = { agentUniqueid: '101#1', extension: '101', by: 'dial' as const, startedAt: 'x' }
    expect(addRing(call, late)).toBe(call)
  })

  test('an answer that is heard late does not stop phones that began to ring after it', () => {
    const newer = addRing(ringing('101#2'), {
      agentUniqueid: '103#4',
      extension: '103',
      by: 'queue',
      startedAt: time('00:06.000'),
    })
    const settled = endRingsByAnswer(newer, time('00:05.000'), '102')
    expect(settled.rings.map(({ end }) => end)).toEqual(['answered_elsewhere', null])
  })

  test('a call that is over rings nobody', () => {
    const over = aFreshCall({ endedAt: time('00:09.000') })
    const ring = { agentUniqueid: '101#2', extension: '101', by: 'queue' as const, startedAt: 'x' }
    expect(addRing(over, ring)).toBe(over)
  })
})
