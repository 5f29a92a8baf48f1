import { describe, expect, test } from 'vitest'
import { aFreshCall, aFreshSegment } from '../../../test/support/a-book-call.ts'
import { callEvents, RULES } from '../../../test/support/call-table.ts'
import { time } from '../../../test/support/table-time.ts'
import { addEvidence } from './add-evidence.ts'
import type { Call, Segment } from './call.ts'

function withLine(call: Call, line: string): Call {
  const [event] = callEvents(`00:40.000  ${line}`)
  if (event === undefined) throw new Error('the table has one line')
  return addEvidence(call, event, RULES)
}
function talking(how: Segment['how']): Call {
  return aFreshCall({ answeredAt: time('00:05.000'), segments: [aFreshSegment({ how })] })
}

describe('AgentComplete', () => {
  test.each<[Segment['how'], string | null]>([
    ['queue', time('00:40.000')],
    ['pickup', time('00:40.000')],
    ['transfer', null],
    ['direct', null],
  ])('ends the part of an agent of the queue: %s', (how, endedAt) => {
    const after = withLine(talking(how), 'agent_completed  trunk#1  101#2')
    expect(after.segments[0]?.endedAt).toBe(endedAt)
  })
})

describe('a transfer', () => {
  test('that failed leaves the agent in the call', () => {
    const call = talking('queue')
    for (const line of [
      'blind_transferred     trunk#1  101#2  failed=yes',
      'attended_transferred  trunk#1  102#3  by=101#2 target=102#3 failed=yes',
    ]) {
      expect(withLine(call, line)).toBe(call)
    }
  })

  test('that succeeded ends the transferer’s part and begins the other’s', () => {
    const line = 'attended_transferred  trunk#1  102#3  by=101#2 target=102#3'
    expect(withLine(talking('queue'), line).segments).toMatchObject([
      { extension: '101', endedAt: time('00:40.000') },
      { extension: '102', how: 'transfer', endedAt: null },
    ])
  })
})

test('a phone that a queue rings shows that the caller waits there', () => {
  expect(withLine(aFreshCall(), 'agent_called  trunk#1  101#2').visits).toMatchObject([
    { queue: 'hotline', heard: false },
  ])
})

test('what speaks of a callback’s legs says nothing of a caller', () => {
  const call = aFreshCall()
  for (const line of [
    'channel_created         trunk#1',
    'originate_responded     trunk#1  failed=yes',
    'journal_callback_ended  trunk#1  status=ANSWER talk=9',
  ]) {
    expect(withLine(call, line)).toBe(call)
  }
})
