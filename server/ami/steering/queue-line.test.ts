import { expect, test } from 'vitest'
import { parsedFrame } from '../../../test/support/ami-frame.ts'
import { priorityToLead, readLine } from './queue-line.ts'

const entry = (uniqueid: string, position: number, priority: number, queue = 'hotline') =>
  parsedFrame({
    Event: 'QueueEntry',
    Queue: queue,
    Position: String(position),
    Channel: `PJSIP/trunk-${uniqueid}`,
    Uniqueid: uniqueid,
    CallerIDNum: '0912345678',
    Wait: '12',
    Priority: String(priority),
  })

test('a line is read in its order, of its own queue alone', () => {
  const frames = [
    entry('second', 2, 0),
    entry('other', 1, 9, 'sales'),
    entry('first', 1, 1),
    parsedFrame({ Event: 'QueueParams', Queue: 'hotline' }),
  ]
  expect(readLine(frames, 'hotline')).toEqual([
    { uniqueid: 'first', channel: 'PJSIP/trunk-first', position: 1, priority: 1 },
    { uniqueid: 'second', channel: 'PJSIP/trunk-second', position: 2, priority: 0 },
  ])
})

test('one more than the highest leads; who leads already keeps theirs; who is not there has none', () => {
  const line = readLine([entry('a', 1, 3), entry('b', 2, 3), entry('c', 3, 0)], 'hotline')
  expect(['a', 'b', 'c', 'gone'].map((one) => priorityToLead(line, one))).toEqual([3, 4, 4, null])
})
