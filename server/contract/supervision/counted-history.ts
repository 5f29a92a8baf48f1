import { z } from 'zod'
import { localDate } from '../primitives.ts'

/** `from`: the figures of days before it miss calls that an earlier release stored; null: none do. */
export const countedHistory = z.object({ from: localDate.nullable() })
export type CountedHistory = z.infer<typeof countedHistory>
