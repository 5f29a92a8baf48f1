import { expect, test } from 'vitest'
import type { PbxStatus } from '#contract/queues.ts'
import { changeConnection, isPbxLost, isStale, missingFor, troubledPbxs } from './connection.ts'

test('figures count as old in time to say so within five seconds, and not at every short gap', () => {
  const lost = { status: 'disconnected', since: 1_000 } as const
  expect(isStale(lost, 3_900)).toBe(false)
  // looked at once a second, it is on screen a second later at the latest
  expect(isStale(lost, 4_000)).toBe(true)
})

test('a live socket is never stale, however old', () => {
  expect(isStale({ status: 'connected', since: 0 }, 9_999_999)).toBe(false)
})

test('a first connection that does not come up turns stale too', () => {
  expect(isStale({ status: 'connecting', since: 0 }, 5_000)).toBe(true)
})

test('failed retries do not start the five seconds again', () => {
  const lost = { status: 'disconnected', since: 1_000 } as const
  expect(changeConnection(lost, 'disconnected', 4_000)).toEqual(lost)
  expect(changeConnection(lost, 'connected', 4_000)).toEqual({ status: 'connected', since: 4_000 })
})

function aPbx(pbxId: string, link: 'ready' | 'closed'): PbxStatus {
  return { pbxId, link, since: '2026-11-22T01:00:00.000Z', version: null, problem: null }
}

test('only PBXs that are not ready are troubled', () => {
  expect(troubledPbxs([aPbx('a', 'ready'), aPbx('b', 'closed')]).map((p) => p.pbxId)).toEqual(['b'])
})

test('a PBX is lost when it is told to be; without its name, when all of them are', () => {
  const one = [aPbx('a', 'closed'), aPbx('b', 'ready')]
  expect([isPbxLost(one, 'a'), isPbxLost(one, 'b'), isPbxLost(one)]).toEqual([true, false, false])
  expect(isPbxLost([aPbx('a', 'closed')])).toBe(true)
  expect([isPbxLost([]), isPbxLost([], 'a')]).toEqual([false, false])
})

test('an order lacks the service first, and its PBX only where it needs one', () => {
  const pbx = [aPbx('a', 'closed')]
  expect(missingFor('pbx', { isAway: true, pbx })).toBe('service')
  expect(missingFor('pbx', { isAway: false, pbx }, 'a')).toBe('pbx')
  expect(missingFor('pbx', { isAway: false, pbx }, 'b')).toBeNull()
  expect(missingFor('service', { isAway: false, pbx })).toBeNull()
})
