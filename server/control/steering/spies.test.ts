import { expect, test } from 'vitest'
import type { CallEventBody, LiveChannel } from '../../calls/conversation/call-event.ts'
import {
  type Spies,
  type Spy,
  spiesAfterCall,
  spiesAfterSpy,
  withoutSpy,
  withSpy,
} from './spies.ts'

const AT = '2026-11-28T02:00:00.000Z'
const spy: Spy = {
  pbxId: 'pbx1',
  channelId: 'spy-1',
  extension: '109',
  agentUniqueid: 'phone',
  mode: 'listen',
  isOn: false,
}
const spies = withSpy(new Map(), spy)
const told = (of: Spies, body: CallEventBody, pbxId = 'pbx1') =>
  spiesAfterCall(of, { pbxId, at: AT, ...body })
const started = { pbxId: 'pbx1', at: AT, type: 'spy_started', heardUniqueid: 'phone' } as const
const on = spiesAfterSpy(spies, { ...started, spyUniqueid: 'spy-1' })

function channel(uniqueid: string, given: Partial<LiveChannel> = {}): LiveChannel {
  return {
    uniqueid,
    linkedid: uniqueid,
    channel: `PJSIP/109-${uniqueid}`,
    endpoint: '109',
    callerIdNum: null,
    callerIdName: null,
    hotline: null,
    withheld: false,
    application: 'ChanSpy',
    applicationData: 'phone,uqESbwg(hotline)',
    bridgeId: null,
    durationSeconds: 3,
    ...given,
  }
}
const seen = (of: Spies, channels: LiveChannel[], pbxId = 'pbx1') =>
  told(of, snapshotOf(channels), pbxId)
function snapshotOf(channels: LiveChannel[]): CallEventBody {
  const snapshot = { takenAt: AT, bootedAt: null, channels, waiting: [] }
  return { type: 'snapshot_taken', snapshot }
}

test('who listens is on from the PBX’s word on, until the channel is gone', () => {
  expect([spies, on].map((of) => of.get('spy-1')?.isOn)).toEqual([false, true])
  const stopped = spiesAfterSpy(on, { ...started, type: 'spy_stopped', spyUniqueid: 'spy-1' })
  expect(stopped).toBe(on)
  const ended = { cause: 16, causeText: '', context: 'hotline-spy' }
  const hungUp = { type: 'hung_up', channel: channel('spy-1'), ...ended } as const
  expect(told(on, hungUp).size).toBe(0)
  expect(told(on, { ...hungUp, channel: channel('other') })).toBe(on)
})

test('a phone that did not answer hears nobody', () => {
  const answer = { type: 'originate_responded', channelId: 'spy-1', reason: 3 } as const
  expect(told(spies, { ...answer, succeeded: true })).toBe(spies)
  expect(told(spies, { ...answer, succeeded: false }).size).toBe(0)
})

test('strangers who spy are none of ours', () => {
  expect(spiesAfterSpy(spies, { ...started, spyUniqueid: 'pbx1-1.1' })).toBe(spies)
  expect(withoutSpy(spies, 'none')).toBe(spies)
})

test('a service that begins sees who listens, and how; who is not there any more is forgotten', () => {
  const web = channel('spy-2', { endpoint: 'web-109' })
  expect([...seen(new Map(), [web, channel('pbx1-1.1')]).values()]).toEqual([
    { ...spy, channelId: 'spy-2', mode: 'whisper', isOn: true },
  ])
  const modes = ['uqESbg', 'uqESbwg', 'uqESbBg'].map(
    (options) =>
      seen(new Map(), [channel('spy-1', { applicationData: `phone,${options}(hotline)` })]).get(
        'spy-1',
      )?.mode,
  )
  expect(modes).toEqual(['listen', 'whisper', 'barge'])
  expect(seen(on, []).size).toBe(0)
  expect(seen(on, [], 'pbx2')).toEqual(on)
  expect(seen(spies, [])).toEqual(spies)
  expect(seen(new Map(), []).size).toBe(0)
  const dialling = channel('spy-1', { application: 'AppDial2', applicationData: '' })
  expect(seen(on, [dialling])).toEqual(on)
})
