import { z } from 'zod'
import { callbackView } from '../callbacks.ts'
import { phoneNumber } from '../customers.ts'
import { id, instant, revision } from '../primitives.ts'

/** How often the missed callers of a queue are promised a callback. */
export const missedRule = z.enum(['off', 'one_a_day', 'each_call'])
export type MissedRule = z.infer<typeof missedRule>

/** The rule of each queue; `direct` is who called an extension past the queues. */
export const missedRules = z.object({
  rules: z
    .array(z.object({ queue: z.string().min(1).max(80), rule: missedRule }))
    .min(1)
    .max(100),
})
export type MissedRules = z.infer<typeof missedRules>
/** With how often they were changed; a change names the version that was read, another one is refused (409). */
export const missedRulesView = missedRules.extend({ version: revision })
export type MissedRulesView = z.infer<typeof missedRulesView>

/** A caller whom nobody answered, and nobody has called back yet. */
export const missedCaller = z.object({
  /** The first call of theirs that this is about. */
  callId: id,
  number: phoneNumber,
  customerName: z.string().nullable(),
  queue: z.string().nullable(),
  missedAt: instant,
  /** How often they called in vain since then. */
  calls: z.number().int().min(1),
  /** Null: the number is hidden or cannot be called. */
  promise: callbackView.nullable(),
})
export type MissedCaller = z.infer<typeof missedCaller>
