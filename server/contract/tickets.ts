import { z } from 'zod'
import { ticketFiles } from './casework/attachments.ts'
import { callbackView } from './callbacks.ts'
import { contract, customerRef, phoneNumber } from './customers.ts'
import { guidanceView, ticketCategory } from './casework/guidance.ts'
import { outageRef } from './casework/outages.ts'
import { timelineEntry } from './casework/timeline.ts'
import { id, instant, instantInput, pageQuery, revision, team, words } from './primitives.ts'
import {
  actionOffer,
  answerChannel,
  clockView,
  complainant,
  complainantRelation,
  replyEvidence,
} from './casework/process.ts'

/** The states of the complaint process (`process.md` §3), lower-case. */
export const ticketStatus = z.enum([
  'new',
  'guiding',
  'callback_due',
  'noc_queued',
  'noc_diagnosing',
  'noc_core_fix',
  'field_queued',
  'field_working',
  'noc_verifying',
  'need_customer_info',
  'customer_reply',
  'recheck',
  'confirmed',
  'closed',
  'cancelled',
])
export type TicketStatus = z.infer<typeof ticketStatus>

/** `process.md` §6 reading 13: only incidents and complaints carry the 20-working-day clock. */
export const ticketKind = z.enum(['incident', 'complaint', 'request', 'info'])
export type TicketKind = z.infer<typeof ticketKind>
export const intakeChannel = z.enum(['hotline', 'email', 'letter', 'counter', 'other'])
export const ticketPriority = z.enum(['critical', 'high', 'normal', 'low'])
export type TicketPriority = z.infer<typeof ticketPriority>
export { team, type Team } from './primitives.ts'
export * from './casework/timeline.ts'
/** Decides the limits of the restoration clock (`vietnam.md` §4.2). */
export const areaClass = z.enum(['urban', 'rural'])

/** The short form for lists, pops and links. */
export const ticketRef = z.object({
  id,
  code: z.string(),
  status: ticketStatus,
  subject: z.string(),
  receivedAt: instant,
  dueAt: instant.nullable(),
})
export type TicketRef = z.infer<typeof ticketRef>

export const ticketRow = ticketRef.extend({
  kind: ticketKind,
  priority: ticketPriority,
  team,
  channel: intakeChannel,
  customer: customerRef.nullable(),
  number: phoneNumber.nullable(),
  assignee: z.object({ id, displayName: z.string() }).nullable(),
  recovered: z.boolean(),
  category: ticketCategory.nullable(),
  /** The parent ticket of an area outage: no complaint, and counted in no figure of them. */
  isOutage: z.boolean(),
  /** District or ward, as people say it. */
  area: z.string().nullable(),
  /** 1 at first, one more with every further round through the process. */
  loopNo: z.number().int(),
  statusSince: instant,
  /** The hour that the customer asked a technician to come (row 35). */
  visitAt: instant.nullable(),
  /** `dueAt` reaches into a year whose holidays are not in the calendar yet: it may still move. */
  dueProvisional: z.boolean(),
  /** The clock of the stage it is in, where one runs. */
  stageClock: clockView.nullable(),
  version: revision,
})
export type TicketRow = z.infer<typeof ticketRow>

/** One call of the ticket; `agents` are the names of those who spoke. */
export const ticketCall = z.object({
  id,
  direction: z.enum(['inbound', 'callback']),
  enteredAt: instant,
  answeredAt: instant.nullable(),
  endedAt: instant.nullable(),
  agents: z.array(z.string()),
})
export type TicketCall = z.infer<typeof ticketCall>

export const ticketPermission = z.enum([
  'edit',
  'promise_callback',
  'choose_customer',
  'note_reply',
])
export type TicketPermission = z.infer<typeof ticketPermission>

export const ticket = ticketRow.extend({
  description: z.string(),
  /** The open area outage that it is linked to: known, expected until … */
  outage: outageRef.nullable(),
  /** An open outage of its area or service, to be linked with one key (`link_outage`). */
  outageOffer: outageRef.nullable(),
  /** The ticket that this one is part of; it has no clock and no step but to come back. */
  mergedInto: ticketRef.nullable(),
  /** The tickets that are part of this one. */
  merged: z.array(ticketRef),
  service: z.string().nullable(),
  areaClass: areaClass.nullable(),
  /** Where the fault is. */
  address: z.string().nullable(),
  /** Whom to call about it; `number` is the one that called when nobody named another. */
  contact: z.object({ name: z.string().nullable(), number: phoneNumber.nullable() }),
  contract: contract.nullable(),
  complainant: complainant.nullable(),
  /** What the customer asks for, in their words. */
  customerRequest: z.string().nullable(),
  /** It is made of category, checklist, service and area; false: a person wrote it. */
  subjectIsMade: z.boolean(),
  openQuestion: z.string().nullable(),
  causeCode: z.string().nullable(),
  resolutionCode: z.string().nullable(),
  resolution: z.string().nullable(),
  resultKnownAt: instant.nullable(),
  restoredAt: instant.nullable(),
  closedAt: instant.nullable(),
  /** It ended without the customer's word: nobody reached them (`process.md` rows 27, 38). */
  withoutConfirmation: z.boolean(),
  /** Null before the guidance has begun. */
  guidance: guidanceView.nullable(),
  candidates: z.array(customerRef),
  calls: z.array(ticketCall),
  callbacks: z.array(callbackView),
  replyChannel: answerChannel,
  /** Answers to the customer and tries, the oldest first. */
  evidence: z.array(replyEvidence),
  /** Every running of every clock, the oldest first. */
  clocks: z.array(clockView),
  timeline: z.array(timelineEntry),
  files: ticketFiles,
  /** Steps of the process that the signed-in person may take now; the page offers nothing else. */
  actions: z.array(actionOffer),
  /** What else they may do with it. */
  permissions: z.array(ticketPermission),
})
export type Ticket = z.infer<typeof ticket>

/** One or several, as `status=new,guiding` or `status=new&status=guiding`; `open`: all that are worked on. */
const statuses = z
  .string()
  .or(z.array(z.string()))
  .transform((given) => [given].flat().flatMap((text) => text.split(',')))
  .pipe(
    z
      .array(z.enum([...ticketStatus.options, 'open']))
      .min(1)
      .max(20),
  )

/** `clock`: by the deadline that runs out next. All but `received` and `closed` are of open tickets. */
export const ticketSort = z.enum(['received', 'due', 'updated', 'clock', 'closed'])
export type TicketSort = z.infer<typeof ticketSort>

export const ticketQuery = pageQuery.extend({
  status: statuses.optional(),
  team: team.optional(),
  teamId: z.string().max(64).optional(),
  /** An id, `me`, or `none`. */
  assignee: z.string().max(64).optional(),
  kind: ticketKind.optional(),
  channel: intakeChannel.optional(),
  category: z.string().max(64).optional(),
  service: z.string().max(80).optional(),
  area: z.string().max(120).optional(),
  overdue: z.enum(['0', '1']).optional(),
  /** Of open tickets: with a callback that is promised, one that is late, or none. */
  promise: z.enum(['open', 'late', 'none']).optional(),
  receivedFrom: instantInput.optional(),
  receivedTo: instantInput.optional(),
  customerId: z.string().max(64).optional(),
  /** The number that called, however it is written. */
  number: z.string().trim().max(60).optional(),
  /** The outage that they are part of; `none`: of none. */
  outageId: z.string().max(64).optional(),
  /** The outage that was theirs until it ended. */
  pastOutageId: z.string().max(64).optional(),
  q: z.string().trim().max(100).optional(),
  sort: ticketSort.optional(),
  order: z.enum(['asc', 'desc']).optional(),
})
export type TicketQuery = z.infer<typeof ticketQuery>

const complainantInput = z.object({
  relation: complainantRelation,
  name: words().max(120).default(''),
  /** The paper that was seen, kind and number: a representative needs one. */
  paper: words().max(200).default(''),
})

/** What is known of the matter, by whoever opens or edits a ticket; null empties a field. */
const ticketDetails = {
  category: ticketCategory.nullable().optional(),
  service: words().max(80).nullable().optional(),
  area: words().max(80).nullable().optional(),
  areaClass: areaClass.nullable().optional(),
  address: words().max(300).nullable().optional(),
  contactName: words().max(120).nullable().optional(),
  contactNumber: z.string().trim().max(60).nullable().optional(),
  contractId: id.nullable().optional(),
  complainant: complainantInput.nullable().optional(),
  customerRequest: words().max(2000).nullable().optional(),
}
export type TicketDetails = z.infer<z.ZodObject<typeof ticketDetails>>

/** Open tickets; merged ones are not counted. */
export const ticketCounts = z.object({
  byStatus: z.partialRecord(ticketStatus, z.number().int()),
  byTeam: z.record(team, z.number().int()),
  mine: z.number().int(),
  overdue: z.number().int(),
})
export type TicketCounts = z.infer<typeof ticketCounts>

export const ticketCreate = z.object({
  channel: intakeChannel,
  kind: ticketKind.default('incident'),
  subject: words().max(200).default(''),
  description: words().max(10_000).default(''),
  customerId: id.nullable().default(null),
  number: z.string().trim().max(60).nullable().default(null),
  priority: ticketPriority.optional(),
  /** When it reached us, when that was earlier than now: deadlines count from there. */
  receivedAt: instantInput.optional(),
  /** Why it is entered only now; required when it was more than five minutes ago. */
  receivedReason: words().max(500).optional(),
  ...ticketDetails,
})
export type TicketCreate = z.infer<typeof ticketCreate>

/** `customerId` records the agent's pick between candidates and is remembered for the number. */
export const ticketPatch = z.object({
  version: revision,
  subject: words().max(200).optional(),
  description: words().max(10_000).optional(),
  kind: ticketKind.optional(),
  priority: ticketPriority.optional(),
  customerId: id.nullable().optional(),
  ...ticketDetails,
})
export type TicketPatch = z.infer<typeof ticketPatch>

export const ticketNote = z.object({ note: words().min(1).max(5000) })
export type TicketNote = z.infer<typeof ticketNote>
/** For so long pages offer to take a note back that was just written. */
export const NOTE_UNDO_SECONDS = 10

export const customerLookup = z.object({
  number: phoneNumber,
  customers: z.array(customerRef),
  openTickets: z.array(ticketRef),
})
export type CustomerLookup = z.infer<typeof customerLookup>
