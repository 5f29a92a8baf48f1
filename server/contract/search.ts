import { z } from 'zod'
import { pageOf } from './primitives.ts'

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
