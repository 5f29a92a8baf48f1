import { expect, test } from 'vitest'
import { encodeAction, matches, parseFrame, splitFrames, textOf } from './ami-frames.ts'

test('frames are cut off the front and the unfinished one waits', () => {
  const { frames, rest } = splitFrames(Buffer.from('Event: A\r\n\r\nEvent: B\r\nX: 1\r\n\r\nEven'))
  expect(frames.map(({ frame }) => frame)).toEqual([{ Event: 'A' }, { Event: 'B', X: '1' }])
  expect(frames[0]?.bytes.toString()).toBe('Event: A\r\n\r\n')
  expect(rest.toString()).toBe('Even')
})

test('a repeated header becomes an array in order', () => {
  expect(parseFrame('ChanVariable: A=1\r\nChanVariable: B=\r\n')).toEqual({
    ChanVariable: ['A=1', 'B='],
  })
})

test('broken UTF-8 is replaced in the text and kept in the bytes', () => {
  const bytes = Buffer.concat([
    Buffer.from('Name: Tr'),
    Buffer.from([0xe2]),
    Buffer.from('n\r\n\r\n'),
  ])
  const [first] = splitFrames(bytes).frames
  expect(first && textOf(first.frame, 'Name')).toBe('Tr\uFFFDn')
  expect(first?.bytes).toEqual(bytes)
})

test('a frame matches when all wanted headers agree', () => {
  const frame = { Event: 'Hangup', Uniqueid: '1.1' }
  expect(matches(frame, { Event: 'Hangup' })).toBe(true)
  expect(matches(frame, { Event: 'Hangup', Uniqueid: '1.10' })).toBe(false)
})

test('an action with a line end inside is refused', () => {
  expect(encodeAction({ Action: 'Ping', Variable: ['a=1', 'b=2'] })).toBe(
    'Action: Ping\r\nVariable: a=1\r\nVariable: b=2\r\n\r\n',
  )
  expect(() => encodeAction({ Action: 'Ping\r\nX: 1' })).toThrow('line end')
})
