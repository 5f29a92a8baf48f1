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
  const detail = `the ${part} is not as it should be`
  const path = pathOfNul(value)
  if (path !== null) {
    throw new InvalidInput(detail, [{ path, message: 'must not hold the character U+0000' }])
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new InvalidInput(detail, fieldErrors(parsed.error))
}

/** Where a text holds the one character that PostgreSQL cannot keep; null when none does. */
function pathOfNul(value: unknown): string | null {
  const open: [path: string, value: unknown][] = [['', value]]
  for (let next = open.pop(); next; next = open.pop()) {
    const [path, inner] = next
    if (typeof inner === 'string' && inner.includes('\0')) return path
    if (typeof inner !== 'object' || inner === null) continue
    for (const [key, child] of Object.entries(inner)) {
      open.push([path ? `${path}.${key}` : key, child])
    }
  }
  return null
}
