import { z } from 'zod'
import { cleanText } from './text.ts'

/** An instant in UTC with milliseconds, e.g. `2026-11-22T03:15:00.000Z`; text order is time order. */
export const instant = z.iso
  .datetime({ precision: 3 })
  .meta({ example: '2026-11-22T03:15:00.000Z' })
export type Instant = z.infer<typeof instant>

/** A calendar date in Asia/Ho_Chi_Minh, e.g. `2026-11-22`. */
export const localDate = z.iso.date()
export type LocalDate = z.infer<typeof localDate>

const FIRST_YEAR = 2000
const LAST_YEAR = 2199
const ofOurTime = {
  error: `must be between ${FIRST_YEAR} and ${LAST_YEAR}`,
}

/** A date given by a client, of a year that can be meant. */
export const localDateInput = localDate.refine((date) => isOfOurTime(date), ofOurTime)

/** An instant given by a client: any RFC 3339 offset is accepted and stored as UTC. */
export const instantInput = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text).toISOString())
  .refine((at) => isOfOurTime(at), ofOurTime)

/** Years beyond four digits begin with a sign and do not sort as text. */
function isOfOurTime(text: string): boolean {
  return text >= `${FIRST_YEAR}` && text < `${LAST_YEAR + 1}`
}

/**
 * Counts the changes of a row (`version`) or of what is shown (`rev`): the largest, with one more,
 * still fits the 32 bits that PostgreSQL gives an integer.
 */
export const revision = z
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 2)

/** What a person wrote, to be stored and found again: see `cleanText`. Bound it by min and max. */
export function words() {
  return z.string().overwrite(cleanText).trim()
}

/** Ids are text made by the application (UUIDv7). */
export const id = z.string().min(1).max(64)

/** Every list: at most `limit` items from `cursor` (taken from the page before) on. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
})
export type PageQuery = z.infer<typeof pageQuery>

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}

/** How many were found; `capped`: at least so many (`1.000+`). */
export const foundTotal = z.object({ count: z.number().int(), capped: z.boolean() })
export type FoundTotal = z.infer<typeof foundTotal>

/** A list that may have been searched for; in the order of the search then. */
export function foundPageOf<T extends z.ZodType>(item: T) {
  return pageOf(item).extend({
    /** Null on later pages, without words, and where filters besides the words decide. */
    total: foundTotal.nullable(),
    /** False while what an earlier release stored is still being indexed: there may be more. */
    complete: z.boolean(),
  })
}

/**
 * RFC 9457 problem details; `errors` names each wrong field, what was wrong and what is right. `code`
 * is one word for the fault, where there is one: the pages say it in the reader's language.
 */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  errors: z
    .array(z.object({ path: z.string(), message: z.string(), code: z.string().optional() }))
    .optional(),
  /** One word for the whole refusal, where there is one. */
  code: z.string().optional(),
  /** Of a step of the process: the ticket's state, the action, and the actions possible instead. */
  state: z.string().optional(),
  action: z.string().optional(),
  possible: z.array(z.string()).optional(),
})
export type Problem = z.infer<typeof problem>

export const team = z.enum(['cskh', 'noc', 'field'])
export type Team = z.infer<typeof team>
