import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { channelHeaders } from '../../test/support/ami-frame.ts'
import {
  createTelephonyUnderTest,
  type TelephonyUnderTest,
} from '../../test/support/ami-telephony.ts'
import { settle } from '../../test/support/clock.ts'
import { listReply } from '../../test/support/fake-ami-frames.ts'
import type { FakeAmi } from '../../test/support/fake-ami-server.ts'
import { FULLY_BOOTED_MS } from './resync.ts'
import { type AmiTelephonyOptions, LOOK_AT_MEMBERS_MS, RECONCILE_MS } from './pbx.ts'

let room: TelephonyUnderTest
let fake: FakeAmi
const journalReads = () =>
  fake.actions('DBGetTree').filter(({ headers }) => headers['family']?.startsWith('hotline/'))
async function open(...given: Parameters<typeof createTelephonyUnderTest>): Promise<void> {
  room = await createTelephonyUnderTest(...given)
  const [first] = room.fakes
  if (first === undefined) throw new Error('no fake PBX')
  fake = first
}
beforeEach(() => open())
afterEach(() => room.stop())

const caller = channelHeaders('PJSIP/trunk-00000000', '1.0', { number: '0912345678' })
const hangup = (uniqueid: string) => ({
  Event: 'Hangup',
  Timestamp: '1795399200.250000',
  ...channelHeaders('PJSIP/trunk-00000000', uniqueid),
  Cause: '16',
})
const ANSWERED = 'v1|1795399200000|1795399195000|hotline|PJSIP/101|4|0912345678|1.0'
const ENDED = 'v1|1795399210000|1795399195000|answered|16|hotline|0912345678'

describe('after each login', () => {
  it('the journal of two days comes first, then the snapshot, then ready', async () => {
    fake.pbx.channels.push({ Event: 'CoreShowChannel', ...caller, Duration: '00:00:10' })
    fake.pbx.queueStatus.push({ Event: 'QueueParams', Queue: 'hotline', Strategy: 'ringall' })
    fake.pbx.database.set('hotline/20261123/answered/1.0', ANSWERED)
    fake.pbx.database.set('hotline/20261122/ended/1.0', ENDED)
    fake.pbx.database.set('hotline/20261121/ended/0.9', ENDED)
    await room.ready()
    expect(room.calls).toMatchObject([
      { type: 'journal_ended' },
      { type: 'journal_answered' },
      {
        type: 'snapshot_taken',
        at: '2026-11-23T02:00:00.000Z',
        snapshot: { takenAt: '2026-11-23T02:00:00.000Z', channels: [{ uniqueid: '1.0' }] },
      },
    ])
    expect(room.queues).toMatchObject([{ type: 'queue_snapshot', queues: [{ queue: 'hotline' }] }])
    expect(room.telephony.status()).toMatchObject([
      { pbxId: 'pbx1', link: 'ready', version: '22.10.1', problem: null },
    ])
  })

  it('events that arrive while the questions are asked come after the answers, in order', async () => {
    fake.on('CoreShowChannels', (action) => {
      fake.send(hangup('1.0'), hangup('2.0'))
      return listReply(action, 'CoreShowChannelsComplete', [])
    })
    await room.ready()
    expect(room.calls.map(({ type }) => type)).toEqual(['snapshot_taken', 'hung_up', 'hung_up'])
  })

  it('nothing is asked before the PBX has fully booted', async () => {
    fake.options.fullyBooted = false
    const seen = fake.next('CoreSettings')
    room.telephony.start()
    await seen
    await settle()
    expect(fake.actions('QueueStatus')).toEqual([])
    fake.send({ Event: 'FullyBooted', Uptime: '0', Status: 'Fully Booted' })
    await room.until('ready')
    expect(fake.actions('QueueStatus')).toHaveLength(1)
  })

  it('a PBX that never says FullyBooted is named as a problem', async () => {
    fake.options.fullyBooted = false
    const seen = fake.next('CoreSettings')
    room.telephony.start()
    await seen
    for (let waited = 0; waited < FULLY_BOOTED_MS; waited += 6_000) await room.clock.advance(6_000)
    await room.when(() => room.telephony.status()[0]?.problem?.includes('read = system') ?? false)
    expect(room.calls).toEqual([])
  })

  it('the boot time is told one second early, on the clock of a PBX that differs little', async () => {
    await room.stop()
    await open([{ uptime: 60, nowMs: () => Date.parse('2026-11-23T02:00:01.500Z') }])
    await room.ready()
    expect(room.calls[0]).toMatchObject({
      snapshot: { takenAt: '2026-11-23T02:00:01.500Z', bootedAt: '2026-11-23T01:59:00.500Z' },
    })
  })

  it('all of it is done again, and what was held back on the lost connection is forgotten', async () => {
    await room.ready()
    fake.on('QueueStatus', () => {
      fake.send(hangup('1.0'))
      fake.dropConnections('half')
      return null
    })
    fake.dropConnections()
    await room.until('closed')
    await room.clock.advance(250)
    await room.when(() => fake.actions('QueueStatus').length === 2)
    fake.on('QueueStatus', (action) => listReply(action, 'QueueStatusComplete', []))
    await room.back()
    expect(room.calls.map(({ type }) => type)).toEqual(['snapshot_taken', 'snapshot_taken'])
  })

  it('unreadable journal entries and items are counted and harm nothing', async () => {
    fake.pbx.database.set('hotline/20261123/answered/1.0', 'v9|what')
    fake.pbx.database.set('hotline/20261123/answered/2.0', ANSWERED)
    fake.pbx.channels.push({ Event: 'CoreShowChannel', Channel: 'no ids' })
    await room.ready()
    expect(room.counted('ami_journal_entries_malformed')).toBe(1)
    expect(room.counted('ami_snapshot_items_malformed')).toBe(1)
    expect(room.calls.map(({ type }) => type)).toEqual(['journal_answered', 'snapshot_taken'])
  })

  it('an old Asterisk is used and warned about', async () => {
    fake.pbx.version = '22.5.0~dfsg'
    await room.ready()
    expect(room.telephony.status()[0]).toMatchObject({
      link: 'ready',
      version: '22.5.0',
      problem: 'Asterisk 22.5.0 has known security holes: update to 22.10.1 or newer',
    })
  })
})

const lastHeard = () =>
  room.calls.flatMap((event) =>
    event.type === 'snapshot_taken' ? [event.snapshot.lastHeardAt] : [],
  )

describe('the last word of a PBX', () => {
  it('is the moment at which it closed the connection', async () => {
    await room.ready()
    await room.clock.advance(7_000)
    fake.dropConnections()
    await room.until('closed')
    await room.back()
    expect(lastHeard()).toEqual([null, '2026-11-23T02:00:07.000Z'])
  })

  it('is its last frame when it fell silent', async () => {
    await room.ready()
    fake.on('Ping', () => null)
    await room.clock.advance(7_000)
    fake.send(hangup('1.0'))
    await room.when(() => room.calls.length === 2)
    for (let waited = 0; waited < 60; waited += 6) await room.clock.advance(6_000)
    fake.on('Ping', (action) => ({
      Response: 'Success',
      ActionID: action.actionId,
      Timestamp: (room.clock.nowMs() / 1000).toFixed(6),
    }))
    await room.back()
    expect(lastHeard().at(-1)).toBe('2026-11-23T02:00:07.000Z')
  })
})

describe('while ready', () => {
  it('events go on with the time of the PBX, or of their receipt without one', async () => {
    await room.ready()
    const { Timestamp: _, ...untimed } = hangup('2.0')
    fake.send(hangup('1.0'), untimed)
    await room.when(() => room.calls.length === 3)
    expect(room.calls.slice(1).map(({ at }) => at)).toEqual([
      '2026-11-23T02:00:00.250Z',
      '2026-11-23T02:00:00.000Z',
    ])
  })

  it('every minute the PBX is asked again, without the journal when all was heard', async () => {
    await room.ready()
    fake.pbx.channels.push({ Event: 'CoreShowChannel', ...caller, Duration: '00:00:10' })
    await room.clock.advance(RECONCILE_MS)
    await room.when(() => room.calls.length === 2)
    expect(room.calls[1]).toMatchObject({
      type: 'snapshot_taken',
      snapshot: { channels: [{ uniqueid: '1.0' }] },
    })
    expect(journalReads()).toHaveLength(2)
    await room.clock.advance(RECONCILE_MS)
    await room.when(() => room.calls.length === 3)
  })

  it('every minute the journal is asked about the calls in doubt', async () => {
    await room.stop()
    const seen: string[][] = []
    const callsInDoubt: AmiTelephonyOptions['callsInDoubt'] = (_pbxId, { channels }) => {
      seen.push(channels.map(({ uniqueid }) => uniqueid))
      return [{ uniqueid: '1.0', enteredAt: '2026-11-23T00:10:00.000Z' }]
    }
    await open([{}], { callsInDoubt })
    await room.ready()
    fake.pbx.channels.push({ Event: 'CoreShowChannel', ...caller, Duration: '00:00:10' })
    fake.pbx.database.set('hotline/20261122/ended/1.0', ENDED)
    fake.pbx.database.set('hotline/20261123/ended/2.0', ENDED)
    await room.clock.advance(RECONCILE_MS)
    await room.when(() => room.calls.length === 3)
    expect(seen).toEqual([['1.0']])
    expect(room.calls.map(({ type }) => type)).toEqual([
      'snapshot_taken',
      'journal_ended',
      'snapshot_taken',
    ])
  })

  it('with many calls in doubt the days are read whole', async () => {
    await room.stop()
    const enteredAt = '2026-11-23T01:10:00.000Z'
    const many = Array.from({ length: 26 }, (_, call) => ({ uniqueid: `1.${call}`, enteredAt }))
    await open([{}], { callsInDoubt: () => many })
    await room.ready()
    await room.clock.advance(RECONCILE_MS)
    await room.when(() => room.calls.length === 2)
    expect(journalReads()).toHaveLength(4)
  })

  it('a reload is followed by one more look, however many modules it reports', async () => {
    await room.ready()
    for (const Module of ['app_queue', 'res_pjsip', 'pbx_config']) {
      fake.send({ Event: 'Reload', Module, Status: '0' })
    }
    fake.send(hangup('1.0'))
    await room.when(() => room.calls.length === 2)
    await room.clock.advance(1_000)
    await room.when(() => room.calls.length === 3)
    expect(fake.actions('CoreShowChannels')).toHaveLength(2)
  })

  it('a reload is followed at once by a look at the members', async () => {
    await room.ready()
    fake.send({ Event: 'Reload', Module: 'app_queue', Status: '0' })
    await room.when(() => room.queues.some(({ type }) => type === 'members_seen'))
    expect(fake.actions('CoreShowChannels')).toHaveLength(1)
  })

  it('every ten seconds the members are compared, and nothing else is asked', async () => {
    await room.ready()
    for (const seen of [1, 2]) {
      await room.clock.advance(LOOK_AT_MEMBERS_MS)
      await room.when(
        () => room.queues.filter(({ type }) => type === 'members_seen').length === seen,
      )
      await settle()
    }
    expect(fake.actions('CoreShowChannels')).toHaveLength(1)
  })

  it('a PBX that does not answer the minute question is connected anew', async () => {
    await room.ready()
    fake.on('QueueStatus', () => null)
    await room.clock.advance(RECONCILE_MS)
    fake.send(hangup('1.0'))
    await settle()
    await room.clock.advance(15_000)
    await room.when(() => room.statuses.some(([pbx]) => pbx?.link === 'closed'))
    expect(room.counted('ami_reconcile_failures')).toBe(1)
    fake.on('QueueStatus', (action) => listReply(action, 'QueueStatusComplete', []))
    await room.back()
  })

  it('unknown events are counted, malformed ones counted and logged once per kind', async () => {
    await room.ready()
    fake.send({ Event: 'VarSet', Variable: 'X' }, { Event: 'UserEvent', UserEvent: 'Y' })
    fake.send({ Event: 'Hold' }, { Event: 'Hold' }, { Event: 'QueueMemberAdded' }, hangup('1.0'))
    await room.when(() => room.calls.length === 2)
    expect(room.counted('ami_events_unknown')).toBe(1)
    expect(room.counted('ami_events_malformed')).toBe(3)
    const said = room.logLines.filter((line) => line['msg'] === 'malformed AMI event')
    expect(said.map((line) => [line['name'], line['header']])).toEqual([
      ['Hold', 'uniqueid'],
      ['QueueMemberAdded', 'queue'],
    ])
  })

  it('a handler that throws loses one event and no other', async () => {
    await room.stop()
    let calls = 0
    const onCallEvent = () => {
      calls += 1
      if (calls === 2) throw new Error('handler at fault')
    }
    await open([{}], { onCallEvent })
    await room.ready()
    fake.send(hangup('1.0'), hangup('2.0'))
    await room.when(() => room.calls.length === 3)
    expect(room.counted('ami_handler_errors')).toBe(1)
    expect(room.telephony.status()[0]?.link).toBe('ready')
  })
})
