import type {
  ChecklistCode,
  ChecklistContent,
  ChecklistField,
  GuidanceContent,
} from '#contract/casework/guidance.ts'
import type { FieldError } from '../errors.ts'

/** Fields of the common checklist begin so, that they never meet those of a category. */
const COMMON_PREFIX = 'gen_'

/** What a checklist's shape alone does not forbid; empty when it can be published. */
export function contentFaults(code: ChecklistCode, content: ChecklistContent): FieldError[] {
  return [
    ...content.steps.flatMap((step, index) => {
      const path = `content.steps.${index}.id`
      if (step.id.startsWith(`${code}_`)) return []
      return [fault(path, 'checklist_step_id', `must begin with ${code}_, for example ${code}_1`)]
    }),
    ...doubled(content.steps, 'content.steps'),
    ...content.fields.flatMap((field, index) =>
      fieldFaults(code, field, `content.fields.${index}`),
    ),
    ...doubled(content.fields, 'content.fields'),
  ]
}

function fieldFaults(code: ChecklistCode, field: ChecklistField, path: string): FieldError[] {
  const isCommon = field.id.startsWith(COMMON_PREFIX)
  const faults: FieldError[] = []
  if (isCommon !== (code === 'GEN')) {
    const says = isCommon
      ? `must not begin with ${COMMON_PREFIX}: only fields of GEN do`
      : `must begin with ${COMMON_PREFIX}, as all fields of GEN`
    faults.push(fault(`${path}.id`, 'checklist_field_id', says))
  }
  if (field.type === 'number' && field.min > field.max) {
    faults.push(fault(`${path}.max`, 'checklist_range', 'must not be below min'))
  }
  return field.type === 'choice'
    ? [...faults, ...doubled(field.options, `${path}.options`)]
    : faults
}

function doubled(items: readonly { id: string }[], path: string): FieldError[] {
  const seen = new Set<string>()
  return items.flatMap(({ id }, index) => {
    if (!seen.has(id)) {
      seen.add(id)
      return []
    }
    return [fault(`${path}.${index}.id`, 'checklist_doubled', `"${id}" stands twice`)]
  })
}

function fault(path: string, code: string, message: string): FieldError {
  return { path, message, code }
}

/** What is asked on a ticket: the common part, then the category's; `own` is null without one. */
export function guidanceContentOf(
  common: ChecklistContent,
  own: ChecklistContent | null,
): GuidanceContent {
  const parts = own === null ? [common] : [common, own]
  return {
    steps: parts.flatMap(({ steps }) => steps),
    fields: parts.flatMap(({ fields }) => fields),
    escalate: parts.map(({ escalate }) => escalate),
  }
}
