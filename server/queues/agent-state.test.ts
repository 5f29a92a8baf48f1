import { describe, expect, test } from 'vitest'
import { isConfirmed, isShown, type Membership, reactTo, shownOn } from './agent-state.ts'

const AT = '2026-11-23T02:00:00.000Z'
const BEFORE = '2026-11-23T01:00:00.000Z'

const free = (queue = 'hotline', pbxId = 'pbx1'): Membership => ({
  pbxId,
  queue,
  paused: false,
  pauseReason: null,
  isReachable: true,
})
const deaf = (pbxId: string): Membership => ({ ...free('hotline', pbxId), isReachable: false })
const down = (pbxId: string) => ({ pbxId, isReady: false })
const paused = (reason: string | null, queue = 'hotline'): Membership => ({
  ...free(queue),
  paused: true,
  pauseReason: reason,
})

const ready = { state: 'ready', reason: null } as const
const lunch = { state: 'paused', reason: 'lunch' } as const
const meeting = { state: 'paused', reason: 'meeting' } as const
const offline = { state: 'offline', reason: null } as const

describe('what memberships amount to', () => {
  test.each([
    ['member of no queue', [], offline],
    ['member on another PBX only', [free('hotline', 'pbx2')], offline],
    ['offered calls', [free()], ready],
    ['paused in every queue', [paused('lunch'), paused('lunch', 'vip')], lunch],
    ['paused in one of two', [paused('lunch'), free('vip')], ready],
    ['paused for words of the PBX', [paused('coffee')], { state: 'paused', reason: null }],
    ['paused without a reason', [paused(null)], { state: 'paused', reason: null }],
  ] as const)('%s', (_name, memberships, shown) => {
    expect(shownOn('pbx1', memberships)).toEqual(shown)
  })
})

describe('confirmed', () => {
  const up = { pbxId: 'pbx1', isReady: true }
  test.each([
    ['the PBX shows it', ready, [free()], [up], true],
    ['the PBX shows something else', ready, [paused('lunch')], [up], false],
    ['the PBX is away', ready, [free()], [{ ...up, isReady: false }], false],
    [
      'one of two PBXs does not show it',
      ready,
      [free()],
      [up, { pbxId: 'pbx2', isReady: true }],
      false,
    ],
    ['no PBX at all', offline, [], [], false],
    [
      'another PBX is away, and the phone is registered here',
      ready,
      [free(), deaf('pbx2')],
      [up, down('pbx2')],
      true,
    ],
    [
      'the phone is registered with the PBX that is away',
      ready,
      [deaf('pbx1'), free('hotline', 'pbx2')],
      [up, down('pbx2')],
      false,
    ],
    [
      'signed out, and the PBX that is away never showed them',
      offline,
      [],
      [up, down('pbx2')],
      true,
    ],
    [
      'signed out while the PBX that shows them is away',
      offline,
      [free('hotline', 'pbx2')],
      [up, down('pbx2')],
      false,
    ],
    ['a reason that the PBX does not tell', lunch, [paused(null)], [up], true],
    ['another reason', lunch, [paused('meeting')], [up], false],
  ] as const)('%s', (_name, wanted, memberships, pbxs, confirmed) => {
    expect(isConfirmed(wanted, memberships, pbxs)).toBe(confirmed)
  })

  test('a pause is shown only by a pause', () => {
    expect(isShown(lunch, ready)).toBe(false)
    expect(isShown(lunch, meeting)).toBe(false)
  })
})

describe('when the PBX shows something else', () => {
  const since = BEFORE
  test.each([
    // wanted, shown, our order under way, after a reconnect → reaction
    ['as wanted', ready, ready, false, false, 'none'],
    ['a supervisor paused the agent', ready, meeting, false, false, 'adopt paused'],
    ['the agent left by phone code', ready, offline, false, false, 'adopt offline'],
    ['the agent joined by phone code', offline, ready, false, false, 'adopt ready'],
    ['our own order is not through', ready, offline, true, false, 'none'],
    ['the PBX restarted and forgot', ready, offline, false, true, 'apply'],
    ['signed out while the PBX was away', offline, ready, false, true, 'apply'],
    ['never set, not a member', null, offline, false, true, 'none'],
    ['never set, a member when we came', null, ready, false, true, 'adopt ready'],
  ] as const)('%s → %6$s', (_name, wanted, shown, isOrdered, isReconnect, said) => {
    const reaction = reactTo({
      wanted: wanted === null ? null : { ...wanted, since },
      shown,
      isOrdered,
      isReconnect,
      at: AT,
    })
    const words =
      reaction.kind === 'adopt'
        ? `adopt ${reaction.wanted.state} since ${reaction.wanted.since}`
        : reaction.kind
    expect(words).toBe(said.startsWith('adopt') ? `${said} since ${AT}` : said)
  })
})

describe('a member by the phone at which the person is not', () => {
  const stray: Membership = { ...free(), isStray: true }
  const seen = { isOrdered: false, isReconnect: false, at: AT }
  const wanted = { ...ready, since: BEFORE }
  const shown = shownOn('pbx1', [stray])

  test('is not what is wanted, also beside the right one', () => {
    expect(isShown(ready, shown)).toBe(false)
    expect(isShown(ready, shownOn('pbx1', [free('vip'), stray]))).toBe(false)
    expect(isShown(ready, shownOn('pbx1', [free()]))).toBe(true)
  })

  test('goes over to the other phone, and says nothing about what the person wants', () => {
    expect(reactTo({ ...seen, wanted, shown })).toEqual({ kind: 'apply' })
    expect(reactTo({ ...seen, wanted, shown, isOrdered: true })).toEqual({ kind: 'none' })
  })

  test('that was paused there is paused by whoever did it', () => {
    const isPaused = shownOn('pbx1', [{ ...paused('lunch'), isStray: true }])
    expect(reactTo({ ...seen, wanted, shown: isPaused })).toEqual({
      kind: 'adopt',
      wanted: { ...lunch, since: AT },
    })
  })
})
