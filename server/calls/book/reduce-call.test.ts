import { describe, expect, test } from 'vitest'
import { aFreshCall, aFreshCallback } from '../../../test/support/a-book-call.ts'
import { liveChannel, snapshotAt } from '../../../test/support/call-snapshot.ts'
import { callEvents, RULES } from '../../../test/support/call-table.ts'
import { time } from '../../../test/support/table-time.ts'
import { reduceCall, reduceNewCall, reduceSnapshot } from './reduce-call.ts'
import { indexSnapshot } from '../conversation/snapshot-index.ts'
import { joinQueue } from '../conversation/queue-visits.ts'

const waiting = joinQueue(aFreshCall(), 'hotline', time('00:00.000'))
function reduce(line: string) {
  const [event] = callEvents(`00:09.000  ${line}`)
  if (event === undefined) throw new Error('the table has one line')
  return reduceCall(waiting, event, RULES)
}

describe('one call and one event', () => {
  test.each([
    ['agent_called  trunk#1  101#2', 'agent_ringing', 'ringing'],
    ['agent_connected  trunk#1  101#2  hold=9', 'call_answered', 'talking'],
    ['hung_up  trunk#1', 'call_abandoned', 'ended'],
    ['journal_ended  trunk#1  received=00:00.000 outcome=timeout', 'call_ended', 'ended'],
  ])('%s: %s', (line, fact, status) => {
    const { call, facts } = reduce(line)
    expect(facts[0]?.type).toBe(fact)
    expect(facts[0]?.call).toBe(call)
    expect(call.status).toBe(status)
  })

  test.each([
    'channel_created   trunk#1',
    'channel_renamed   trunk#1  to=x',
    'bridge_left       trunk#1',
    'local_bridged     trunk#1  101#2',
    'held              trunk#1',
    'resumed           trunk#1',
    'agent_completed   -  -  member=101',
    'agent_ring_no_answer  trunk#1  101#2',
    'hung_up           101#2',
    'attended_transferred  trunk#1  102#3  by=101#2 failed=yes',
  ])('%s says nothing new: the very same call', (line) => {
    expect(reduce(line)).toEqual({ call: waiting, facts: [] })
    expect(reduce(line).call).toBe(waiting)
  })

  test('a snapshot is no event of one call', () => {
    expect(reduceCall(waiting, snapshotAt('01:00.000'), RULES).call).toBe(waiting)
  })
})

test('the first event of a call enters it', () => {
  const [event] = callEvents('00:00.000  queue_joined  trunk#1')
  if (event === undefined) throw new Error('the table has one line')
  const { call, facts } = reduceNewCall(aFreshCall(), event, RULES)
  expect(facts).toMatchObject([
    { type: 'call_entered', at: time('00:00.000') },
    { type: 'call_counted', after: { offered: 1 } },
  ])
  expect(facts.every((fact) => fact.call === call)).toBe(true)
})

describe('one call and a snapshot without it', () => {
  const nothing = { takenAt: time('01:00.000'), bootedAt: null, channels: [], waiting: [] }

  test('has ended, for callers and callbacks alike', () => {
    for (const call of [waiting, aFreshCallback()]) {
      const { call: after, facts } = reduceSnapshot(call, indexSnapshot(nothing), RULES)
      expect(after).toMatchObject({ status: 'ended', endedAt: time('01:00.000') })
      expect(facts.map(({ type }) => type)).toContain('call_ended')
    }
  })

  test('ended with the PBX when that was started anew', () => {
    const bootedAt = time('00:50.000')
    const { call } = reduceSnapshot(waiting, indexSnapshot({ ...nothing, bootedAt }), RULES)
    expect(call.endedAt).toBe(bootedAt)
  })

  test('and a callback goes on whose channel is there: the clocks moved, not the PBX', () => {
    const callback = aFreshCallback()
    const shown = {
      ...nothing,
      bootedAt: time('00:50.000'),
      channels: [liveChannel(callback.uniqueid)],
    }
    const { call } = reduceSnapshot(callback, indexSnapshot(shown), RULES)
    expect(call.endedAt).toBeNull()
  })

  test('stays as it is when it had ended, or began after the question', () => {
    const over = aFreshCall({ endedAt: time('00:30.000') })
    const later = aFreshCall({ enteredAt: time('01:00.001') })
    for (const call of [over, later]) {
      expect(reduceSnapshot(call, indexSnapshot(nothing), RULES)).toEqual({ call, facts: [] })
    }
  })
})
