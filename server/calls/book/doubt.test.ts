import { describe, expect, test } from 'vitest'
import { aFreshCall, aFreshCallback } from '../../../test/support/a-book-call.ts'
import { liveChannel, waitingEntry } from '../../../test/support/call-snapshot.ts'
import { time } from '../../../test/support/table-time.ts'
import type { Call, CallbackCall } from '../conversation/call.ts'
import type { CallEvent, ChannelView, PbxSnapshot } from '../conversation/call-event.ts'
import { callsInDoubt, noteUntold, untoldInDoubt, type UntoldCaller } from './doubt.ts'

type HungUp = Extract<CallEvent, { type: 'hung_up' }>

const takenAt = time('01:00.000')
const NOBODY: PbxSnapshot = { takenAt, bootedAt: null, channels: [], waiting: [] }
const HERE: PbxSnapshot = { ...NOBODY, channels: [liveChannel('trunk#1')] }
const stay = { queue: 'hotline', joinedAt: time('00:00.000'), heard: true, abandonSaid: false }
const left = (leaveHeard: boolean) => [{ ...stay, leftAt: time('00:50.000'), leaveHeard }]
const over = { endedAt: time('00:55.000'), endHeard: true }
const answeredAt = time('00:10.000')

test.each<[string, Partial<Call>, PbxSnapshot, boolean]>([
  ['waiting as it is known', {}, { ...HERE, waiting: [waitingEntry('trunk#1', 60)] }, false],
  ['gone without a Hangup', {}, NOBODY, true],
  ['out of the queue and not answered', {}, HERE, true],
  ['talking, as was heard', { answeredAt }, HERE, false],
  ['gone in the middle of a talk', { answeredAt }, NOBODY, true],
  ['begun after the question', { enteredAt: time('01:00.100') }, NOBODY, false],
  ['over, of which the end was concluded', { ...over, endHeard: false }, NOBODY, true],
  ['over, of which all was heard', { ...over, visits: left(true) }, NOBODY, false],
  ['over, of which the leave was not heard', { ...over, visits: left(false) }, NOBODY, true],
  [
    'over, of which the journal has told',
    { ...over, visits: left(false), toldOutcome: 'timeout' },
    NOBODY,
    false,
  ],
  ['answered and over', { ...over, answeredAt, visits: left(false) }, NOBODY, false],
])('a caller who is %s', (_, change, snapshot, isDoubted) => {
  const call: Call = { ...aFreshCall(), ...change, direction: 'inbound' }
  const found = callsInDoubt([call], snapshot)
  expect(found).toEqual(isDoubted ? [{ uniqueid: 'trunk#1', enteredAt: call.enteredAt }] : [])
})

const seen = { customerAnsweredAt: time('00:20.000') }
test.each<[string, CallbackCall, boolean]>([
  ['not over: who dialled it looks it up', aFreshCallback(seen), false],
  ['over, and of the talk only a snapshot told', aFreshCallback(seen, over), true],
  ['over, as was heard', aFreshCallback({ ...seen, dialStatus: 'ANSWER' }, over), false],
  ['over without a talk', aFreshCallback({}, over), false],
  [
    'begun after the question',
    aFreshCallback(seen, { ...over, enteredAt: time('01:00.100') }),
    false,
  ],
])('a callback that is %s', (_, call, isDoubted) => {
  expect(callsInDoubt([call], NOBODY).map(({ uniqueid }) => uniqueid)).toEqual(
    isDoubted ? ['cb-7'] : [],
  )
})

const gone = (at: string, channel: Partial<ChannelView> = {}): HungUp => ({
  pbxId: 'pbx1',
  at: time(at),
  type: 'hung_up',
  context: 'hotline-queue',
  channel: { ...liveChannel('trunk#1'), hotline: '19000382', ...channel },
  cause: 16,
  causeText: 'Normal Clearing',
})
const askedAt = (at: string, ...events: HungUp[]): string[] => {
  const untold = new Map<string, UntoldCaller>()
  for (const event of events) noteUntold(untold, event, time('00:01.000'))
  return untoldInDoubt(untold, { ...NOBODY, takenAt: time(at) }).map(({ uniqueid }) => uniqueid)
}

describe('a customer who hung up and of whom nothing is known', () => {
  test('is asked about for three minutes', () => {
    expect(askedAt('01:00.000', gone('00:05.000'))).toEqual(['trunk#1'])
    expect(askedAt('03:05.000', gone('00:05.000'))).toEqual(['trunk#1'])
    expect(askedAt('03:05.001', gone('00:05.000'))).toEqual([])
    expect(askedAt('00:04.000', gone('00:05.000'))).toEqual([])
  })

  test('is a customer by the tag, and no zombie of a transfer', () => {
    expect(askedAt('01:00.000', gone('00:05.000', { hotline: null }))).toEqual([])
    const zombie = { channel: 'PJSIP/trunk-1<ZOMBIE>' }
    expect(askedAt('01:00.000', gone('00:05.000', zombie))).toEqual([])
  })

  test('is forgotten when the next one hangs up minutes later', () => {
    const untold = new Map<string, UntoldCaller>()
    noteUntold(untold, gone('00:05.000'), time('00:01.000'))
    noteUntold(untold, gone('04:00.000', { uniqueid: '2' }), time('03:59.000'))
    expect([...untold.keys()]).toEqual(['2'])
  })
})
