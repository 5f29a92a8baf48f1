import { z } from 'zod'
import type { TestDialect } from './database.ts'

/** What no field is meant for; every one is valid JSON. */
export const NASTY: readonly string[] = [
  'null',
  'true',
  '-1',
  '0.5',
  '-0',
  '1e400',
  '2147483646',
  '2147483648',
  '9007199254740993',
  '99999999999999999999999',
  '""',
  '" "',
  '"\\u0000"',
  '"a\\u0000b"',
  '"\\ud800"',
  '"\\udfff\\ud800"',
  '"%_\\\\\'; drop table staff; --"',
  JSON.stringify('9'.repeat(400)),
  JSON.stringify('Ế'.repeat(20_000)),
  '"0000-01-01T00:00:00.000Z"',
  '"0001-01-01T00:00:00+14:00"',
  '"9999-12-31T23:59:59-14:00"',
  '"+275760-09-13T00:00:00.000Z"',
  '"0000-01-01"',
  '"9999-12-31"',
  '[]',
  '[[[[]]]]',
  '["\\u0000"]',
  '{}',
  '{"__proto__":{"id":1},"toString":7,"length":-1}',
]

/**
 * Those that a database may take otherwise than another one: what is read before any database is
 * the same for all.
 */
export function nastyTo(dialect: TestDialect, values: readonly string[]): readonly string[] {
  if (dialect === 'sqlite') return values
  return values.filter((value) =>
    /u0000|\0|ud800|^-?\d{9,}|00Z|14:00|Infinity|drop table/.test(value),
  )
}

/** The same for an address, where everything is text. */
export const NASTY_TEXT: readonly string[] = [
  ...new Set(NASTY.map((json) => readText(json)).filter((text) => text !== null)),
  '1e3',
  '0x10',
  'NaN',
  'Infinity',
  '2026-11-23T02:00:00.000Z~',
  '9999-99-99T99:99:99.999Z~x',
]

function readText(json: string): string | null {
  const value: unknown = JSON.parse(json)
  const text = typeof value === 'string' ? value : json
  return text.isWellFormed() && text.length < 5000 ? text : null
}

const jsonSchema = z.looseObject({
  type: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  minLength: z.number().optional(),
  minItems: z.number().optional(),
})

/** The names and one plausible value of each field of an object; empty for anything else. */
export function plausibleFields(schema: z.ZodType | undefined): Record<string, unknown> {
  if (schema === undefined) return {}
  const value = plausible(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))
  return z.record(z.string(), z.unknown()).catch({}).parse(value)
}

/** A value that the schema would take, or nearly: it must only get past most of the checks. */
function plausible(given: unknown): unknown {
  const schema = jsonSchema.catch({}).parse(given)
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  if (schema.anyOf !== undefined) return plausible(schema.anyOf[0])
  switch (schema.type ?? 'none') {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, field]) => [name, plausible(field)]),
      )
    case 'array':
      return [plausible(schema.items)]
    case 'integer':
    case 'number':
      return 1
    case 'boolean':
      return true
    case 'string':
      return plausibleText(schema)
    default:
      return null
  }
}

function plausibleText({ format, pattern, minLength = 1 }: z.infer<typeof jsonSchema>): string {
  if (format === 'date-time') return '2026-11-23T02:00:00.000Z'
  if (format === 'date') return '2026-12-01'
  if (format === 'email') return 'lan@example.com'
  if (pattern?.includes('\\d{2,6}') === true) return '101'
  return '0912345678'.slice(0, Math.max(minLength, 10))
}
