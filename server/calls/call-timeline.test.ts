import { describe, expect, test } from 'vitest'
import { CALL_SCENARIOS } from '../../test/support/call-scenarios.ts'
import { snapshotAt } from '../../test/support/call-snapshot.ts'
import { callEvents, play } from '../../test/support/call-table.ts'
import { time } from '../../test/support/table-time.ts'
import { eventLine, noTicketLine } from './call-timeline.ts'

describe('the history of a call', () => {
  test('says what was heard and what it meant', () => {
    expect(play(CALL_SCENARIOS['abandonedWhileRinging'] ?? '').timeline).toEqual([
      'queue_joined queue=hotline position=1 channel=trunk#1',
      'agent_called queue=hotline agent=101 channel=101#2 member=101',
      'queue_abandoned queue=hotline holdSeconds=9',
      'dial_ended agent=101 channel=101#2 dialStatus=CANCEL',
      'queue_left queue=hotline',
      'hung_up agent=trunk channel=trunk#1 cause=16',
      'no_ticket reason=abandoned',
      'ended outcome=abandoned heard=yes',
    ])
  })

  test('holds no phone number', () => {
    const tables = Object.values(CALL_SCENARIOS).map((table) => play(table).timeline.join())
    expect(tables.join()).not.toContain('0912345678')
    const outside = play(`
      00:00.000  queue_joined       trunk#1
      00:05.000  agent_connected    trunk#1  101#2  hold=5
      00:30.000  blind_transferred  trunk#1  101#2  exten=0988777666`)
    expect(outside.timeline.at(-1)).toContain('exten=outside')
  })
})

describe('the key of a line', () => {
  test('is the same for every copy of an event and for no other event', () => {
    const events = Object.values(CALL_SCENARIOS).flatMap(callEvents)
    const distinct = new Set(events.map((event) => JSON.stringify(event)))
    expect(new Set(events.map((event) => eventLine(event).eventKey)).size).toBe(distinct.size)
  })

  test('tells two reasons at one moment apart', () => {
    const at = time('00:00.000')
    expect(noTicketLine('internal_caller', at, {}).eventKey).not.toBe(
      noTicketLine('not_a_hotline_queue', at, {}).eventKey,
    )
  })
})

test('every kind of event makes a line', () => {
  const rest = callEvents(`
    00:00.000  channel_renamed        trunk#1  to=x
    00:00.000  presentation_changed   trunk#1  withheld=yes
    00:00.000  agent_dumped           trunk#1  101#2
    00:00.000  agent_completed        trunk#1  101#2
    00:00.000  bridge_left            trunk#1
    00:00.000  attended_transferred   trunk#1  102#3  by=101#2
    00:00.000  journal_answered       trunk#1  received=00:00.000
    00:00.000  journal_ended          trunk#1  received=00:00.000 outcome=timeout
    00:00.000  journal_callback_ended 101=cb-7`)
  for (const event of [...rest, snapshotAt('00:00.000')]) {
    expect(eventLine(event)).toMatchObject({ kind: event.type, at: time('00:00.000') })
  }
})
