import { describe, expect, test } from 'vitest'
import {
  createLiveChannels,
  enterBridge,
  noteAnswer,
  noteChannel,
  pairLocals,
} from './live-channels.ts'
import { hearersOf, isConsult, phoneBehind, withPhone } from './local-channels.ts'
import { callEvents, channel, play, segmentsText } from '../../../test/support/call-table.ts'
import { time } from '../../../test/support/table-time.ts'

const at = time('00:00.000')
const one = { ...channel('Local/8001@a#1'), channel: 'Local/8001@a-1;1' }
const two = { ...channel('Local/8001@a#2'), channel: 'Local/8001@a-1;2' }

function live(bridges: Record<string, string[]> = {}) {
  const channels = createLiveChannels()
  noteChannel(channels, one, at)
  noteChannel(channels, two, at)
  for (const [bridge, names] of Object.entries(bridges)) {
    for (const name of names) {
      const view = [one, two].find(({ uniqueid }) => uniqueid === name) ?? channel(name)
      enterBridge(channels, bridge, view, at)
    }
  }
  return channels
}
const [CONSULT, HELP] = [
  ['101#3', one.uniqueid],
  [two.uniqueid, '102#4'],
]

test('halves are known by their name, and forgotten pairs lead nowhere', () => {
  expect(live().localPeers.get(one.uniqueid)).toBe(two.uniqueid)
  expect(phoneBehind(live(), one.uniqueid)).toBeNull()
  expect(phoneBehind(live(), 'unknown')).toBeNull()
})

test('the phone behind a half is the one that talks there, or that has answered', () => {
  expect(phoneBehind(live({ b2: HELP }), one.uniqueid)?.endpoint).toBe('102')
  const answered = live()
  noteAnswer(answered, two, channel('102#4'))
  expect(phoneBehind(answered, one.uniqueid)?.endpoint).toBe('102')
})

test('halves that are paired in a ring end', () => {
  const ring = createLiveChannels()
  for (const view of [one, two]) enterBridge(ring, 'b1', { ...view, channel: 'Local/x' }, at)
  pairLocals(ring, one.uniqueid, two.uniqueid)
  expect(phoneBehind(ring, one.uniqueid)).toBeNull()
  expect(hearersOf(ring, 'b1')).toEqual([])
})

test('a bridge is heard by the phones behind its Local channels', () => {
  const heard = hearersOf(live({ b1: CONSULT, b2: HELP }), 'b1')
  expect(heard.map(({ uniqueid }) => uniqueid)).toEqual(['101#3', '102#4'])
})

const isParty = (uniqueid: string) => uniqueid === 'trunk#9'

test('a half whose other half talks with an agent alone is a consultation', () => {
  expect(isConsult(live({ b1: CONSULT }), two, isParty)).toBe(true)
  expect(isConsult(live({ b1: ['trunk#9', ...CONSULT] }), two, isParty)).toBe(false)
  expect(isConsult(live(), two, isParty)).toBe(false)
  expect(isConsult(live({ b1: CONSULT }), channel('trunk#9'), isParty)).toBe(false)
})

test('AgentConnect names the phone that answered, not the Local channel', () => {
  const [event] = callEvents('00:05.000  agent_connected  trunk#9  Local/8001@a#1  hold=5')
  if (event === undefined) throw new Error('the table has one line')
  expect(withPhone(live({ b2: HELP }), event)).toMatchObject({ agent: { endpoint: '102' } })
  expect(withPhone(live(), event)).toBe(event)
})

describe('an agent is the phone that talks', () => {
  test('through a Local member that stays, also after a blind transfer', () => {
    const { call, told } = play(`
      00:00.000  queue_joined       trunk#1
      00:00.900  channel_created    Local/900@m#2
      00:00.901  channel_created    Local/900@m#3
      00:01.000  agent_called       trunk#1         Local/900@m#2  member=Lan
      00:01.001  local_bridged      Local/900@m#2   Local/900@m#3
      00:01.100  dial_begun         Local/900@m#3   101#4  linkedid=trunk#1
      00:05.000  dial_ended         Local/900@m#3   101#4  linkedid=trunk#1
      00:05.001  agent_connected    trunk#1         Local/900@m#2  member=Lan hold=5
      00:05.010  bridge_entered     trunk#1         bridge=b1
      00:05.011  bridge_entered     Local/900@m#2   bridge=b1
      00:05.012  bridge_entered     Local/900@m#3   bridge=b2
      00:05.013  bridge_entered     101#4           bridge=b2
      00:09.000  blind_transferred  Local/900@m#3   101#4  exten=102
      00:09.001  hung_up            101#4
      00:09.100  dial_begun         Local/900@m#3   102#5  linkedid=trunk#1
      00:12.000  dial_ended         Local/900@m#3   102#5  linkedid=trunk#1
      00:12.010  bridge_entered     Local/900@m#3   bridge=b3
      00:12.011  bridge_entered     102#5           bridge=b3
      00:20.000  hung_up            trunk#1`)
    expect(told).toContain('00:05.001 call_answered 101')
    expect(told).toContain('00:09.000 agent_left 101')
    expect(segmentsText(call())).toEqual([
      '101 queue 00:05.001 - 00:09.000',
      '102 transfer 00:12.011 - 00:20.000',
    ])
  })

  test('a queue that is reached by a Local channel is nobody', () => {
    const { call } = play(`
      00:00.000  queue_joined          trunk#1
      00:05.000  agent_connected       trunk#1        101#2  hold=5
      00:05.010  bridge_entered        trunk#1        bridge=b1
      00:05.011  bridge_entered        101#2          bridge=b1
      00:09.000  bridge_entered        Local/8001@a#3 bridge=b1
      00:09.001  attended_transferred  trunk#1        Local/8001@a#3  by=101#2
      00:09.002  hung_up               101#2`)
    expect(call().segments.map(({ extension }) => extension)).toEqual(['101'])
  })
})
