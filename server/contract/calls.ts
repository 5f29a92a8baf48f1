import { z } from 'zod'
import { phoneNumber } from './customers.ts'
import { id, instant, localDateInput, pageOf, pageQuery } from './primitives.ts'
import { controlLack, memberState } from './queues.ts'
import { role } from './staff.ts'

export const callDirection = z.enum(['inbound', 'callback'])
export type CallDirection = z.infer<typeof callDirection>
export const callStatus = z.enum(['waiting', 'ringing', 'talking', 'ended'])
export type CallStatus = z.infer<typeof callStatus>

/**
 * `timeout`: the queue gave up and the caller hung up later; `asked`: the caller chose a callback and
 * keeps the place; `left_in_notice`: hung up before the queue; `unobserved`: nobody listened when it ended.
 */
export const callOutcome = z.enum([
  'answered',
  'abandoned',
  'timeout',
  'not_answered',
  'asked',
  'left_in_notice',
  'unobserved',
])
export type CallOutcome = z.infer<typeof callOutcome>

export const callSegment = z.object({
  extension: z.string(),
  staff: z.object({ id, displayName: z.string() }).nullable(),
  how: z.enum(['queue', 'direct', 'pickup', 'transfer', 'callback', 'recovered']),
  startedAt: instant,
  endedAt: instant.nullable(),
})

export const callRow = z.object({
  id,
  pbxId: z.string(),
  uniqueid: z.string(),
  direction: callDirection,
  status: callStatus,
  outcome: callOutcome.nullable(),
  queue: z.string().nullable(),
  number: phoneNumber,
  enteredAt: instant,
  answeredAt: instant.nullable(),
  endedAt: instant.nullable(),
  waitSeconds: z.number().int().nullable(),
  talkSeconds: z.number().int().nullable(),
  recovered: z.boolean(),
  ticket: z.object({ id, code: z.string() }).nullable(),
})
export type CallRow = z.infer<typeof callRow>

/** One line of "why did or didn't a ticket open": what was heard and what was decided. */
export const callTimelineEntry = z.object({
  at: instant,
  kind: z.string(),
  text: z.string(),
  detail: z.record(z.string(), z.string()),
})

export const callDetail = callRow.extend({
  segments: z.array(callSegment),
  timeline: z.array(callTimelineEntry),
})
export type CallDetail = z.infer<typeof callDetail>

/** A call in a list: `customer` is its ticket's, `agents` are who talked, in their order. */
export const listedCall = callRow.extend({
  customer: z.object({ id, name: z.string() }).nullable(),
  agents: z.array(z.string()),
})
export type ListedCall = z.infer<typeof listedCall>

/** The calls that one person talked on are looked for among those of so many days. */
export const AGENT_DAYS = 92
const DAY_MS = 86_400_000

export const callQuery = pageQuery
  .extend({
    ticketId: z.string().max(64).optional(),
    status: callStatus.optional(),
    direction: callDirection.optional(),
    /** Customers' calls that nobody answered, whether they waited, gave up or left. */
    missed: z.literal('1').optional(),
    /** Words of the customer or the ticket, the ticket's code, or a number. */
    q: z.string().trim().max(100).optional(),
    /** Days in Vietnam on which they came, both included. */
    from: localDateInput.optional(),
    to: localDateInput.optional(),
    /** Who talked on it; `from` and `to` then say where to look. */
    agent: id.optional(),
  })
  .refine(({ agent, from, to }) => agent === undefined || daysOf(from, to) <= AGENT_DAYS, {
    error: `give from and to with agent, at most ${AGENT_DAYS} days`,
    path: ['from'],
  })
export type CallQuery = z.infer<typeof callQuery>

function daysOf(from: string | undefined, to: string | undefined): number {
  if (from === undefined || to === undefined) return Number.POSITIVE_INFINITY
  return (Date.parse(to) - Date.parse(from)) / DAY_MS + 1
}

export const callPage = pageOf(listedCall).extend({
  /** False when more tickets or customers fit the words than are looked at: further words find them. */
  complete: z.boolean(),
})

/** The call that its reader talks on. */
export const ownCall = callRow.extend({
  /** Since when they hold the customer at their phone; null when they do not. */
  heldSince: instant.nullable(),
  /** The colleague whom they ask while the customer waits; `talking` once that colleague has answered. */
  consult: z
    .object({
      extension: z.string(),
      displayName: z.string().nullable(),
      stage: z.enum(['ringing', 'talking']),
      since: instant,
    })
    .nullable(),
})
export type OwnCall = z.infer<typeof ownCall>

/**
 * To whom the caller of the own call goes; with `askFirst` the colleague is asked while the caller waits, and
 * is given the caller, or not, by `consultEnd`. No queue can be asked.
 */
export const transferOrder = z.object({
  to: z.union([
    z.strictObject({ staffId: id }),
    z.strictObject({ queue: z.string().min(1).max(80) }),
  ]),
  askFirst: z.boolean().default(false),
})
export type TransferOrder = z.infer<typeof transferOrder>

/** The caller goes to the colleague who was asked, or is taken back. */
export const consultEnd = z.object({ end: z.enum(['hand_over', 'take_back']) })
export type ConsultEnd = z.infer<typeof consultEnd>

/** A colleague with a phone. */
const directoryPerson = z.object({
  id,
  displayName: z.string(),
  role,
  extension: z.string(),
  /** As the live queues show the phone; null for a phone that is in none of them. */
  state: memberState.nullable(),
})

const directoryQueue = z.object({
  name: z.string(),
  waiting: z.number().int(),
  /** Agents whom it could ring now. */
  free: z.number().int(),
})

/** To whom a call can be handed, and on which PBXs it cannot. */
export const directory = z.object({
  people: z.array(directoryPerson),
  queues: z.array(directoryQueue),
  pbxs: z.array(z.object({ pbxId: z.string(), lacks: controlLack.nullable() })),
})
export type Directory = z.infer<typeof directory>
