import { z } from 'zod'
import { instant } from './primitives.ts'

export const health = z.object({ status: z.literal('ok') })
/** 503 with the same body when something is not usable; each check says what and why. */
export const readiness = z.object({
  status: z.enum(['ready', 'not_ready']),
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
})
export type Readiness = z.infer<typeof readiness>

/**
 * What a person should know of the service itself. `waiting`: the database takes no writes now;
 * calls go on and what they owe is written when it does. `since` is when that began, else null.
 */
export const serviceStatus = z.object({
  database: z.enum(['ok', 'waiting']),
  since: instant.nullable(),
})
export type ServiceStatus = z.infer<typeof serviceStatus>
