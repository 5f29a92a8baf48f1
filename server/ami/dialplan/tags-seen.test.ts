import { describe, expect, it } from 'vitest'
import { channelHeaders, parsedFrame } from '../../../test/support/ami-frame.ts'
import { parseAmiEvent } from '../ami-event.ts'
import { setsTag, type TagsSeen, tagsMissing, tagsProblem, tagsSeen } from './tags-seen.ts'

function heard(name: string, variables: string[], headers: Record<string, string> = {}) {
  const channel = channelHeaders('PJSIP/trunk-00000000', '1.0')
  const tags = variables.length === 0 ? {} : { ChanVariable: variables }
  const event = parseAmiEvent(parsedFrame({ Event: name, ...channel, ...headers, ...tags }))
  if (event.event === null) throw new Error(`${name} is not read`)
  return event
}
const join = { Queue: 'hotline', Position: '1', Cause: '16' }

describe('whether a PBX tags its customers', () => {
  it.each<[string, TagsSeen, string, string[], TagsSeen]>([
    ['a tag', 'unknown', 'Hangup', ['HOTLINE=19000382'], 'sent'],
    ['a tag after a caller without one', 'untagged', 'Hangup', ['HOTLINE=1'], 'sent'],
    ['an empty tag of whoever it is', 'unknown', 'Hangup', ['HOTLINE='], 'unknown'],
    ['a caller who waits without one', 'unknown', 'QueueCallerJoin', ['HOTLINE='], 'untagged'],
    ['events without the variable', 'unknown', 'Hangup', [], 'no_variable'],
    ['events with other variables', 'unknown', 'Hangup', ['X=1'], 'no_variable'],
    ['a caller without a tag, after one', 'sent', 'QueueCallerJoin', ['HOTLINE='], 'sent'],
  ])('is seen by %s', (_, before, name, variables, after) => {
    expect(tagsSeen(before, heard(name, variables, join))).toBe(after)
  })

  it('is not seen by an event that is about no channel', () => {
    const reload = parseAmiEvent(parsedFrame({ Event: 'Reload', Module: 'x' }))
    if (reload.event === null) throw new Error('Reload is not read')
    expect(tagsSeen('unknown', reload)).toBe('unknown')
    const gone = parsedFrame({ Event: 'QueueCallerLeave', Queue: 'hotline', Uniqueid: '1.0' })
    const left = parseAmiEvent(gone)
    expect(left.event === null ? null : tagsSeen('unknown', left)).toBe('unknown')
  })
})

it('a dialplan that tags is not blamed for a call of the staff', () => {
  expect(tagsMissing('untagged', true)).toBeNull()
  expect(tagsMissing('untagged', false)).toBe('untagged')
  expect(tagsMissing('no_variable', true)).toBe('no_variable')
  expect([tagsMissing('sent', false), tagsMissing('unknown', false)]).toEqual([null, null])
})

it('what is missing is told with what is done meanwhile', () => {
  expect(tagsProblem('no_variable')).toContain('channelvars')
  expect(tagsProblem('untagged')).toContain('no call of this PBX has carried the tag')
  expect(tagsProblem(null)).toBeNull()
})

it('the tag is known in a dialplan by its name and a value', () => {
  expect(setsTag([{ appdata: '_X=1' }, { appdata: 'HOTLINE=${HOTLINE_NUMBER}' }])).toBe(true)
  expect(setsTag([{ appdata: 'HOTLINE=' }, { appdata: '_HOTLINE_DAY=x' }, {}])).toBe(false)
})
