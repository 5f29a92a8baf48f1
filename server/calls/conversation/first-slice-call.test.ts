import { expect, test } from 'vitest'
import { aFreshCall } from '../../../test/support/a-book-call.ts'
import { callEvents, RULES } from '../../../test/support/call-table.ts'
import { time } from '../../../test/support/table-time.ts'
import { call, type Call } from './call.ts'
import { holdSeconds } from './durations.ts'
import { holdOfSegments } from './first-slice-call.ts'
import { isOnHold } from '../talk/hold.ts'
import { reduceCall } from '../book/reduce-call.ts'

/** What commit 81f97ef wrote while 101 held a caller whom 102 had joined. */
const STORED = `{
  "pbxId": "pbx1", "uniqueid": "trunk#1", "linkedids": ["trunk#1"], "direction": "inbound",
  "status": "talking", "outcome": null, "queue": "hotline",
  "visits": [{"queue": "hotline", "joinedAt": "2026-11-23T02:00:00.000Z", "heard": true,
    "leftAt": "2026-11-23T02:00:04.910Z", "abandonSaid": false}],
  "tagged": true, "callerIdNum": "0912345678", "callerIdName": null, "withheld": false,
  "enteredAt": "2026-11-23T02:00:00.000Z", "answeredAt": "2026-11-23T02:00:05.000Z",
  "ticketMomentAt": "2026-11-23T02:00:05.000Z", "endedAt": null, "endHeard": false,
  "toldOutcome": null, "hangupCause": null, "heldAt": "2026-11-23T02:00:30.000Z",
  "resumedAt": "2026-11-23T02:00:20.000Z", "holdSeconds": 10, "recovered": false,
  "segments": [
    {"agentUniqueid": "102#3", "earlierUniqueids": [], "extension": "102", "how": "queue",
      "startedAt": "2026-11-23T02:00:05.000Z", "endedAt": "2026-11-23T02:00:25.000Z"},
    {"agentUniqueid": "101#2", "earlierUniqueids": [], "extension": "101", "how": "transfer",
      "startedAt": "2026-11-23T02:00:24.000Z", "endedAt": null}
  ],
  "rings": [{"agentUniqueid": "102#3", "extension": "102", "by": "queue",
    "startedAt": "2026-11-23T02:00:01.000Z", "answeredAt": null, "bridgedAt": null,
    "endedAt": "2026-11-23T02:00:05.000Z", "end": "answered"}],
  "callback": null, "agentLegEndedAt": null, "customerLegEndedAt": null
}`

/** And of a callback whose customer talks. */
const STORED_CALLBACK = `{
  "pbxId": "pbx1", "uniqueid": "cb-7", "linkedids": ["cb-7"], "direction": "callback",
  "status": "talking", "outcome": null, "queue": null, "visits": [], "tagged": false,
  "callerIdNum": "0912345678", "callerIdName": null, "withheld": false,
  "enteredAt": "2026-11-23T02:00:00.000Z", "answeredAt": "2026-11-23T02:00:09.000Z",
  "ticketMomentAt": null, "endedAt": null, "endHeard": false, "toldOutcome": null,
  "hangupCause": null, "heldAt": null, "resumedAt": null, "holdSeconds": 0, "recovered": false,
  "segments": [{"agentUniqueid": "cb-7", "earlierUniqueids": [], "extension": "101",
    "how": "callback", "startedAt": "2026-11-23T02:00:09.000Z", "endedAt": null}],
  "rings": [],
  "callback": {"stage": "talking", "agentAnsweredAt": "2026-11-23T02:00:03.000Z",
    "customerUniqueid": "trunk#2", "customerAnsweredAt": "2026-11-23T02:00:09.000Z",
    "dialStatus": "ANSWER", "agentCause": null, "customerCause": null, "originateFailed": false,
    "talkSeconds": null},
  "agentLegEndedAt": null, "customerLegEndedAt": null
}`

function goOn(stored: string, table: string): Call {
  return callEvents(table).reduce(
    (before, event) => reduceCall(before, event, RULES).call,
    call.parse(JSON.parse(stored)),
  )
}

test('a call on hold that the first slice stored is held by the agent who talks, and goes on', () => {
  const stored = call.parse(JSON.parse(STORED))
  expect(isOnHold(stored)).toBe(true)
  expect(stored.segments).toMatchObject([
    { extension: '102', heldAt: null, resumedAt: null, holdSeconds: 0 },
    { extension: '101', heldAt: time('00:30.000'), holdSeconds: 10 },
  ])
  const over = goOn(
    STORED,
    `00:34.000  resumed  101#2
     00:45.000  hung_up  101#2
     00:45.001  hung_up  trunk#1`,
  )
  expect(over).toMatchObject({
    status: 'ended',
    outcome: 'answered',
    ticketMomentAt: time('00:05.000'),
  })
  expect(holdSeconds(over)).toBe(14)
})

test('a callback that the first slice stored goes on to its end', () => {
  const over = goOn(
    STORED_CALLBACK,
    `00:49.000  hung_up  trunk#2
     00:49.010  hung_up  101=cb-7`,
  )
  expect(over).toMatchObject({
    outcome: 'answered',
    callback: { customerCause: 16, talkSeconds: 40 },
  })
})

test('the hold of a call that is over goes to the agent who talked last', () => {
  const hold = { heldAt: null, resumedAt: time('00:20.000'), holdSeconds: 10 }
  const segments = [{ endedAt: time('00:25.000') }, { endedAt: time('00:40.000') }]
  expect(holdOfSegments({ ...hold, segments })).toEqual({
    segments: [
      { endedAt: time('00:25.000'), heldAt: null, resumedAt: null, holdSeconds: 0 },
      { endedAt: time('00:40.000'), ...hold },
    ],
  })
})

test('a hold that goes on is the newest open segment’s', () => {
  const hold = { heldAt: time('00:30.000'), resumedAt: null, holdSeconds: 0 }
  const segments = [{ endedAt: null }, { endedAt: null }, { endedAt: time('00:40.000') }]
  expect(holdOfSegments({ ...hold, segments })).toMatchObject({
    segments: [{ heldAt: null }, hold, { heldAt: null }],
  })
})

test('what is no call of the first slice stays as it is', () => {
  const today = aFreshCall()
  expect(holdOfSegments(today)).toBe(today)
  for (const other of [null, 'x', { holdSeconds: 'many' }]) {
    expect(holdOfSegments(other)).toBe(other)
  }
})
