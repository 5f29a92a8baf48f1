import { describe, expect, test } from 'vitest'
import { aFreshCall, aFreshCallback } from '../../../test/support/a-book-call.ts'
import { time } from '../../../test/support/table-time.ts'
import { addRing } from '../conversation/rings.ts'
import { addSegment } from '../conversation/segments.ts'
import { createCallIndex, isParty } from './call-index.ts'

describe('the index of calls', () => {
  test('finds a restored call by every one of its channels', () => {
    const ringing = addRing(aFreshCall(), {
      agentUniqueid: '102#3',
      extension: '102',
      by: 'queue',
      startedAt: 'x',
    })
    const call = addSegment(ringing, {
      agentUniqueid: '101#2',
      extension: '101',
      how: 'queue',
      startedAt: 'x',
    })
    const index = createCallIndex()
    const entry = index.add(call)
    expect(['trunk#1', '101#2', '102#3'].map((uniqueid) => index.get(uniqueid))).toEqual([
      entry,
      entry,
      entry,
    ])
    expect(index.get(null)).toBeUndefined()
    expect(index.byIdentity('101#2')).toBeUndefined()
  })

  test('knows whether any live call is such a one, and of ended ones nothing', () => {
    const index = createCallIndex()
    const one = index.add(aFreshCall())
    index.add(aFreshCall({ uniqueid: 'trunk#2' }))
    const isFirst = (call: { uniqueid: string }) => call.uniqueid === one.call.uniqueid
    expect([index.hasLive(isFirst), index.hasLive(() => false)]).toEqual([true, false])
    index.update(one, { ...one.call, endedAt: '2026-11-23T02:00:00.000Z' })
    expect(index.hasLive(isFirst)).toBe(false)
  })

  test('a channel stays with the call that had it first', () => {
    const index = createCallIndex()
    const one = index.add(aFreshCall())
    const two = index.add(aFreshCall({ uniqueid: 'trunk#2' }))
    index.link(one, '101#2')
    index.link(two, '101#2')
    expect(index.get('101#2')).toBe(one)
  })

  test('an ended call is found for 15 minutes and then leaves nothing', () => {
    const index = createCallIndex()
    const entry = index.add(aFreshCall())
    index.link(entry, '101#2')
    index.update(entry, aFreshCall({ endedAt: time('01:00.000') }))
    expect(index.live()).toEqual([])
    expect(index.dropEndedBefore(time('15:59.999'))).toEqual([])
    expect(index.get('101#2')).toBe(entry)
    expect(index.dropEndedBefore(time('16:00.000'))).toEqual(['trunk#1'])
    expect(index.has('101#2') || index.has('trunk#1')).toBe(false)
  })
})

test('the customer’s side is the inbound caller, or the leg that a callback dialled', () => {
  const callback = aFreshCallback({ customerUniqueid: 'trunk#2' })
  expect(isParty(aFreshCall(), 'trunk#1')).toBe(true)
  expect(isParty(callback, 'cb-7')).toBe(false)
  expect(isParty(callback, 'trunk#2')).toBe(true)
})
