import { describe, expect, test } from 'vitest'
import { liveChannel } from '../../../test/support/call-snapshot.ts'
import { callEvents, channel } from '../../../test/support/call-table.ts'
import { time } from '../../../test/support/table-time.ts'
import { indexSnapshot } from '../conversation/snapshot-index.ts'
import {
  createLiveChannels,
  enterBridge,
  hangupOf,
  leaveBridge,
  type LiveChannels,
  membersOf,
  noteChannel,
  noteHangup,
  pairLocals,
  replaceChannels,
} from './live-channels.ts'

function members(live: LiveChannels, bridgeId: string): string[] {
  return membersOf(live, bridgeId).map(({ view }) => view.uniqueid)
}
function hangUp(live: LiveChannels, line: string): void {
  for (const event of callEvents(`00:30.000  hung_up  ${line}`)) {
    if (event.type === 'hung_up') noteHangup(live, event)
  }
}

describe('bridges', () => {
  test('a channel is in one bridge at a time', () => {
    const live = createLiveChannels()
    enterBridge(live, 'b1', channel('trunk#1'), time('00:01.000'))
    enterBridge(live, 'b2', channel('trunk#1'), time('00:02.000'))
    expect([members(live, 'b1'), members(live, 'b2')]).toEqual([[], ['trunk#1']])
    expect(live.bridges.has('b1')).toBe(false)
  })

  test('news of a bridge that is older than the last move is late', () => {
    const live = createLiveChannels()
    enterBridge(live, 'b2', channel('trunk#1'), time('00:02.000'))
    enterBridge(live, 'b1', channel('trunk#1'), time('00:01.000'))
    leaveBridge(live, 'b2', 'trunk#1', time('00:01.500'))
    expect(members(live, 'b2')).toEqual(['trunk#1'])
    leaveBridge(live, 'b2', 'trunk#1', time('00:03.000'))
    expect(members(live, 'b2')).toEqual([])
  })
})

describe('hangups', () => {
  test('leave nothing, and a late event does not bring the channel back', () => {
    const live = createLiveChannels()
    enterBridge(live, 'b1', channel('101#2'), time('00:01.000'))
    pairLocals(live, '101#2', '101#3')
    hangUp(live, '101#2')
    hangUp(live, '101#3')
    noteChannel(live, channel('101#2'), time('00:00.500'))
    expect(live.known.size + live.bridges.size + live.localPeers.size).toBe(0)
  })

  test('of zombies say nothing', () => {
    const live = createLiveChannels()
    noteChannel(live, channel('101#2'), time('00:01.000'))
    hangUp(live, '101#2  zombie=yes')
    expect(live.known.has('101#2')).toBe(true)
  })

  test('are remembered for a while, not for ever', () => {
    const live = createLiveChannels()
    for (let n = 0; n < 2_500; n++) hangUp(live, `101#${n}`)
    expect(live.gone.recent.size + live.gone.older.size).toBeLessThanOrEqual(2_000)
    expect(hangupOf(live, '101#0')).toBeUndefined()
    expect(hangupOf(live, '101#2499')).toBeDefined()
  })
})

test('after a gap the PBX’s own list holds, and what came after it stays', () => {
  const live = createLiveChannels()
  enterBridge(live, 'b1', channel('101#2'), time('00:01.000'))
  enterBridge(live, 'b2', channel('trunk#1'), time('00:01.000'))
  noteChannel(live, channel('102#9'), time('01:00.500'))
  const seen = indexSnapshot({
    takenAt: time('01:00.000'),
    bootedAt: null,
    channels: [liveChannel('trunk#1', { bridgeId: 'b3' })],
    waiting: [],
  })
  replaceChannels(live, seen)
  expect([...live.known.keys()]).toEqual(['trunk#1', '102#9'])
  expect([...live.bridges.keys()]).toEqual(['b3'])
})
