import { describe, expect, test } from 'vitest'
import { liveChannel, snapshotAt, waitingEntry } from '../../../test/support/call-snapshot.ts'
import { callEvents, play, segmentsText } from '../../../test/support/call-table.ts'
import { time } from '../../../test/support/table-time.ts'
import type { CallEvent } from '../conversation/call-event.ts'

const WAITING = `00:00.000  queue_joined  trunk#1`
const TALKING = `
  00:00.000  queue_joined     trunk#1
  00:01.000  agent_called     trunk#1  101#2
  00:05.000  agent_connected  trunk#1  101#2  hold=5
  00:05.010  bridge_entered   trunk#1
  00:05.020  bridge_entered   101#2`
const BRIDGED = [
  liveChannel('trunk#1', { bridgeId: 'b1' }),
  liveChannel('101#2', { bridgeId: 'b1' }),
]

/** A table, then what comes after the gap. */
function playGap(table: string, ...after: (CallEvent | string)[]) {
  const later = after.flatMap((one) => (typeof one === 'string' ? callEvents(one) : [one]))
  return play([...callEvents(table), ...later])
}

describe('calls that ended while nobody listened', () => {
  test('an answered one has ended answered at the moment of the snapshot', () => {
    const { told, call } = playGap(TALKING, snapshotAt('01:00.000'))
    expect(told.at(-1)).toBe('01:00.000 call_ended')
    expect(call()).toMatchObject({
      outcome: 'answered',
      endedAt: time('01:00.000'),
      endHeard: false,
    })
  })

  test('an unanswered one is unobserved, and its late Hangup corrects that to abandoned', () => {
    const { told, call } = playGap(WAITING, snapshotAt('01:00.000'), '00:40.000  hung_up  trunk#1')
    expect(told).toEqual([
      '00:00.000 call_entered',
      '01:00.000 call_ended',
      '00:40.000 call_abandoned',
    ])
    expect(call()).toMatchObject({ outcome: 'abandoned', endedAt: time('00:40.000') })
  })

  test('calls of before a restart of the PBX ended with it, whatever is there now', () => {
    const { call } = playGap(
      TALKING,
      snapshotAt('01:00.000', { bootedAt: time('00:50.000'), channels: BRIDGED }),
    )
    expect(call()).toMatchObject({ outcome: 'answered', endedAt: time('00:50.000') })
  })

  test('a call that began after the question was asked is left alone', () => {
    const { told } = playGap('01:00.100  queue_joined  trunk#1', snapshotAt('01:00.000'))
    expect(told).toEqual(['01:00.100 call_entered'])
  })
})

describe('calls that were answered while nobody listened', () => {
  test('a known caller gets the ticket, marked recovered', () => {
    const { told, call, timeline } = playGap(
      WAITING,
      snapshotAt('01:00.000', { channels: BRIDGED }),
    )
    expect(told).toEqual(['00:00.000 call_entered', '01:00.000 call_answered 101'])
    expect(call()).toMatchObject({ recovered: true, status: 'talking' })
    expect(segmentsText(call())).toEqual(['101 recovered 00:40.000 -'])
    expect(timeline).toContain('ticket_opened extension=101 rule=recovered')
  })

  test('an unknown caller is entered and answered', () => {
    const { told, call } = play([snapshotAt('01:00.000', { channels: BRIDGED })])
    expect(told).toEqual(['01:00.000 call_entered', '01:00.000 call_answered 101'])
    expect(call()).toMatchObject({
      recovered: true,
      queue: 'hotline',
      enteredAt: time('00:40.000'),
      callerIdNum: '0912345678',
    })
  })

  test('the AgentConnect that was on its way says when, and opens no second ticket', () => {
    const { told, call } = playGap(
      WAITING,
      snapshotAt('01:00.000', { channels: BRIDGED }),
      '00:59.900  agent_connected  trunk#1  101#2  hold=59',
    )
    expect(told.filter((fact) => fact.includes('call_answered'))).toHaveLength(1)
    expect(segmentsText(call())).toEqual(['101 queue 00:59.900 -'])
  })

  test('a call transferred in the gap gains the new agent and loses the old one', () => {
    const { told } = playGap(
      TALKING,
      snapshotAt('01:00.000', {
        channels: [
          liveChannel('trunk#1', { bridgeId: 'b1' }),
          liveChannel('102#3', { bridgeId: 'b1', durationSeconds: 10 }),
        ],
      }),
    )
    expect(told.slice(-2)).toEqual(['01:00.000 agent_joined 102', '01:00.000 agent_left 101'])
  })

  test('a caller who is being connected at this moment is left to the events', () => {
    const { told } = playGap(
      WAITING,
      snapshotAt('01:00.000', { channels: [liveChannel('trunk#1')] }),
    )
    expect(told).toEqual(['00:00.000 call_entered'])
  })

  test('one of our own phones in a queue is no caller', () => {
    const channels = [
      liveChannel('101#1', { application: 'Queue', applicationData: 'hotline', bridgeId: 'b1' }),
      liveChannel('102#2', { bridgeId: 'b1' }),
    ]
    expect(play([snapshotAt('01:00.000', { channels })]).told).toEqual([])
  })
})

describe('calls that wait', () => {
  test('an unknown caller is entered at the moment that the wait tells', () => {
    const { told, call } = play([
      snapshotAt('01:00.000', {
        channels: [liveChannel('trunk#1')],
        waiting: [waitingEntry('trunk#1', 42)],
      }),
    ])
    expect(told).toEqual(['01:00.000 call_entered'])
    expect(call()).toMatchObject({ enteredAt: time('00:18.000'), status: 'waiting' })
  })

  test('the join that comes late gives the exact entry and no second visit', () => {
    const { call } = play([
      snapshotAt('01:00.000', {
        channels: [liveChannel('trunk#1')],
        waiting: [waitingEntry('trunk#1', 42)],
      }),
      ...callEvents('00:18.300  queue_joined  trunk#1'),
    ])
    expect(call().enteredAt).toBe(time('00:18.300'))
    expect(call().visits).toHaveLength(1)
  })

  test('a phone that no longer rings is told, and the caller still waits', () => {
    const { told, call } = playGap(
      `${WAITING}
       00:01.000  agent_called  trunk#1  101#2`,
      snapshotAt('01:00.000', {
        channels: [liveChannel('trunk#1')],
        waiting: [waitingEntry('trunk#1', 60)],
      }),
    )
    expect(told.at(-1)).toBe('01:00.000 agent_ring_ended 101 no_answer')
    expect(call().status).toBe('waiting')
  })

  test('a snapshot that shows what is known changes nothing', () => {
    const { told, applied } = playGap(TALKING, snapshotAt('01:00.000', { channels: BRIDGED }))
    expect(told).toHaveLength(3)
    expect(applied.at(-1)).toMatchObject({ changed: [], timeline: [] })
  })
})

describe('after the gap', () => {
  test('bridges are known again, so that a transfer is seen', () => {
    const { told } = play([
      snapshotAt('01:00.000', { channels: BRIDGED }),
      ...callEvents(`
        01:10.000  bridge_entered  102#4  swap=101#2
        01:10.010  hung_up         101#2`),
    ])
    expect(told.slice(-2)).toEqual(['01:10.000 agent_joined 102', '01:10.000 agent_left 101'])
  })

  test('a callback that talks is found, and so is its customer’s leg', () => {
    const { told, call } = play([
      snapshotAt('01:00.000', {
        channels: [
          liveChannel('101=cb-7', { bridgeId: 'b1', application: 'Dial' }),
          liveChannel('trunk#2', { bridgeId: 'b1', application: 'AppDial', hotline: null }),
        ],
      }),
      ...callEvents(`
        01:10.000  hung_up  trunk#2
        01:10.010  hung_up  101=cb-7`),
    ])
    expect(told.at(-1)).toBe('01:10.010 callback_progressed ended')
    expect(call('101=cb-7')).toMatchObject({
      callback: { stage: 'talking', customerUniqueid: 'trunk#2' },
    })
  })

  test('a callback whose customer hung up in the gap ends with the agent', () => {
    const { told } = playGap(
      `00:00.000  channel_created  101=cb-7
       00:03.000  dial_begun       101=cb-7  trunk#2`,
      snapshotAt('01:00.000', { channels: [liveChannel('101=cb-7')] }),
      '01:05.000  hung_up  101=cb-7',
    )
    expect(told.at(-1)).toBe('01:05.000 callback_progressed ended')
  })

  test('a callback whose channels are gone has ended', () => {
    const { told } = playGap('00:00.000  channel_created  101=cb-7', snapshotAt('01:00.000'))
    expect(told.at(-1)).toBe('01:00.000 callback_progressed ended')
  })
})
