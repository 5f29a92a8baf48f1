import { describe, expect, test } from 'vitest'
import { aFreshCall } from '../../../test/support/a-book-call.ts'
import { time } from '../../../test/support/table-time.ts'
import type { Call } from './call.ts'
import { addRing } from './rings.ts'
import {
  addSegment,
  endSegment,
  endSegments,
  findSegment,
  holdSegment,
  isTalking,
  moveSegment,
  resumeSegment,
  talkingExtensions,
} from './segments.ts'

const ringing = addRing(aFreshCall(), {
  agentUniqueid: '101#2',
  extension: '101',
  by: 'queue',
  startedAt: time('00:01.000'),
})
function talking(): Call {
  return addSegment(ringing, {
    agentUniqueid: '101#2',
    extension: '101',
    how: 'queue',
    startedAt: time('00:05.000'),
  })
}

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

describe('hold', () => {
  const both = addSegment(talking(), {
    agentUniqueid: '102#3',
    extension: '102',
    how: 'transfer',
    startedAt: time('00:08.000'),
  })
  const held = holdSegment(both, '101#2', time('00:10.000'))

  test('belongs to the agent whose phone pressed it', () => {
    expect(held.segments.map(({ heldAt }) => heldAt)).toEqual([time('00:10.000'), null])
    const resumed = resumeSegment(held, '101#2', time('00:20.000'))
    expect(resumed.segments.map(({ holdSeconds }) => holdSeconds)).toEqual([10, 0])
  })

  test('is not ended by another agent’s leaving, only by one’s own', () => {
    const otherLeft = endSegment(held, '102#3', time('00:13.000'))
    expect(otherLeft.segments[0]).toMatchObject({ heldAt: time('00:10.000'), holdSeconds: 0 })
    expect(endSegment(held, '101#2', time('00:13.000')).segments[0]?.holdSeconds).toBe(3)
    expect(endSegments(held, time('00:14.000')).segments[0]?.holdSeconds).toBe(4)
  })

  test('of a Local member comes from the phone behind it', () => {
    const member = addSegment(aFreshCall(), {
      agentUniqueid: 'Local/101@agents#2',
      extension: '101',
      how: 'queue',
      startedAt: time('00:05.000'),
    })
    const phone = { agentUniqueid: '101#4', extension: '101', by: 'dial' as const }
    const rung = addRing(member, { ...phone, startedAt: time('00:01.000') })
    const call = holdSegment(rung, '101#4', time('00:10.000'))
    expect(call.segments[0]?.heldAt).toBe(time('00:10.000'))
    expect(resumeSegment(call, '101#4', time('00:12.000')).segments[0]?.holdSeconds).toBe(2)
  })

  test('by the customer or by nobody known is no agent’s', () => {
    expect(holdSegment(both, 'trunk#1', time('00:10.000'))).toBe(both)
    expect(resumeSegment(held, 'trunk#1', time('00:20.000'))).toBe(held)
  })
})

test('the extensions that talk are those of open segments, each once', () => {
  expect(talkingExtensions(aFreshCall())).toEqual([])
  const both = addSegment(talking(), {
    agentUniqueid: '102#3',
    extension: '102',
    how: 'transfer',
    startedAt: time('00:08.000'),
  })
  expect(talkingExtensions(both)).toEqual(['101', '102'])
  expect(talkingExtensions(endSegment(both, '101#2', time('00:09.000')))).toEqual(['102'])
})
