import { z } from 'zod'
import { instant } from '#contract/primitives.ts'
import { intakeChannel } from '#contract/tickets.ts'
import type { Evidence } from './case.ts'

const stored = z.object({
  at: instant,
  channel: intakeChannel,
  kind: z.enum(['call', 'mail', 'letter', 'visit', 'attempt']),
})

export function evidenceOf(row: { at: string; channel: string; kind: string }): Evidence {
  return stored.parse(row)
}
