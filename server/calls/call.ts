import { z } from 'zod'
import { callDirection, callOutcome, callStatus } from '#contract/calls.ts'
import { attemptStage } from '#contract/callbacks.ts'
import { instant } from '#contract/primitives.ts'

/** One agent's part of a conversation. */
const segment = z.object({
  agentUniqueid: z.string(),
  extension: z.string(),
  how: z.enum(['queue', 'direct', 'pickup', 'transfer', 'callback', 'recovered']),
  startedAt: instant,
  endedAt: instant.nullable(),
})
export type Segment = z.infer<typeof segment>

/** One agent's phone ringing for this call, keyed by the ringing channel. */
const ring = z.object({
  agentUniqueid: z.string(),
  extension: z.string(),
  startedAt: instant,
  endedAt: instant.nullable(),
})
export type Ring = z.infer<typeof ring>

/** Evidence about a promised callback's two legs; OriginateResponse speaks of the first leg only. */
const callbackEvidence = z.object({
  stage: attemptStage,
  agentAnsweredAt: instant.nullable(),
  customerUniqueid: z.string().nullable(),
  customerAnsweredAt: instant.nullable(),
  dialStatus: z.string().nullable(),
  /** Hangup cause of the leg that decided: the customer's when it existed, else the agent's. */
  agentCause: z.number().int().nullable(),
  customerCause: z.number().int().nullable(),
  originateFailed: z.boolean(),
  talkSeconds: z.number().int().nullable(),
})
export type CallbackEvidence = z.infer<typeof callbackEvidence>

/**
 * One conversation as the PBX showed it. Identity is `(pbxId, uniqueid)`: the caller's channel at
 * first queue entry, or the ChannelId of a promised callback. Stored as JSON beside its columns so
 * that a restarted service continues with exactly this.
 */
export const call = z.object({
  pbxId: z.string(),
  uniqueid: z.string(),
  /** Grouping aliases only: Linkedid changes. */
  linkedids: z.array(z.string()),
  direction: callDirection,
  status: callStatus,
  outcome: callOutcome.nullable(),
  /** The queue of first entry, or null for a direct call. */
  queue: z.string().nullable(),
  /** Every queue visit after the first, in order. */
  laterQueues: z.array(z.string()),
  inQueue: z.boolean(),
  callerIdNum: z.string().nullable(),
  callerIdName: z.string().nullable(),
  withheld: z.boolean(),
  enteredAt: instant,
  answeredAt: instant.nullable(),
  endedAt: instant.nullable(),
  hangupCause: z.number().int().nullable(),
  heldAt: instant.nullable(),
  holdSeconds: z.number().int(),
  /** True when the answer was learnt from a snapshot or the journal, not heard live. */
  recovered: z.boolean(),
  queueTimedOut: z.boolean(),
  segments: z.array(segment),
  rings: z.array(ring),
  /** Channels bridged with or belonging to this call, so that their events find it. */
  bridgeId: z.string().nullable(),
  callback: callbackEvidence.nullable(),
})
export type Call = z.infer<typeof call>

/** Seconds from entry to the first answer, or to the end for an unanswered call. */
export function waitSeconds(of: Call): number | null {
  const until = of.answeredAt ?? of.endedAt
  return until === null ? null : secondsBetween(of.enteredAt, until)
}

/** Seconds from the first answer to the end; null while talking or when never answered. */
export function talkSeconds(of: Call): number | null {
  if (of.answeredAt === null || of.endedAt === null) return null
  return secondsBetween(of.answeredAt, of.endedAt)
}

function secondsBetween(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000))
}
