import type {
  ChecklistField,
  FieldValue,
  GuidanceContent,
  StepAnswer,
  TextFormat,
} from '#contract/casework/guidance.ts'
import { type Instant, instant, localDate } from '#contract/primitives.ts'
import type { FieldError } from '../errors.ts'

/** `at`: when this answer was given. */
export type RecordedStep = StepAnswer & { at: Instant }
export type RecordedSteps = Readonly<Record<string, RecordedStep>>
export type FieldValues = Readonly<Record<string, FieldValue>>

const FORMATS: Readonly<Record<TextFormat, { test: RegExp; says: string }>> = {
  any: { test: /^/, says: '' },
  serial: {
    test: /^[A-Za-z0-9][A-Za-z0-9:.-]{4,31}$/,
    says: 'must be 5 to 32 letters and digits, for example ZTEGC1A2B3C4',
  },
  ip: {
    test: /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$|^(?=.*:)[0-9A-Fa-f:.]{2,45}$/,
    says: 'must be an IP address, for example 113.160.1.20',
  },
  domain: {
    test: /^(?=.{4,253}$)(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}{2,63}$/u,
    says: 'must be a domain, for example dcnet.vn',
  },
}

/** What is wrong with answers to this content; each says what would be right. */
export function answerFaults(
  content: GuidanceContent,
  answers: {
    steps: Readonly<Record<string, unknown>>
    fields: Readonly<Record<string, FieldValue | null>>
  },
): FieldError[] {
  const steps = new Set(content.steps.map(({ id }) => id))
  const fields = new Map(content.fields.map((field) => [field.id, field]))
  return [
    ...Object.keys(answers.steps)
      .filter((id) => !steps.has(id))
      .map((id) => ({
        path: `steps.${id}`,
        message: `this checklist has no step "${id}"`,
        code: 'checklist_no_step',
      })),
    ...Object.entries(answers.fields).flatMap(([id, value]) => {
      const field = fields.get(id)
      const path = `fields.${id}`
      if (!field) {
        const message = `this checklist has no field "${id}"`
        return [{ path, message, code: 'checklist_no_field' }]
      }
      const message = value === null ? null : valueFault(field, value)
      return message === null ? [] : [{ path, message, code: `checklist_${field.type}` }]
    }),
  ]
}

/** What would be right instead of this value; null when it is right. */
export function valueFault(field: ChecklistField, value: FieldValue): string | null {
  switch (field.type) {
    case 'text':
      return textFault(field, value)
    case 'number':
      return numberFault(field, value)
    case 'choice': {
      const ids = field.options.map(({ id }) => id)
      return ids.some((id) => id === value) ? null : `must be one of ${ids.join(', ')}`
    }
    case 'flag':
      return typeof value === 'boolean' ? null : 'must be true or false'
    case 'instant':
      return instant.safeParse(value).success
        ? null
        : 'must be an instant in UTC, for example 2026-11-22T03:15:00.000Z'
    case 'date':
      return localDate.safeParse(value).success ? null : 'must be a date, for example 2026-11-22'
  }
}

function textFault(
  { format, maxLength }: Extract<ChecklistField, { type: 'text' }>,
  value: FieldValue,
): string | null {
  if (typeof value !== 'string') return 'must be text'
  if (value.length > maxLength) return `must have at most ${maxLength} characters`
  const { test, says } = FORMATS[format]
  return value === '' || test.test(value) ? null : says
}

function numberFault(
  { min, max, unit, decimals }: Extract<ChecklistField, { type: 'number' }>,
  value: FieldValue,
): string | null {
  const says = `must be a number from ${min} to ${max}${unit === '' ? '' : ` ${unit}`}`
  if (typeof value !== 'number' || !Number.isFinite(value)) return says
  if (value < min || value > max) return says
  const scaled = value * 10 ** decimals
  if (Math.abs(scaled - Math.round(scaled)) < 1e-6) return null
  return decimals === 0 ? 'must be a whole number' : `must have at most ${decimals} decimals`
}

/** The values that say something: what was cleared is gone. */
export function givenValues(values: Readonly<Record<string, FieldValue | null>>): FieldValues {
  const given: Record<string, FieldValue> = {}
  for (const [id, value] of Object.entries(values)) {
    if (value !== null && value !== '') given[id] = value
  }
  return given
}

/** The answers with the moment of each: one that stays as it was keeps its own. */
export function recordSteps(
  before: RecordedSteps,
  given: Readonly<Record<string, StepAnswer>>,
  at: Instant,
): RecordedSteps {
  return Object.fromEntries(
    Object.entries(given).map(([id, step]) => {
      const was = Object.hasOwn(before, id) ? before[id] : undefined
      const stays = was?.answer === step.answer && was.note === step.note
      return [id, stays ? was : { ...step, at }]
    }),
  )
}

/** How many steps were done (`process.md` #4: at least one is ticked); a skipped one was not. */
export function countTicked(steps: Readonly<Record<string, StepAnswer>>): number {
  return Object.values(steps).filter(({ answer }) => answer !== 'skipped').length
}

/**
 * Whether the step that was recorded last is nok (`process.md` #9); of steps recorded together the
 * last of the checklist counts, and skipped ones count not at all.
 */
export function lastStepIsNok(content: GuidanceContent, steps: RecordedSteps): boolean {
  let last: RecordedStep | null = null
  for (const { id } of content.steps) {
    const step = Object.hasOwn(steps, id) ? steps[id] : undefined
    if (step && step.answer !== 'skipped' && (last === null || step.at >= last.at)) last = step
  }
  return last?.answer === 'nok'
}

/** What of the answers another checklist asks, too, and would take. */
export function carriedOver(
  content: GuidanceContent,
  answers: { steps: RecordedSteps; fields: FieldValues },
): { steps: RecordedSteps; fields: FieldValues } {
  const steps = new Set(content.steps.map(({ id }) => id))
  return {
    steps: Object.fromEntries(Object.entries(answers.steps).filter(([id]) => steps.has(id))),
    fields: Object.fromEntries(
      Object.entries(answers.fields).filter(([id, value]) =>
        content.fields.some((field) => field.id === id && valueFault(field, value) === null),
      ),
    ),
  }
}

/** What the answers say in a ticket's subject ("LOS đỏ"), in the order of the checklist, own part first. */
export function subjectWordsOf(fields: readonly ChecklistField[], values: FieldValues): string[] {
  return fields.flatMap((field) => {
    const value = Object.hasOwn(values, field.id) ? values[field.id] : undefined
    if (field.type === 'flag') return value === true && field.subject !== null ? field.subject : []
    if (field.type !== 'choice') return []
    return field.options.find(({ id }) => id === value)?.subject ?? []
  })
}

/** How often each answer was given, for the timeline. */
export function countAnswers(
  steps: Readonly<Record<string, StepAnswer>>,
): Record<StepAnswer['answer'], number> {
  const counts = { ok: 0, nok: 0, skipped: 0 }
  for (const { answer } of Object.values(steps)) counts[answer] += 1
  return counts
}
