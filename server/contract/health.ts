import { z } from 'zod'

export const health = z.object({ status: z.literal('ok') })
/** 503 with the same body when something is not usable; each check says what and why. */
export const readiness = z.object({
  status: z.enum(['ready', 'not_ready']),
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
})
export type Readiness = z.infer<typeof readiness>
