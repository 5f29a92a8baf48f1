import type { CallDetail, CallQuery, CallRow, ListedCall } from '#contract/calls.ts'
import type { Role } from '#contract/staff.ts'
import type { Database } from '../db/transaction.ts'
import { NotFound } from '../errors.ts'
import { cutPage, readCursor, writeCursor } from '../page.ts'
import {
  type DescribeNumber,
  rowToContract,
  segmentToContract,
  type StaffByExtension,
  timelineToContract,
} from './call-record.ts'
import {
  customersOfTickets,
  findCall,
  findCallsById,
  listCalls,
  listTimeline,
  parseDetail,
  parseState,
  readState,
} from './call-store.ts'

export interface CallViewDeps {
  database: Database
  describeNumber: DescribeNumber
  staffByExtensionAt: StaffByExtension
}

export type CallViewService = ReturnType<typeof createCallViewService>

/** Calls as people read them. */
export function createCallViewService({
  database,
  describeNumber,
  staffByExtensionAt,
}: CallViewDeps) {
  /**
   * Newest first. Technicians are told of no customers here: they have those of their jobs. Throws
   * InvalidInput for a cursor that is not ours.
   */
  async function list(query: CallQuery, { role }: { role: Role }) {
    const after = query.cursor === undefined ? null : readCursor(query.cursor)
    const found = await listCalls(database.db, query, after)
    const page = cutPage(found, query.limit, ({ row }) =>
      writeCursor({ at: row.entered_at, id: row.id }),
    )
    const ticketIds = page.items.flatMap(({ ticket }) => ticket?.id ?? [])
    const named = role === 'field' ? [] : ticketIds
    const customers = await customersOfTickets(database.db, [...new Set(named)])
    const items = page.items.map((listed): ListedCall => ({
      ...rowToContract(listed, describeNumber),
      customer: customers.get(listed.ticket?.id ?? '') ?? null,
      agents: agentsOf(listed.row.state),
    }))
    return { ...page, items }
  }

  /** Of a call that this version cannot read nobody is known. */
  function agentsOf(state: string): string[] {
    const names = readState(state)?.segments.map(({ extension, startedAt }) => {
      return staffByExtensionAt(extension, startedAt)?.displayName ?? extension
    })
    return [...new Set(names)]
  }

  /** The call with its agents and its history. Throws NotFound. */
  async function detail(id: string): Promise<CallDetail> {
    const listed = await findCall(database.db, id)
    if (listed === null) throw new NotFound('call', id)
    const timeline = await listTimeline(database.db, id)
    return {
      ...rowToContract(listed, describeNumber),
      segments: parseState(listed.row.state).segments.map((segment) =>
        segmentToContract(segment, staffByExtensionAt),
      ),
      timeline: timeline.map((line) =>
        timelineToContract(line.at, line.kind, parseDetail(line.detail)),
      ),
    }
  }

  /** The calls as their rows say now, by id; ids that do not exist are missing. */
  async function rowsOf(ids: readonly string[]): Promise<Map<string, CallRow>> {
    const found = await findCallsById(database.db, ids)
    return new Map(found.map((listed) => [listed.row.id, rowToContract(listed, describeNumber)]))
  }

  return { list, detail, rowsOf }
}
