import { z } from 'zod'
import { callbackView } from './callbacks.ts'
import { customerRef, phoneNumber } from './customers.ts'
import { actionOffer } from './process.ts'
import { id, instant, pageQuery, revision, words } from './primitives.ts'

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
export const team = z.enum(['cskh', 'noc', 'field'])
export type Team = z.infer<typeof team>

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
  /** `dueAt` reaches into a year whose holidays are not in the calendar yet: it may still move. */
  dueProvisional: z.boolean(),
  version: revision,
})
export type TicketRow = z.infer<typeof ticketRow>

/** What a line says beside its words, typed; instants and codes as text. */
export const timelineFields = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
export type TimelineFields = z.infer<typeof timelineFields>

export const timelineEntry = z.object({
  id,
  at: instant,
  kind: z.enum([
    'opened',
    'call',
    'edited',
    'customer_chosen',
    'callback_promised',
    'callback_attempt',
    'callback_ended',
    'callback_handed_over',
    'note',
    'moved',
    'answered',
  ]),
  actor: z.object({ id, displayName: z.string() }).nullable(),
  note: z.string(),
  fields: timelineFields,
})
export type TimelineEntry = z.infer<typeof timelineEntry>

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

export const ticketPermission = z.enum(['edit', 'promise_callback', 'choose_customer'])
export type TicketPermission = z.infer<typeof ticketPermission>

export const ticket = ticketRow.extend({
  description: z.string(),
  candidates: z.array(customerRef),
  calls: z.array(ticketCall),
  callbacks: z.array(callbackView),
  timeline: z.array(timelineEntry),
  /** Steps of the process that the signed-in person may take now; the page offers nothing else. */
  actions: z.array(actionOffer),
  /** What else they may do with it. */
  permissions: z.array(ticketPermission),
})
export type Ticket = z.infer<typeof ticket>

export const ticketQuery = pageQuery.extend({
  status: ticketStatus.or(z.literal('open')).optional(),
  team: team.optional(),
  assignee: z.string().max(64).optional(),
  kind: ticketKind.optional(),
  overdue: z.enum(['0', '1']).optional(),
  customerId: z.string().max(64).optional(),
  q: z.string().trim().max(100).optional(),
})
export type TicketQuery = z.infer<typeof ticketQuery>

export const ticketCreate = z.object({
  channel: intakeChannel,
  kind: ticketKind.default('incident'),
  subject: words().max(200).default(''),
  description: words().max(10_000).default(''),
  customerId: id.nullable().default(null),
  number: z.string().trim().max(60).nullable().default(null),
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
})
export type TicketPatch = z.infer<typeof ticketPatch>

export const ticketNote = z.object({ note: words().min(1).max(5000) })
export type TicketNote = z.infer<typeof ticketNote>

export const customerLookup = z.object({
  number: phoneNumber,
  customers: z.array(customerRef),
  openTickets: z.array(ticketRef),
})
export type CustomerLookup = z.infer<typeof customerLookup>
