import { z } from 'zod'
import { instant, instantInput, localDate, localDateInput, revision, words } from './primitives.ts'

/** S = statutory (default); G = also follow the government's swapped days. */
export const calendarProfile = z.enum(['S', 'G'])
export type CalendarProfile = z.infer<typeof calendarProfile>

export const dayKind = z.enum(['holiday', 'compensatory', 'swap_off', 'swap_work'])
export type DayKind = z.infer<typeof dayKind>

/** `confidence`: A confirmed by a source, B strong, C from memory, D projected. */
export const calendarDay = z.object({
  date: localDate,
  kind: dayKind,
  name: words().min(1).max(120),
  confidence: z.enum(['A', 'B', 'C', 'D']),
})
export type CalendarDay = z.infer<typeof calendarDay>

/** What is known of a year's holidays: no Tết yet, not all from a notice, all from a notice. */
export const yearCoverage = z.enum(['missing', 'projected', 'confirmed'])
export type YearCoverage = z.infer<typeof yearCoverage>

/** A year whose holidays somebody has to enter. */
export const calendarWarning = z.object({ year: z.number().int(), coverage: yearCoverage })
export type CalendarWarning = z.infer<typeof calendarWarning>

export const calendarView = z.object({
  days: z.array(calendarDay),
  cultureDayHoliday: z.boolean(),
  profile: calendarProfile,
  /** How often it was changed. */
  version: revision,
  /** Of this year and, months before it begins, of the next; empty when there is nothing to do. */
  warnings: z.array(calendarWarning),
})
export type CalendarView = z.infer<typeof calendarView>

export const calendarChange = z.object({
  days: z
    .array(calendarDay.extend({ date: localDateInput }))
    .max(2000)
    .optional(),
  cultureDayHoliday: z.boolean().optional(),
  profile: calendarProfile.optional(),
  /** The one that was read: any other is refused (409). Left out: whatever is in force is changed. */
  version: revision.optional(),
})
export type CalendarChange = z.infer<typeof calendarChange>

export const deadlineQuery = z.object({
  receivedAt: instantInput,
  workingDays: z.coerce.number().int().min(0).max(250).default(20),
  profile: calendarProfile.optional(),
})
export type DeadlineQuery = z.infer<typeof deadlineQuery>

/**
 * `skipped` are the weekdays that did not count between receipt and `dueOn`. `provisional`: a year of
 * the period has no holidays in the calendar yet, so the end may still move.
 */
export const deadline = z.object({
  dueAt: instant,
  dueOn: localDate,
  skipped: z.array(localDate),
  provisional: z.boolean(),
})
export type Deadline = z.infer<typeof deadline>
