import { describe, expect, test } from 'vitest'
import { liveChannel, waitingEntry } from '../../../test/support/call-snapshot.ts'
import { callEvents, RULES } from '../../../test/support/call-table.ts'
import { time } from '../../../test/support/table-time.ts'
import { indexSnapshot } from '../conversation/snapshot-index.ts'
import { newCallBy, newCallSeen } from './new-call.ts'

function begunBy(line: string) {
  const [event] = callEvents(`00:09.000  ${line}`)
  return event === undefined ? null : newCallBy(event, RULES)
}

describe('a call begins', () => {
  test.each([
    ['with an outside caller in a hotline queue', 'queue_joined  trunk#1  untagged=yes', 'trunk#1'],
    ['with a tagged caller in any queue', 'queue_joined  trunk#1  queue=sales', 'trunk#1'],
    ['with a Local channel in a hotline queue', 'queue_joined  Local/x@y#1', 'Local/x@y#1'],
    ['when the join was missed', 'agent_connected  trunk#1  101#2', 'trunk#1'],
    ['when a tagged caller rings a phone of ours', 'dial_begun  trunk#1  101#2', 'trunk#1'],
    ['with the channel of a promised callback', 'channel_created  101=cb-7', 'cb-7'],
    ['with the dial of its agent', 'dial_begun  -  101=cb-7', 'cb-7'],
    ['with the dial to its customer', 'dial_begun  101=cb-7  trunk#2', 'cb-7'],
    ['with the word that it could not be placed', 'originate_responded  101=cb-7', 'cb-7'],
    ['with its journal', 'journal_callback_ended  101=cb-7', 'cb-7'],
    ['with the journal of an answer', 'journal_answered  trunk#1  received=00:00.000', 'trunk#1'],
  ])('%s', (_, line, uniqueid) => {
    expect(begunBy(line)?.uniqueid).toBe(uniqueid)
  })
})

describe('no call begins', () => {
  test.each([
    ['with one of our own phones in a queue', 'queue_joined  101#1'],
    ['with an outside caller of another queue', 'queue_joined  trunk#1  queue=sales untagged=yes'],
    ['with an agent’s own call', 'dial_begun  101#1  trunk#2'],
    ['with an untagged call to a phone of ours', 'dial_begun  trunk#1  101#2  untagged=yes'],
    ['with any other channel', 'channel_created  trunk#1'],
    ['with somebody else’s originate', 'originate_responded  101#1'],
    ['with a hangup', 'hung_up  trunk#1'],
    [
      'with a caller of whom nobody knows how it ended',
      'journal_ended  trunk#1  received=00:00.000 outcome=other',
    ],
  ])('%s', (_, line) => {
    expect(begunBy(line)).toBeNull()
  })
})

test('whom we called begins no call of a caller by asking for another one', () => {
  const line = 'journal_asked  101=cb-7  to=0912345678 received=00:00.000'
  expect(begunBy(line)?.direction).toBe('callback')
})

test('a hidden number is not kept at the start either', () => {
  expect(begunBy('queue_joined  trunk#1  withheld=yes')).toMatchObject({
    callerIdNum: null,
    withheld: true,
  })
})

function look(channel: ReturnType<typeof liveChannel>, wait: number | null) {
  const waiting = wait === null ? [] : [waitingEntry(channel.uniqueid, wait)]
  const seen = indexSnapshot({
    takenAt: time('01:00.000'),
    bootedAt: null,
    channels: [channel],
    waiting,
  })
  return newCallSeen('pbx1', channel, seen, RULES)
}

describe('a call that a snapshot shows', () => {
  test('began when its wait says', () => {
    expect(look(liveChannel('trunk#1'), 40)?.visits).toMatchObject([
      { queue: 'hotline', joinedAt: time('00:20.000'), heard: false },
    ])
  })

  test('and talks names its queue by the arguments of Queue()', () => {
    const channel = liveChannel('trunk#1', { bridgeId: 'b1', hotline: null })
    expect(look(channel, null)?.queue).toBe('hotline')
  })

  test('and rings a phone by a direct number has no queue', () => {
    const ringing = { application: 'Dial', applicationData: 'PJSIP/101,30,tU(hotline-answered)' }
    expect(look(liveChannel('trunk#1', ringing), null)).toMatchObject({ queue: null, visits: [] })
    expect(look(liveChannel('trunk#1', { ...ringing, hotline: null }), null)).toBeNull()
  })

  test('and neither waits nor talks is left to the events', () => {
    expect(look(liveChannel('trunk#1'), null)).toBeNull()
  })

  test('of somebody else is none', () => {
    const sales = { bridgeId: 'b1', hotline: null, applicationData: 'sales' }
    expect(look(liveChannel('trunk#1', sales), null)).toBeNull()
  })
})
