import { describe, expect, test } from 'vitest'
import { aFreshCall } from '../../../test/support/a-book-call.ts'
import { time } from '../../../test/support/call-table.ts'
import type { Call } from './call.ts'
import {
  addRing,
  addSegment,
  endRing,
  endRings,
  endSegment,
  endSegments,
  findSegment,
  isTalking,
  moveSegment,
  settleRings,
} from './call-agents.ts'

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
function talking(): Call {
  return addSegment(ringing('101#2'), {
    agentUniqueid: '101#2',
    extension: '101',
    how: 'queue',
    startedAt: time('00:05.000'),
  })
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
    const settled = settleRings(ringing('101#2', '102#3'), time('00:05.000'), '102')
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
    expect(call.rings.length).toBeLessThan(50)
    expect(call.rings[0]?.agentUniqueid).toBe('100#0')
  })

  test('a call that is over rings nobody', () => {
    const over = aFreshCall({ endedAt: time('00:09.000') })
    const ring = { agentUniqueid: '101#2', extension: '101', by: 'queue' as const, startedAt: 'x' }
    expect(addRing(over, ring)).toBe(over)
  })
})

describe('segments', () => {
  test('an answer ends the ring of that phone and sets the first answer', () => {
    expect(talking()).toMatchObject({
      answeredAt: time('00:05.000'),
      rings: [{ end: 'answered' }],
      segments: [{ extension: '101', endedAt: null }],
    })
    expect(isTalking(talking())).toBe(true)
  })

  test('an agent who is there already only changes channels', () => {
    const moved = addSegment(talking(), {
      agentUniqueid: '101#9',
      extension: '101',
      how: 'transfer',
      startedAt: time('00:20.000'),
    })
    expect(moved.segments).toMatchObject([
      { agentUniqueid: '101#9', earlierUniqueids: ['101#2'], how: 'queue' },
    ])
  })

  test('an earlier end wins, a later one changes nothing', () => {
    const ended = endSegment(talking(), '101#2', time('00:45.000'))
    expect(endSegment(ended, '101#2', time('00:50.000'))).toBe(ended)
    expect(endSegment(ended, '101#2', time('00:40.000')).segments[0]?.endedAt).toBe(
      time('00:40.000'),
    )
    expect(endSegments(ended, time('00:45.000'))).toBe(ended)
  })

  test('a channel that was replaced ends nothing any more', () => {
    const call = talking()
    const [segment] = call.segments
    if (segment === undefined) throw new Error('somebody talks')
    const moved = moveSegment(call, segment, '101#9')
    expect(endSegment(moved, '101#2', time('00:45.000'))).toBe(moved)
    expect(findSegment(moved, '101#2')?.agentUniqueid).toBe('101#9')
  })

  test('who joined a call that is over has left it too', () => {
    const over = aFreshCall({ endedAt: time('00:09.000') })
    const late = addSegment(over, {
      agentUniqueid: '101#2',
      extension: '101',
      how: 'queue',
      startedAt: time('00:08.000'),
    })
    expect(late.segments[0]?.endedAt).toBe(time('00:09.000'))
  })
})
