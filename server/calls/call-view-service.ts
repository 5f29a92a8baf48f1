import type { CallDetail, CallQuery, CallRow } from '#contract/calls.ts'
import type { Database } from '../db/transaction.ts'
import { NotFound } from '../errors.ts'
import { cutPage, readCursor } from '../page.ts'
import {
  type DescribeNumber,
  rowToContract,
  segmentToContract,
  type StaffByExtension,
  timelineToContract,
} from './call-record.ts'
import { findCall, listCalls, listTimeline, parseDetail, parseState } from './call-store.ts'

export interface CallViewDeps {
  database: Database
  describeNumber: DescribeNumber
  staffByExtension: StaffByExtension
}

export type CallViewService = ReturnType<typeof createCallViewService>

/** Calls as people read them. */
export function createCallViewService({
  database,
  describeNumber,
  staffByExtension,
}: CallViewDeps) {
  /** Newest first. Throws InvalidInput for a cursor that is not ours. */
  async function list(query: CallQuery) {
    const after = query.cursor === undefined ? null : readCursor(query.cursor)
    const found = await listCalls(database.db, query, after)
    const page = cutPage(found, query.limit, ({ row }) => ({ at: row.entered_at, id: row.id }))
    return { ...page, items: page.items.map((listed) => rowToContract(listed, describeNumber)) }
  }

  /** The call with its agents and its history. Throws NotFound. */
  async function detail(id: string): Promise<CallDetail> {
    const listed = await findCall(database.db, id)
    if (listed === null) throw new NotFound('call', id)
    const timeline = await listTimeline(database.db, id)
    return {
      ...rowToContract(listed, describeNumber),
      segments: parseState(listed.row.state).segments.map((segment) =>
        segmentToContract(segment, staffByExtension),
      ),
      timeline: timeline.map((line) =>
        timelineToContract(line.at, line.kind, parseDetail(line.detail)),
      ),
    }
  }

  /** The call as its row says now, or null. */
  async function rowOf(id: string): Promise<CallRow | null> {
    const listed = await findCall(database.db, id)
    return listed === null ? null : rowToContract(listed, describeNumber)
  }

  return { list, detail, rowOf }
}
