import { z } from 'zod'
import type { ActionNeed } from '#contract/casework/process.ts'
import { parseLocalDateTime } from './local-time.ts'

/** What was typed into the fields of an action; every field is text or a tick. */
export type NeedValues = Record<string, string | boolean>

/** An untouched form of these fields; a choice that must be made has no answer yet. */
export function emptyNeeds(
  needs: readonly ActionNeed[],
  known: Readonly<Record<string, string>> = {},
): NeedValues {
  return Object.fromEntries(
    needs.map(({ name, type }) => [name, type === 'flag' ? false : (known[name] ?? '')]),
  )
}

/** Says what is missing or wrong before anything is sent; the server's guard has the last word. */
export function needSchema(needs: readonly ActionNeed[]): z.ZodType {
  return z.object(Object.fromEntries(needs.map((need) => [need.name, fieldOf(need)])))
}

function fieldOf({ type, required, options, maxLength }: ActionNeed): z.ZodType {
  if (type === 'flag') return z.boolean()
  const text = z
    .string()
    .trim()
    .max(maxLength ?? 100_000)
  if (type === 'choice') return required ? z.enum(options) : z.enum(['', ...options])
  const checked = required ? text.min(1) : text
  if (type === 'number') return checked.regex(/^(-?\d+([.,]\d+)?)?$/)
  if (type === 'instant') return checked.refine((typed) => typed === '' || isInstant(typed))
  return checked
}

function isInstant(typed: string): boolean {
  return parseLocalDateTime(typed) !== null
}

/** What is sent: fields left empty are left out, times in UTC, numbers as numbers. */
export function actionInput(
  needs: readonly ActionNeed[],
  values: NeedValues,
): Record<string, string | number | boolean> {
  return Object.fromEntries(
    needs.flatMap(({ name, type }): [string, string | number | boolean][] => {
      const value = values[name]
      if (typeof value === 'boolean') return value ? [[name, true]] : []
      const text = value?.trim() ?? ''
      if (text === '') return []
      if (type === 'number') return [[name, Number(text.replace(',', '.'))]]
      if (type === 'instant') return [[name, parseLocalDateTime(text) ?? text]]
      return [[name, text]]
    }),
  )
}
