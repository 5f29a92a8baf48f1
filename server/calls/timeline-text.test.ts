import { expect, test } from 'vitest'
import { CALL_SCENARIOS } from '../../test/support/call-scenarios.ts'
import { play } from '../../test/support/call-table.ts'
import { timelineText } from './timeline-text.ts'

test.each([
  [
    'agent_connected',
    { queue: 'hotline', agent: '101', holdSeconds: '5' },
    '101 answered for queue hotline after 5 s',
  ],
  [
    'no_ticket',
    { reason: 'not_a_hotline_queue', queue: 'sales' },
    'no ticket by this answer: sales is not a hotline queue',
  ],
  ['queue_left', {}, 'left queue ?'],
  ['something_new', {}, 'something_new'],
])('%s', (kind, detail, text) => {
  expect(timelineText(kind, detail)).toBe(text)
})

test('every line of every kind of call is a whole sentence', () => {
  for (const table of Object.values(CALL_SCENARIOS)) {
    for (const { entry } of play(table).applied.flatMap((one) => one.timeline)) {
      const text = timelineText(entry.kind, entry.detail)
      expect(text).not.toBe(entry.kind)
      expect(text).not.toContain('?')
    }
  }
})
