import { z } from 'zod'
import { callbackView } from './callbacks.ts'
import { ownCall } from './calls.ts'
import { serviceStatus } from './health.ts'
import { instant } from './primitives.ts'
import { screenPop } from './screen-pop.ts'
import { sessionUser } from './staff.ts'

export const agentStateName = z.enum(['ready', 'paused', 'offline'])
export type AgentStateName = z.infer<typeof agentStateName>

/** Pause reasons; the labels are the page's. */
export const pauseReason = z.enum([
  'break',
  'lunch',
  'meeting',
  'training',
  'back_office',
  'technical',
  'personal',
])
export type PauseReason = z.infer<typeof pauseReason>

/** `wrap_up` is nobody's choice from a list: the rest after a call, prolonged, which ends by itself. */
export const shownPause = z.enum([...pauseReason.options, 'wrap_up'])
export type ShownPause = z.infer<typeof shownPause>

/**
 * `confirmed` is false while the PBX does not yet show the wanted membership (it is unreachable or
 * has not answered); the service keeps trying and says so.
 */
export const agentState = z.object({
  state: agentStateName,
  reason: shownPause.nullable(),
  since: instant,
  confirmed: z.boolean(),
  /** The phone is not registered with the PBX, so nothing can ring it; missing otherwise. */
  phone: z.literal('unreachable').optional(),
  /** They answer in the page; missing: at the phone on the desk. */
  device: z.literal('web').optional(),
  /** The rest after a call, in which no queue offers the next one; missing otherwise. */
  wrapUp: z.object({ endsAt: instant }).optional(),
})
export type AgentState = z.infer<typeof agentState>

export const agentStateChange = z
  .object({ state: agentStateName, reason: pauseReason.optional() })
  .refine((change) => change.state !== 'paused' || change.reason !== undefined, {
    error: 'a pause needs a reason',
    path: ['reason'],
  })
export type AgentStateChange = z.infer<typeof agentStateChange>

/** A minute more of the rest after a call, or no more of it. */
export const wrapUpChange = z.object({ action: z.enum(['prolong', 'end']) })
export type WrapUpChange = z.infer<typeof wrapUpChange>

/** What a signed-in person needs at once after (re)connecting; live news follow by socket. */
export const deskSnapshot = z.object({
  serverTime: instant,
  appVersion: z.string(),
  user: sessionUser,
  state: agentState,
  call: ownCall.nullable(),
  pops: z.array(screenPop),
  callbacks: z.array(callbackView),
  /** Whose last attempt waits for this person's word, the newest first. */
  awaiting: z.array(callbackView),
  /** Missing means that all is well. */
  service: serviceStatus.optional(),
  counts: z.object({ myOpenTickets: z.number().int(), callbacksDue: z.number().int() }),
})
export type DeskSnapshot = z.infer<typeof deskSnapshot>
