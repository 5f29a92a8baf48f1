import { z } from 'zod'
import { clockKind } from '../casework/process.ts'
import { instant } from '../primitives.ts'

/** How many of one queue; null: of calls past the queues, or of a ticket. */
export const countOfQueue = z.object({ queue: z.string().nullable(), count: z.number().int() })
export type CountOfQueue = z.infer<typeof countOfQueue>

/** What customers are owed now, and how promises of today were kept; read from rows, not from the PBX. */
export const owed = z.object({
  /** When it was read: told anew with each change, and now and then without one. */
  asOf: instant,
  promises: z.object({
    /** Promised for now or earlier and not kept yet. */
    due: z.number().int(),
    atRisk: z.number().int(),
    /** Open ones that nobody tried in time. */
    late: z.number().int(),
    /** Verdicts on what was promised for today. */
    keptToday: z.number().int(),
    lateToday: z.number().int(),
    brokenToday: z.number().int(),
  }),
  /** Customers who were reached by a callback made today, by the queue that they had left. */
  calledBack: z.array(countOfQueue),
  /** Callers whom nobody answered and who are still to be reached. */
  missed: z.array(countOfQueue),
  overdue: z.object({
    /** Open tickets with a clock that has run out, each once. */
    tickets: z.number().int(),
    byStage: z.array(z.object({ clock: clockKind, count: z.number().int() })),
  }),
})
export type Owed = z.infer<typeof owed>

/** It is told at least this often while somebody looks. */
export const OWED_TOLD_EVERY_MS = 10_000
