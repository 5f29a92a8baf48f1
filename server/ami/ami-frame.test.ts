import { expect, it } from 'vitest'
import { headerOf, isSuspicious, withFirstValues } from './ami-frame.ts'

it('gives the value of a header, of a repeated one the first, and undefined without one', () => {
  const frame = { event: 'Hangup', uniqueid: ['1.1', '2.2'], variable: { A: '1' } }
  expect(headerOf(frame, 'event')).toBe('Hangup')
  expect(headerOf(frame, 'uniqueid')).toBe('1.1')
  expect(headerOf(frame, 'variable')).toBeUndefined()
  expect(headerOf(frame, 'actionid')).toBeUndefined()
  expect(headerOf(frame, 'constructor')).toBeUndefined()
})

it('passes over what the parser found inherited', () => {
  expect(headerOf({ constructor: [Object, 'z'] }, 'constructor')).toBe('z')
})

it.each(['event', 'response', 'actionid', 'uniqueid', 'linkedid', 'channel', 'queue'])(
  'suspects a frame whose %s came twice',
  (key) => {
    expect(isSuspicious({ event: 'X', [key]: ['a', 'b'] })).toBe(true)
    expect(isSuspicious({ event: 'X', [key]: 'a', chanvariable: ['A=1', 'B=2'] })).toBe(false)
  },
)

it('reduces every repeated header to its first value', () => {
  expect(withFirstValues({ event: ['A', 'B'], queue: 'q', chanvariable: { X: '1' } })).toEqual({
    event: 'A',
    queue: 'q',
    chanvariable: { X: '1' },
  })
})
