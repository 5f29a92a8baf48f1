import { z } from 'zod'
import { localDate } from '../primitives.ts'
import { agentDay } from './agent-day.ts'

/** A person's own day: nobody else's data. */
export const myDay = z.object({
  day: localDate,
  /** Calls, and time in the queues. */
  work: agentDay,
  /** Promises of today that were theirs when they were judged. */
  promises: z.object({
    kept: z.number().int(),
    late: z.number().int(),
    broken: z.number().int(),
  }),
})
export type MyDay = z.infer<typeof myDay>
