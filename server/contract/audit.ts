import { z } from 'zod'
import { id, instant, pageQuery } from './primitives.ts'

/** Who did what to whom; `actor` is null for the service itself and for refused sign-ins. */
export const auditEntry = z.object({
  id,
  at: instant,
  actor: z.object({ id, displayName: z.string() }).nullable(),
  action: z.string(),
  subject: z.string(),
  detail: z.record(z.string(), z.string()),
  /** What people call the ids in `subject` and `detail`; nobody's is not among them. */
  names: z.record(z.string(), z.string()),
})
export type AuditEntry = z.infer<typeof auditEntry>

export const auditQuery = pageQuery.extend({
  action: z.string().max(60).optional(),
  subject: z.string().max(120).optional(),
})
export type AuditQuery = z.infer<typeof auditQuery>
