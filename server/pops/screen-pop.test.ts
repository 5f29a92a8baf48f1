import { describe, expect, it } from 'vitest'
import { type PopStage, popStage } from '#contract/screen-pop.ts'
import { normalizeVn } from '../customers/phone-number.ts'
import {
  isLive,
  isStaleAnswer,
  nextStage,
  type PopCommand,
  popCall,
  popNotice,
  resendDelayMs,
  stagesChangedBy,
} from './screen-pop.ts'
import { aCall, aSegment } from '../../test/support/domain/a-call.ts'

const number = normalizeVn('0912345678')

/** Runs commands from a first stage and gives the stages seen. */
function follow(first: PopStage, ...commands: PopCommand[]): PopStage[] {
  const seen: PopStage[] = [first]
  for (const command of commands) seen.push(nextStage(seen.at(-1) ?? first, command) ?? first)
  return seen
}

describe('a pop', () => {
  it.each<[PopStage, PopCommand, PopStage | null]>([
    ['ringing', 'ring', null],
    ['ringing', 'answer', 'answered'],
    ['ringing', 'withdraw', 'withdrawn'],
    ['ringing', 'end', 'withdrawn'],
    ['answered', 'ring', null],
    ['answered', 'answer', null],
    ['answered', 'withdraw', null],
    ['answered', 'end', 'ended'],
    ['withdrawn', 'ring', 'ringing'],
    ['withdrawn', 'answer', 'answered'],
    ['withdrawn', 'withdraw', null],
    ['withdrawn', 'end', null],
    ['ended', 'ring', 'ringing'],
    ['ended', 'answer', 'answered'],
    ['ended', 'withdraw', null],
    ['ended', 'end', null],
  ])('that is %s, told to %s, becomes %s', (stage, command, next) => {
    expect(nextStage(stage, command)).toBe(next)
  })

  it('rings again after it was withdrawn, is answered and ends', () => {
    expect(follow('ringing', 'withdraw', 'ring', 'answer', 'end')).toEqual([
      'ringing',
      'withdrawn',
      'ringing',
      'answered',
      'ended',
    ])
  })

  it('is on a screen while it rings and while they talk', () => {
    expect(popStage.options.filter(isLive)).toEqual(['ringing', 'answered'])
  })

  it('is changed from the stages of the table only', () => {
    expect(stagesChangedBy('end')).toEqual(['ringing', 'answered'])
    expect(stagesChangedBy('answer')).toEqual(['ringing', 'withdrawn', 'ended'])
  })
})

describe('the news of an answer', () => {
  const now = '2026-11-23T02:01:00.000Z'
  const early = aSegment({ startedAt: '2026-11-23T02:00:00.000Z' })
  it.each([
    ['is fresh when it was heard', { segments: [early] }, false],
    [
      'is fresh when it was recovered within 30 seconds',
      { recovered: true, segments: [aSegment({ startedAt: '2026-11-23T02:00:30.000Z' })] },
      false,
    ],
    [
      'is old when it was recovered later',
      { recovered: true, segments: [aSegment({ startedAt: '2026-11-23T02:00:29.999Z' })] },
      true,
    ],
    [
      'is fresh for the next agent of a recovered call',
      { recovered: true, segments: [early, aSegment({ startedAt: now })] },
      false,
    ],
    ['is old when the call is over', { status: 'ended', segments: [aSegment()] }, true],
    ['is fresh while nobody has answered', { recovered: true, segments: [] }, false],
  ] as const)('%s', (_case, change, stale) => {
    expect(isStaleAnswer(aCall({ ...change, segments: [...change.segments] }), now)).toBe(stale)
  })
})

it('is sent again after 2, 4, 8, 16 and then every 30 seconds', () => {
  expect([1, 2, 3, 4, 5, 6, 60].map(resendDelayMs)).toEqual([
    2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000,
  ])
})

describe('the call in a pop', () => {
  it('has waited until it was answered', () => {
    const call = aCall({
      enteredAt: '2026-11-23T02:00:00.000Z',
      answeredAt: '2026-11-23T02:00:12.400Z',
    })
    expect(popCall('c1', call, number, '2026-11-23T02:05:00.000Z').waitSeconds).toBe(12)
  })

  it('has waited so far while it rings', () => {
    const call = aCall({ enteredAt: '2026-11-23T02:00:00.000Z', answeredAt: null, endedAt: null })
    expect(popCall('c1', call, number, '2026-11-23T02:00:07.000Z').waitSeconds).toBe(7)
  })

  it.each([
    ['Nguyễn Văn Bình', false, 'Nguyễn Văn Bình'],
    ['0912345678', false, '0912 345 678'],
    [' ', false, '0912 345 678'],
    [null, false, '0912 345 678'],
    ['Nguyễn Văn Bình', true, '0912 345 678'],
  ])('with the name %j (withheld: %s) is shown as %j', (callerIdName, withheld, display) => {
    const call = aCall({ callerIdName, withheld })
    expect(popCall('c1', call, number, '2026-11-23T02:00:00.000Z').display).toBe(display)
  })

  it('is noticed as a callback, recovered or hidden, in that order', () => {
    const hidden = normalizeVn('anonymous')
    expect(popNotice(aCall({ direction: 'callback', recovered: true }), hidden)).toBe('callback')
    expect(popNotice(aCall({ recovered: true }), hidden)).toBe('recovered')
    expect(popNotice(aCall(), hidden)).toBe('hidden_number')
    expect(popNotice(aCall(), number)).toBeNull()
  })
})
