import { z } from 'zod'
import { phoneNumber } from './customers.ts'
import { agentDay } from './supervision/agent-day.ts'
import { callCounts } from './supervision/figures.ts'
import { owed } from './supervision/owed.ts'
import { id, instant } from './primitives.ts'
import { extension } from './staff.ts'
import { spyMode } from './supervision/steering.ts'

export const pbxLink = z.enum(['connecting', 'syncing', 'ready', 'closed', 'login_refused'])
export type PbxLink = z.infer<typeof pbxLink>

/**
/**
 * Why customers are told from staff by other means than the dialplan's tag: the PBX's events lack the
 * variable, or no call has carried it.
 */
export const pbxTagsMissing = z.enum(['no_variable', 'untagged'])
export type PbxTagsMissing = z.infer<typeof pbxTagsMissing>

/**
 * Why calls are not hung up and transferred in the page: there is no AMI user for it, it is not signed in, or
 * (transfers alone) the dialplan is too old.
 */
export const controlLack = z.enum(['user', 'link', 'dialplan'])
export type ControlLack = z.infer<typeof controlLack>

/** `since` is when the link took this state; `problem` says in one line what is wrong. */
export const pbxStatus = z.object({
  pbxId: z.string(),
  link: pbxLink,
  since: instant,
  version: z.string().nullable(),
  problem: z.string().nullable(),
  /**
   * Seconds by which the PBX's clock is ahead of ours (below 0 behind), so that its times are
   * corrected; left out while the two agree to 2 s.
   */
  clockAheadSeconds: z.number().int().optional(),
  /** Left out when nothing is missing. */
  tagsMissing: pbxTagsMissing.optional(),
  /** False while its dialplan is too old for promises to be dialled there; missing means true. */
  mayDial: z.boolean().optional(),
  /** False: its dialplan is too old to ring customers before agents. */
  mayRingCustomers: z.boolean().optional(),
  /** False: its dialplan is too old for supervisors to listen to calls, send waiting callers and close queues. */
  maySteer: z.boolean().optional(),
  /** Left out when calls can be hung up and transferred in the page. */
  controlLacks: controlLack.optional(),
})
export type PbxStatus = z.infer<typeof pbxStatus>

/** Asterisk device state and pause folded into what a supervisor needs to know. */
export const memberState = z.enum([
  'ready',
  'ringing',
  'in_call',
  'wrap_up',
  'paused',
  'unavailable',
])
export type MemberState = z.infer<typeof memberState>

/** Who is talked to, as far as it is known. */
export const memberCall = z.object({
  number: phoneNumber,
  customerName: z.string().nullable(),
  ticket: z.object({ id, code: z.string() }).nullable(),
})
export type MemberCall = z.infer<typeof memberCall>

export const queueMember = z.object({
  extension: z.string(),
  displayName: z.string(),
  state: memberState,
  pauseReason: z.string().nullable(),
  /** The supervisor who paused them; left out when nobody else did. */
  pausedBy: z.string().optional(),
  stateSince: instant,
  /** Who has less is offered calls first; left out for 0. */
  penalty: z.number().int().optional(),
  /** The supervisor who hears them now, and how. */
  heardBy: z.string().optional(),
  heardAs: spyMode.optional(),
  /** Of their person, in all queues and on callbacks. */
  today: agentDay,
  /** Whether the person has a page open, to see who calls; null for a phone of nobody here. */
  hasPage: z.boolean().nullable(),
  /** The call that they are on; left out when it is none of the service's. */
  callId: z.string().optional(),
  /** Left out until it is stored. */
  onCall: memberCall.optional(),
})
export type QueueMember = z.infer<typeof queueMember>

export const waitingCaller = z.object({
  uniqueid: z.string(),
  number: phoneNumber,
  customerName: z.string().nullable(),
  position: z.number().int(),
  joinedAt: instant,
  /** Nobody is on the line: the caller hung up, keeps this place and is called when its turn comes. */
  isPlace: z.boolean().default(false),
  /** The first open promise to this number, or to its customer's others. */
  promise: z.object({ dueAt: instant, ticketId: id.nullable() }).optional(),
  /** The open outage where this customer lives. */
  outage: z.object({ ticketId: id, code: z.string() }).optional(),
})
export type WaitingCaller = z.infer<typeof waitingCaller>

export const liveQueue = z.object({
  pbxId: z.string(),
  name: z.string(),
  waiting: z.array(waitingCaller),
  members: z.array(queueMember),
  /** Interfaces that are no phone (`Local/…`): not supported as members. Left out when there are none. */
  unsupported: z.array(z.string()).optional(),
  today: callCounts,
})
export type LiveQueue = z.infer<typeof liveQueue>

export const queuesSnapshot = z.object({
  rev: z.number().int(),
  asOf: instant,
  pbx: z.array(pbxStatus),
  queues: z.array(liveQueue),
  /** Left out until it was first read: nobody has looked. */
  owed: owed.optional(),
})
export type QueuesSnapshot = z.infer<typeof queuesSnapshot>

/** Whole rows that changed since `rev - 1`; a gap in `rev` means: ask for a snapshot. */
export const queuesPatch = z.object({
  rev: z.number().int(),
  asOf: instant,
  pbx: z.array(pbxStatus).optional(),
  queues: z.array(
    z.object({
      pbxId: z.string(),
      name: z.string(),
      waiting: z.array(waitingCaller).optional(),
      members: z.array(queueMember).optional(),
      removedMembers: z.array(z.string()).optional(),
      unsupported: z.array(z.string()).optional(),
      today: callCounts.optional(),
    }),
  ),
  owed: owed.optional(),
})
export type QueuesPatch = z.infer<typeof queuesPatch>

/** A queue as agents need to know it: how many wait, since when, and who could take the next. */
export const queueBrief = z.object({
  pbxId: z.string(),
  name: z.string(),
  /** Customers on the line. */
  waiting: z.number().int(),
  /** Since when the first of them waits; null when nobody does. */
  waitingSince: instant.nullable(),
  /** Who is ready and free, by name. */
  free: z.array(z.object({ extension, displayName: z.string() })),
  /** How many take calls here, whatever they do now. */
  members: z.number().int(),
})
export type QueueBrief = z.infer<typeof queueBrief>

export const queuesBrief = z.object({ asOf: instant, queues: z.array(queueBrief) })
export type QueuesBrief = z.infer<typeof queuesBrief>

export const memberParams = z.object({ queue: z.string().max(80), extension })
export const memberCommand = z
  .object({
    paused: z.boolean().optional(),
    reason: z.string().max(40).optional(),
    member: z.boolean().optional(),
  })
  .refine((command) => command.paused !== undefined || command.member !== undefined, {
    error: 'give paused (true or false) or member (true or false)',
  })
export type MemberCommand = z.infer<typeof memberCommand>
