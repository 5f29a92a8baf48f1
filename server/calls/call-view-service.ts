import type { CallDetail, CallRow } from '#contract/calls.ts'
import type { MemberCall } from '#contract/queues.ts'
import type { Database } from '../db/transaction.ts'
import { NotFound } from '../errors.ts'
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
  listTimeline,
  parseDetail,
  parseState,
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

  /** Whom people talk to on these calls; those that are not stored yet are missing. */
  async function partiesOf(ids: readonly string[]): Promise<Map<string, MemberCall>> {
    const rows = [...(await rowsOf(ids)).values()]
    const ticketIds = rows.flatMap(({ ticket }) => ticket?.id ?? [])
    const customers = await customersOfTickets(database.db, ticketIds)
    return new Map(
      rows.map(({ id, number, ticket }) => {
        const customerName = customers.get(ticket?.id ?? '')?.name ?? null
        return [id, { number, customerName, ticket }]
      }),
    )
  }

  return { detail, rowsOf, partiesOf }
}
