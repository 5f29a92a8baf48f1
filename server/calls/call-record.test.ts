import { describe, expect, test } from 'vitest'
import { callDetail, callRow } from '#contract/calls.ts'
import { aFreshCall, aFreshSegment } from '../../test/support/a-book-call.ts'
import { time } from '../../test/support/table-time.ts'
import { normalizeVn } from '../customers/phone-number.ts'
import {
  callToRow,
  rowToContract,
  segmentToContract,
  timelineToContract,
  timelineToRow,
} from './call-record.ts'

const call = aFreshCall({
  queue: 'hotline',
  answeredAt: time('00:05.000'),
  endedAt: time('00:45.000'),
  status: 'ended',
  outcome: 'answered',
})
const row = callToRow(call, 'call-1', normalizeVn, time('00:45.001'))

describe('a call as its row', () => {
  test('has what queries need, and the whole call', () => {
    expect(row).toMatchObject({
      id: 'call-1',
      caller_raw: '0912345678',
      caller_key: '+84912345678',
      wait_seconds: 5,
      talk_seconds: 40,
      recovered: 0,
      local_day: '2026-11-23',
    })
    expect(JSON.parse(row.state)).toEqual(call)
  })

  test('a call late in the evening counts for the day in Vietnam', () => {
    const late = aFreshCall({ enteredAt: '2026-11-23T17:30:00.000Z' })
    expect(callToRow(late, 'call-1', normalizeVn, row.updated_at).local_day).toBe('2026-11-24')
  })

  test('goes out as the contract says', () => {
    const shown = rowToContract({ row, ticket: { id: 't', code: 'KN-2026-000001' } }, normalizeVn)
    expect(callRow.parse(shown)).toEqual(shown)
    expect(shown.number.display).toContain('0912')
  })

  test('a hidden number is shown as hidden', () => {
    const hidden = callToRow(aFreshCall({ callerIdNum: null }), 'call-1', normalizeVn, 'x')
    expect(rowToContract({ row: hidden, ticket: null }, normalizeVn).number.kind).toBe('anonymous')
  })
})

test('segments name the person behind the extension, lines carry a sentence', () => {
  const segment = aFreshSegment()
  const entry = { eventKey: 'k', at: time('00:00.000'), kind: 'queue_left', detail: { queue: 'q' } }
  expect(timelineToRow(entry, 'line-1', 'call-1').detail).toBe('{"queue":"q"}')
  const segments = [segmentToContract(segment, () => ({ id: 's', displayName: 'Lan' }))]
  const timeline = [timelineToContract(entry.at, entry.kind, entry.detail)]
  const detail = { ...rowToContract({ row, ticket: null }, normalizeVn), segments, timeline }
  expect(callDetail.parse(detail)).toMatchObject({
    segments: [{ staff: { displayName: 'Lan' } }],
    timeline: [{ text: 'left queue q' }],
  })
})
