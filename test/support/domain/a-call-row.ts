import { NO_CALLS } from '../../../server/contract/supervision/figures.ts'
import { type CallRecord, countsToColumns } from '../../../server/calls/call-record.ts'

const AT = '2026-11-23T01:00:00.000Z'

/** The row of a call of the hotline whose phones ring; change what the test is about. */
export function aCallRow(id: string, change: Partial<CallRecord> = {}): CallRecord {
  return {
    id,
    pbx_id: 'pbx1',
    uniqueid: id,
    direction: 'inbound',
    status: 'ringing',
    outcome: null,
    queue: 'hotline',
    caller_raw: '',
    caller_key: null,
    entered_at: AT,
    answered_at: null,
    ticket_moment_at: null,
    ended_at: null,
    wait_seconds: null,
    talk_seconds: null,
    recovered: 0,
    local_day: '2026-11-23',
    ...countsToColumns({ ...NO_CALLS, entered: 1, offered: 1 }, 'hotline'),
    state: '{}',
    updated_at: AT,
    ...change,
  }
}
