import { z } from 'zod'
import { id, revision } from '../primitives.ts'
import { extension } from '../staff.ts'

/**
 * How a supervisor hears a call. `listen`: neither side hears them; `whisper`: the agent alone does;
 * `barge`: both do.
 */
export const spyMode = z.enum(['listen', 'whisper', 'barge'])
export type SpyMode = z.infer<typeof spyMode>

/** Why, for the trail and for the agent who is told. */
const reason = z.string().trim().min(1).max(200)

/** `extension`: which agent of the call, where several talk on it. */
export const monitorOrder = z.object({
  mode: spyMode,
  extension: extension.optional(),
  reason: reason.optional(),
})
export type MonitorOrder = z.infer<typeof monitorOrder>

export const takeOverOrder = z.object({ reason })
export type TakeOverOrder = z.infer<typeof takeOverOrder>

/** `reason` is needed of a supervisor who ends the call of others. */
export const hangupOrder = z.object({ reason: reason.optional() })

export const waitingParams = z.object({
  queue: z.string().max(80),
  /** Uniqueid of the caller's channel, as in `GET /queues`. */
  uniqueid: z.string().max(150),
})
export const moveUpOrder = z.object({ reason })
export type MoveUpOrder = z.infer<typeof moveUpOrder>
export const sendOrder = z.object({ staffId: id, reason })
export type SendOrder = z.infer<typeof sendOrder>

export const queueParams = z.object({ queue: z.string().max(80) })
export const closeOrder = z.object({ reason })
export type CloseOrder = z.infer<typeof closeOrder>

/** What became of everybody who waited; keepers of a place are promised a callback already and not counted. */
export const closeResult = z.object({
  /** Left the queue, to be told of the callback. */
  promised: z.number().int(),
  /** Were answered or gone before they could leave, or are colleagues who ask. */
  stayed: z.number().int(),
  /** The PBX has not shown that they left. */
  unheard: z.number().int(),
})
export type CloseResult = z.infer<typeof closeResult>

export const penaltyOrder = z.object({ penalty: z.number().int().min(0).max(99), reason })
export type PenaltyOrder = z.infer<typeof penaltyOrder>

/** Administrators': whether agents are told that they were listened to. Whisper and barge they hear. */
export const steeringSettings = z.object({ tellListened: z.boolean() })
export type SteeringSettings = z.infer<typeof steeringSettings>
export const steeringSettingsView = steeringSettings.extend({ version: revision })
export type SteeringSettingsView = z.infer<typeof steeringSettingsView>
