import { describe, expect, test } from 'vitest'
import { channel, play } from '../../../test/support/call-table.ts'
import { type KnownCalls, liveCallsOf } from './live-calls.ts'

const TALK = `
  00:00.000  queue_joined     trunk#1
  00:01.000  agent_called     trunk#1  101#2
  00:05.000  agent_connected  trunk#1  101#2  hold=5`
const OVER = `${TALK}
  00:09.000  hung_up  101#2
  00:09.001  hung_up  trunk#1`

/** What one PBX has; its calls are stored under `id` and their Uniqueid. */
function pbxWith(table: string, isStored = true): KnownCalls {
  const { book } = play(table)
  const uniqueids = isStored ? book.index.all().map(({ uniqueid }) => uniqueid) : []
  return { book, ids: new Map(uniqueids.map((uniqueid) => [uniqueid, `id ${uniqueid}`])) }
}

const uniqueidOf = (table: string) => play(table).book.index.all()[0]?.uniqueid ?? 'none'

const of = (...pbxs: KnownCalls[]) =>
  liveCallsOf(new Map(pbxs.map((pbx, index) => [`pbx${index + 1}`, pbx])))

test('the call of a phone is the one that it talks on, whichever PBX has it', () => {
  const calls = of(pbxWith(OVER), pbxWith(TALK))
  expect(calls.callOn('101')).toMatchObject({
    id: `id ${uniqueidOf(TALK)}`,
    call: { status: 'talking' },
  })
  expect(calls.callOn('102')).toBeNull()
  expect(calls.live()).toHaveLength(1)
})

test('a talk that is not stored yet is on nobody’s desk, and one that is over on nobody’s', () => {
  expect(of(pbxWith(TALK, false)).callOn('101')).toBeNull()
  expect(of(pbxWith(OVER)).callOn('101')).toBeNull()
})

test('a call is found by its id while it goes on', () => {
  const uniqueid = uniqueidOf(TALK)
  expect(of(pbxWith(TALK)).goingOn(`id ${uniqueid}`)).toMatchObject({ uniqueid })
  expect(of(pbxWith(TALK)).goingOn('id of another')).toBeNull()
  expect(of(pbxWith(OVER)).goingOn(`id ${uniqueid}`)).toBeNull()
})

test('who talks is on the line, and keeps no place', () => {
  expect(of(pbxWith(TALK)).numbersOnLine()).toHaveLength(1)
  expect(of(pbxWith(OVER)).numbersOnLine()).toHaveLength(0)
  expect(of(pbxWith(TALK)).hasPlaces()).toBe(false)
})

test('a caller waits since they came until somebody answers, however often they joined', () => {
  const BACK = `
  00:00.000  queue_joined  trunk#1
  00:20.000  queue_left    trunk#1
  00:40.000  queue_joined  trunk#1`
  const since = (table: string) => of(pbxWith(table)).unansweredSince('pbx1', uniqueidOf(table))
  expect(since(BACK)).toMatch(/:00\.000Z$/)
  expect(since(TALK)).toBeNull()
  expect(of(pbxWith(BACK)).unansweredSince('pbx2', uniqueidOf(BACK))).toBeNull()
})

describe('who stands in a queue is a colleague', () => {
  const HANDED_ON = `${TALK}
    00:06.000  channel_created  Local/8001@a#3
    00:06.000  channel_created  Local/8001@a#4
    00:06.000  local_bridged    Local/8001@a#3  Local/8001@a#4`
  const ASKS = `${HANDED_ON}
    00:07.000  bridge_entered  Local/8001@a#3  bridge=c
    00:07.000  bridge_entered  101#2           bridge=c`
  const GAVE = `${HANDED_ON}
    00:08.000  bridge_entered  Local/8001@a#3  bridge=b
    00:08.000  bridge_entered  trunk#1         bridge=b`
  const CALLED = `
    00:00.000  channel_created  101=cb-7
    00:03.000  dial_ended       -  101=cb-7
    00:04.000  dial_begun       101=cb-7  trunk#9
    00:08.000  dial_ended       101=cb-7  trunk#9`
  const FIRST = `
    00:00.000  channel_created   Local/0912@callback-customer-1=cb-8
    00:03.000  callback_consent  Local/0912@callback-customer-1=cb-8  state=given`
  test.each([
    ['the own phone of one', '00:00.000  channel_created  102#7', '102#7', true],
    ['a Local half while they ask', ASKS, 'Local/8001@a#4', true],
    ['a Local half once they gave the customer up', GAVE, 'Local/8001@a#4', false],
    ['a caller', TALK, 'trunk#1', false],
    ['the agent of a callback', CALLED, 'cb-7', true],
    ['whom we called', CALLED, 'trunk#9', false],
    ['whom we called first', FIRST, 'cb-8', false],
    ['somebody of whom nothing was heard', TALK, 'trunk#8', false],
  ])('%s: %s', (_, table, name, isOne) => {
    const uniqueid = name.startsWith('cb-') ? name : channel(name).uniqueid
    expect(of(pbxWith(table)).isColleague('pbx1', uniqueid)).toBe(isOne)
    expect(of(pbxWith(table)).isColleague('pbx2', uniqueid)).toBe(false)
  })
})
