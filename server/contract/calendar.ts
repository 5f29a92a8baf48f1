import { z } from 'zod'
import { instant, instantInput, localDate, localDateInput } from './primitives.ts'

/** S = statutory (default); G = also follow the government's swapped days. */
export const calendarProfile = z.enum(['S', 'G'])
export type CalendarProfile = z.infer<typeof calendarProfile>

export const dayKind = z.enum(['holiday', 'compensatory', 'swap_off', 'swap_work'])
export type DayKind = z.infer<typeof dayKind>

/** `confidence`: A confirmed by a source, B strong, C from memory, D projected. */
export const calendarDay = z.object({
  date: localDate,
  kind: dayKind,
  name: z.string().trim().min(1).max(120),
  confidence: z.enum(['A', 'B', 'C', 'D']),
})
export type CalendarDay = z.infer<typeof calendarDay>

export const calendarView = z.object({
  days: z.array(calendarDay),
  cultureDayHoliday: z.boolean(),
  profile: calendarProfile,
})
export type CalendarView = z.infer<typeof calendarView>

export const calendarChange = z.object({
  days: z
    .array(calendarDay.extend({ date: localDateInput }))
    .max(2000)
    .optional(),
  cultureDayHoliday: z.boolean().optional(),
  profile: calendarProfile.optional(),
})
export type CalendarChange = z.infer<typeof calendarChange>

export const deadlineQuery = z.object({
  receivedAt: instantInput,
  workingDays: z.coerce.number().int().min(0).max(250).default(20),
  profile: calendarProfile.optional(),
})
export type DeadlineQuery = z.infer<typeof deadlineQuery>

/** `skipped` are the weekdays that did not count between receipt and `dueOn`. */
export const deadline = z.object({
  dueAt: instant,
  dueOn: localDate,
  skipped: z.array(localDate),
})
export type Deadline = z.infer<typeof deadline>
