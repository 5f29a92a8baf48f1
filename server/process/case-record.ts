import { z } from 'zod'
import { complainant } from '#contract/casework/process.ts'
import { instant } from '#contract/primitives.ts'
import { intakeChannel, ticketKind, ticketStatus } from '#contract/tickets.ts'
import type { StoredTicket } from '../tickets/ticket-record.ts'
import type { Case, CaseChange } from './case.ts'

/** Another channel that the customer agreed to be answered on: which, who agreed, who noted it. */
export const agreedChannel = z.object({
  channel: intakeChannel,
  agreedBy: z.string(),
  notedBy: z.string(),
  at: instant,
})

/** Who agreed to it; null while the customer is answered on the channel that they used. */
export function agreedBy(stored: string | null): string | null {
  return stored === null ? null : agreedChannel.parse(JSON.parse(stored)).agreedBy
}

/** The channel that was agreed, of the column as it is stored. */
export function readAgreedChannel(stored: string | null): Case['agreedChannel'] {
  return stored === null ? null : agreedChannel.parse(JSON.parse(stored)).channel
}

/** The ticket's row as the process sees it. */
export function caseOf(row: StoredTicket): Case {
  return {
    id: row.id,
    status: ticketStatus.parse(row.status),
    statusSince: row.status_since ?? row.created_at,
    kind: ticketKind.parse(row.kind),
    channel: intakeChannel.parse(row.channel),
    agreedChannel: readAgreedChannel(row.reply_channel),
    loopNo: row.loop_no,
    receivedAt: row.received_at,
    createdAt: row.created_at,
    openedByCall: row.opened_by_call_id !== null,
    customerId: row.customer_id,
    complainant: row.complainant === null ? null : complainant.parse(JSON.parse(row.complainant)),
    category: row.category,
    address: row.address,
    contactNumber: row.contact_raw ?? row.number_raw,
    assigneeId: row.assignee_id,
    returnStatus: row.return_status === null ? null : ticketStatus.parse(row.return_status),
    returnAssigneeId: row.return_assignee_id,
    receptionId: row.reception_id,
    nocAssigneeId: row.noc_assignee_id,
    openQuestion: row.open_question,
    causeCode: row.cause_code,
    resolutionCode: row.resolution_code,
    resolution: row.resolution,
    resultKnownAt: row.result_known_at,
    withoutConfirmation: row.without_confirmation === 1,
    visitAt: row.visit_at,
    restoredAt: row.restored_at,
    closedAt: row.closed_at,
    parentOutageId: row.parent_outage_id,
    isOutage: row.is_outage === 1,
    mergedInto: row.merged_into,
    version: row.version,
  }
}

const COLUMN = {
  status: 'status',
  statusSince: 'status_since',
  kind: 'kind',
  loopNo: 'loop_no',
  customerId: 'customer_id',
  category: 'category',
  address: 'address',
  contactNumber: 'contact_raw',
  assigneeId: 'assignee_id',
  returnStatus: 'return_status',
  returnAssigneeId: 'return_assignee_id',
  receptionId: 'reception_id',
  nocAssigneeId: 'noc_assignee_id',
  openQuestion: 'open_question',
  causeCode: 'cause_code',
  resolutionCode: 'resolution_code',
  resolution: 'resolution',
  resultKnownAt: 'result_known_at',
  visitAt: 'visit_at',
  restoredAt: 'restored_at',
  closedAt: 'closed_at',
  parentOutageId: 'parent_outage_id',
  mergedInto: 'merged_into',
} as const satisfies Partial<Record<keyof CaseChange, keyof StoredTicket>>

/** What a change writes. */
export function columnsOf(change: CaseChange): Partial<StoredTicket> {
  const columns: Record<string, unknown> = {}
  for (const [name, column] of Object.entries(COLUMN)) {
    if (name in change) columns[column] = Reflect.get(change, name)
  }
  if (change.withoutConfirmation !== undefined) {
    columns['without_confirmation'] = change.withoutConfirmation ? 1 : 0
  }
  if (change.complainant !== undefined) {
    columns['complainant'] = change.complainant && JSON.stringify(change.complainant)
  }
  return columns
}
