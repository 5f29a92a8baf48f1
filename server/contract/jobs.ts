import { z } from 'zod'
import { id, instant, pageOf, pageQuery } from './primitives.ts'

/** A loop over what falls due (promises, owed tickets). */
export const dueLoopStatus = z.object({
  name: z.string(),
  running: z.boolean(),
  /** Looks since the service started. */
  runs: z.number().int(),
  failuresInRow: z.number().int(),
  lastRunAt: instant.nullable(),
  /** Null while the loop stands still. */
  nextRunAt: instant.nullable(),
  /** The newest error since the start, also when it has worked since. */
  lastErrorAt: instant.nullable(),
  lastError: z.string().nullable(),
})
export type DueLoopStatus = z.infer<typeof dueLoopStatus>

/** A job that recurs by the clock of Asia/Ho_Chi_Minh; what is told of it is since the start. */
export const recurringJobStatus = z.object({
  name: z.string(),
  /** Five fields: minute, hour, day, month, weekday; a sixth before them is the second. */
  cron: z.string(),
  running: z.boolean(),
  runs: z.number().int(),
  /** Turns left out because the one before was still running. */
  skipped: z.number().int(),
  lastRunAt: instant.nullable(),
  lastEndedAt: instant.nullable(),
  lastResult: z.enum(['done', 'failed']).nullable(),
  nextRunAt: instant.nullable(),
  lastErrorAt: instant.nullable(),
  lastError: z.string().nullable(),
})
export type RecurringJobStatus = z.infer<typeof recurringJobStatus>

/** Something that the service gave up on; a person has to look at it. */
export const setAsideEntry = z.object({
  id,
  at: instant,
  /** What kind of thing: `owed_ticket`, `promise`, `event` … */
  kind: z.string(),
  /** Which one: an id. */
  subject: z.string(),
  reason: z.string(),
  detail: z.string(),
})
export type SetAsideEntry = z.infer<typeof setAsideEntry>

export const setAsidePage = pageOf(setAsideEntry)
export type SetAsidePage = z.infer<typeof setAsidePage>

export const jobsQuery = pageQuery
export const jobsView = z.object({
  loops: z.array(dueLoopStatus),
  recurring: z.array(recurringJobStatus),
  /** Newest first; `limit` and `cursor` of the query are about this list. */
  setAside: setAsidePage,
})
export type JobsView = z.infer<typeof jobsView>
