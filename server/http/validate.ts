import type { z } from 'zod'
import { InvalidInput } from '../errors.ts'
import { fieldErrors } from './problem.ts'

/** Parses one part of a request. Throws InvalidInput naming each wrong field and what is right. */
export function parsePart(
  schema: z.ZodType | undefined,
  value: unknown,
  part: 'path' | 'query' | 'body',
): unknown {
  if (!schema) return undefined
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new InvalidInput(`the ${part} is not as it should be`, fieldErrors(parsed.error))
}
