import { expect, test } from 'vitest'
import { formatFrame, parseAction, splitFrames } from './frames.ts'

test('a frame is its headers and an empty line', () => {
  expect(
    formatFrame([
      ['Event', 'Hangup'],
      ['Cause', '16'],
    ]),
  ).toBe('Event: Hangup\r\nCause: 16\r\n\r\n')
})

test('a line end inside a value is refused', () => {
  expect(() => formatFrame([['Event', 'A\r\nAction: Originate']])).toThrow('line end')
})

test('an action is read without regard to case; the first of doubled headers counts', () => {
  expect(parseAction('Action: Ping\r\nactionid: 1\r\nActionID: 2').get('actionid')).toBe('1')
})

test('frames are cut off as they end', () => {
  expect(splitFrames('A: 1\r\n\r\nB: 2\r\n\r\nC:')).toEqual({
    frames: ['A: 1', 'B: 2'],
    rest: 'C:',
  })
})
