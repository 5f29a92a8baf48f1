import { z } from 'zod'
import { callOutcome, callStatus } from '#contract/calls.ts'
import { attemptStage } from '#contract/callbacks.ts'
import { instant } from '#contract/primitives.ts'
import { holdOfSegments } from './first-slice-call.ts'

/** One stay in a queue. */
const visit = z.object({
  queue: z.string(),
  joinedAt: instant,
  /** False while `joinedAt` is worked out from a later event's wait in whole seconds. */
  heard: z.boolean(),
  leftAt: instant.nullable(),
  /** False while `leftAt` is only concluded from a snapshot that shows the caller elsewhere. */
  leaveHeard: z.boolean().default(true),
  /** Asterisk called it abandoned, which it also says of timeouts and empty queues. */
  abandonSaid: z.boolean(),
})
export type Visit = z.infer<typeof visit>

/** One agent's part of a conversation. */
const segment = z.object({
  agentUniqueid: z.string(),
  /** Channels that this one replaced (Local optimisation), so that their late events find it. */
  earlierUniqueids: z.array(z.string()),
  extension: z.string(),
  how: z.enum(['queue', 'direct', 'pickup', 'transfer', 'callback', 'recovered']),
  startedAt: instant,
  endedAt: instant.nullable(),
  /** Since when this agent holds the caller; stays when the part ends on hold. */
  heldAt: instant.nullable(),
  /** The newest end of a hold by resume: older news of a hold is late. */
  resumedAt: instant.nullable(),
  /** A resume whose hold has not been heard yet; left out when there is none. */
  resumedUnheldAt: instant.optional(),
  /** All holds of this agent that are over, by resume or with the part. */
  holdSeconds: z.number().int(),
})
export type Segment = z.infer<typeof segment>

export const ringEnd = z.enum([
  'answered',
  'no_answer',
  'answered_elsewhere',
  'caller_left',
  'rejected',
])

/** One agent's phone ringing for this call, keyed by the ringing channel. */
const ring = z.object({
  agentUniqueid: z.string(),
  extension: z.string(),
  /** Who rang it: a queue (its AgentConnect is the answer), a Dial, or the agent who picked it up. */
  by: z.enum(['queue', 'dial', 'pickup']),
  startedAt: instant,
  /** When the phone was answered; the conversation also needs the bridge. */
  answeredAt: instant.nullable(),
  bridgedAt: instant.nullable(),
  endedAt: instant.nullable(),
  end: ringEnd.nullable(),
})
export type Ring = z.infer<typeof ring>

/** The agent is asked whether the customer may be dialled, and has said so with a key or in the page. */
export const callConfirmation = z.enum(['asked', 'key', 'page'])
export type CallConfirmation = z.infer<typeof callConfirmation>

/** The customer who was rung first is asked to press 1, or has. */
export const callConsent = z.enum(['asked', 'given'])
export type CallConsent = z.infer<typeof callConsent>

/** Evidence about a promised callback's two legs; OriginateResponse speaks of the first leg only. */
const callbackEvidence = z.object({
  /** The furthest stage that was seen while the channel lived; `ended` is the call's own status. */
  stage: attemptStage,
  agentAnsweredAt: instant.nullable(),
  /** Null: nobody was asked. */
  confirmation: callConfirmation.nullable().default(null),
  customerUniqueid: z.string().nullable(),
  customerAnsweredAt: instant.nullable(),
  /** DialEnd (or the journal) about the customer's leg. */
  dialStatus: z.string().nullable(),
  agentCause: z.number().int().nullable(),
  customerCause: z.number().int().nullable(),
  originateFailed: z.boolean(),
  talkSeconds: z.number().int().nullable(),
  /** Of a caller who keeps a place, or a customer who was rung first: the agent whom the queue gave, and the channel of their phone. */
  placedAgent: z.object({ uniqueid: z.string(), extension: z.string() }).nullable().default(null),
  /**
   * The customer is rung before an agent is (`callback-customer` of the dialplan), and the queue gives the
   * agent: `customerAnsweredAt` is when the two talk. Null: as usual.
   */
  customerFirst: z
    .object({ pickedUpAt: instant.nullable(), consent: callConsent.nullable() })
    .nullable()
    .default(null),
})
export type CallbackEvidence = z.infer<typeof callbackEvidence>

/**
 * One conversation as the PBX showed it. Identity is `(pbxId, uniqueid)`: the caller's channel at
 * first queue entry, or the ChannelId of a promised callback. Stored as JSON beside its columns so
 * that a restarted service continues with exactly this.
 */
const conversation = z.object({
  pbxId: z.string(),
  uniqueid: z.string(),
  /** Grouping aliases only: Linkedid changes. */
  linkedids: z.array(z.string()),
  status: callStatus,
  outcome: callOutcome.nullable(),
  /** The queue of first entry, or null for a direct call. */
  queue: z.string().nullable(),
  visits: z.array(visit),
  /** The dialplan tagged the caller's channel as a hotline call. */
  tagged: z.boolean(),
  callerIdNum: z.string().nullable(),
  callerIdName: z.string().nullable(),
  withheld: z.boolean(),
  enteredAt: instant,
  /** The first answer by anyone. */
  answeredAt: instant.nullable(),
  /** The first answer that a ticket is owed for (`design.md` §5 rule 1). */
  ticketMomentAt: instant.nullable(),
  endedAt: instant.nullable(),
  /** False when the end was only concluded from a snapshot. */
  endHeard: z.boolean(),
  /** What the dialplan itself said about an unanswered call's end. */
  toldOutcome: callOutcome.nullable(),
  /** The caller left the queue by key and is called back on this number; the last one that was typed. */
  askedNumber: z.string().nullable().default(null),
  /** The queue that did not let the caller in, which is none of the call's own. */
  refusedBy: z.string().optional(),
  /** The queue before which the caller hung up, in the notice. */
  meantQueue: z.string().optional(),
  /** When the caller reached the service, notice and menu before the queue; left out while unknown. */
  receivedAt: instant.optional(),
  hangupCause: z.number().int().nullable(),
  /** True when the answer was learnt from a snapshot or the journal, not heard live. */
  recovered: z.boolean(),
  segments: z.array(segment),
  rings: z.array(ring),
})

/** A caller who came to us. */
const inboundCall = conversation.extend({ direction: z.literal('inbound') })
export type InboundCall = z.infer<typeof inboundCall>

/** A promised callback: our channel rings the agent first, then the customer. */
const callbackCall = conversation.extend({
  direction: z.literal('callback'),
  callback: callbackEvidence,
  /** When each leg was gone; the call is over when no leg is left. */
  agentLegEndedAt: instant.nullable(),
  customerLegEndedAt: instant.nullable(),
})
export type CallbackCall = z.infer<typeof callbackCall>

/** How a call is stored; what the first slice stored is read too. */
export const call = z.preprocess(
  holdOfSegments,
  z.discriminatedUnion('direction', [inboundCall, callbackCall]),
)
export type Call = InboundCall | CallbackCall

/** How a call begins; everything else follows from evidence. */
export interface CallStart {
  pbxId: string
  uniqueid: string
  linkedid: string
  at: string
  callerIdNum: string | null
  callerIdName: string | null
  withheld: boolean
  tagged: boolean
}

/** A caller of whom nothing more is known yet. */
export function startCall(start: CallStart): InboundCall {
  return {
    pbxId: start.pbxId,
    uniqueid: start.uniqueid,
    linkedids: [start.linkedid],
    direction: 'inbound',
    status: 'waiting',
    outcome: null,
    queue: null,
    visits: [],
    tagged: start.tagged,
    callerIdNum: start.withheld ? null : start.callerIdNum,
    callerIdName: start.withheld ? null : start.callerIdName,
    withheld: start.withheld,
    enteredAt: start.at,
    answeredAt: null,
    ticketMomentAt: null,
    endedAt: null,
    endHeard: false,
    toldOutcome: null,
    askedNumber: null,
    hangupCause: null,
    recovered: false,
    segments: [],
    rings: [],
  }
}
