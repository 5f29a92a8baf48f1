import { z } from 'zod'
import type {
  ChecklistField,
  FieldValue,
  GuidanceSave,
  GuidanceView,
  StepAnswer,
} from '#contract/casework/guidance.ts'
import { formatDateTime, parseLocalDateTime } from './local-time.ts'

type Answer = StepAnswer['answer']

/** What was ticked and typed into a checklist; fields as typed, an empty one is not answered. */
export interface GuidanceDraft {
  steps: Record<string, StepAnswer>
  fields: Record<string, string | boolean>
}

export function guidanceDraftOf(view: GuidanceView): GuidanceDraft {
  return {
    steps: Object.fromEntries(
      Object.entries(view.steps).map(([id, { answer, note }]) => [id, { answer, note }]),
    ),
    fields: Object.fromEntries(
      view.content.fields.map((field) => [field.id, typedOf(field, view.fields[field.id])]),
    ),
  }
}

function typedOf({ type }: ChecklistField, value: FieldValue | undefined): string | boolean {
  if (type === 'flag') return value === true
  if (value === undefined) return ''
  if (type === 'instant' && typeof value === 'string') return formatDateTime(value)
  return String(value).replace('.', type === 'number' ? ',' : '.')
}

const NEXT: Record<Answer, Answer | null> = { ok: 'nok', nok: 'skipped', skipped: null }

/** The answer after one more press of the step's key: ok, nok, skipped, none. */
export function nextAnswer(answer: Answer | undefined): Answer | null {
  return answer === undefined ? 'ok' : NEXT[answer]
}

/** The draft with this answer to a step; null takes the answer back, its note stays until then. */
export function withAnswer(draft: GuidanceDraft, id: string, answer: Answer | null): GuidanceDraft {
  const { [id]: known, ...steps } = draft.steps
  if (answer === null) return { ...draft, steps }
  return { ...draft, steps: { ...steps, [id]: { answer, note: known?.note ?? '' } } }
}

/** What the fields of a checklist take, before anything is sent. */
export function guidanceSchema(fields: readonly ChecklistField[]): z.ZodType {
  return z.object({
    steps: z.record(z.string(), z.object({ answer: z.string(), note: z.string().max(500) })),
    fields: z.object(Object.fromEntries(fields.map((field) => [field.id, typedField(field)]))),
  })
}

function typedField(field: ChecklistField): z.ZodType {
  switch (field.type) {
    case 'flag':
      return z.boolean()
    case 'number':
      return z
        .string()
        .regex(/^(-?\d+([.,]\d+)?)?$/)
        .transform((typed) => (typed === '' ? field.min : numberOf(typed)))
        .pipe(z.number().min(field.min).max(field.max))
    case 'text':
      return z.string().max(field.maxLength)
    case 'instant':
      return z.string().refine((typed) => typed === '' || parseLocalDateTime(typed) !== null)
    case 'choice':
    case 'date':
      return z.string()
    default:
      return field satisfies never
  }
}

function numberOf(typed: string): number {
  return Number(typed.replace(',', '.'))
}

/** What is sent: only what was answered, in the units of the service. */
export function guidanceAnswers(
  fields: readonly ChecklistField[],
  draft: GuidanceDraft,
): Pick<GuidanceSave, 'steps' | 'fields'> {
  const answered = fields.flatMap((field): [string, FieldValue][] => {
    const typed = draft.fields[field.id]
    if (typed === undefined || typed === false) return []
    if (typeof typed === 'string' && typed.trim() === '') return []
    if (typeof typed === 'boolean') return [[field.id, typed]]
    if (field.type === 'number') return [[field.id, numberOf(typed)]]
    if (field.type === 'instant') return [[field.id, parseLocalDateTime(typed) ?? typed]]
    return [[field.id, typed.trim()]]
  })
  return { steps: draft.steps, fields: Object.fromEntries(answered) }
}

/** Fewer letters say nothing yet, more are no line of a card. */
const SHORTEST_STEP = 12
const LONGEST_STEP = 60

/** A step that is read out to customers, as colleagues name it: up to its first pause. */
export function shortStep(text: string): string {
  const pause = text.slice(SHORTEST_STEP).search(/[.,;:?!(](\s|$)|\s[(–]/)
  const first = pause === -1 ? text : text.slice(0, SHORTEST_STEP + pause)
  return first.length <= LONGEST_STEP ? first : `${first.slice(0, LONGEST_STEP).trimEnd()}…`
}
