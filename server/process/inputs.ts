import { z } from 'zod'
import type { ActionNeed, ProcessAction } from '#contract/casework/process.ts'
import { skipReason, stepAnswer, ticketCategory } from '#contract/casework/guidance.ts'
import { id, instantInput, words } from '#contract/primitives.ts'
import type { TicketRow } from '#contract/tickets.ts'

const optionalLine = (max: number) => words().max(max).optional()
const text = () => words().min(1).max(5000).meta({ long: true })
const optionalText = () => words().max(5000).optional().meta({ long: true })
const ticketId = () => id.meta({ refers: 'ticket' })

/** Row 32: what was no request at all. */
export const discardReason = z.enum(['silent_call', 'nuisance', 'wrong_number', 'test_call'])
export const cancelReason = z.enum(['duplicate', 'opened_by_mistake', 'not_our_service', 'other'])

/** What was wrong in the end; told by NOC or field, demanded at closing of incidents and complaints. */
export const causeCode = z.enum([
  'fibre_cut',
  'ont_fault',
  'power',
  'olt_fault',
  'core_network',
  'configuration',
  'wifi_environment',
  'customer_equipment',
  'third_party',
  'suspended_for_debt',
  'billing_error',
  'service_attitude',
  'no_fault_found',
  'other',
])

/** Phương cách xử lý. */
export const resolutionCode = z.enum([
  'guided_by_phone',
  'fixed_on_core',
  'fixed_on_site',
  'equipment_replaced',
  'information_given',
  'refunded',
  'no_action_needed',
  'not_resolvable',
  'other',
])

const answers = {
  steps: z.record(z.string().max(60), stepAnswer).optional(),
  fields: z
    .record(z.string().max(60), z.union([z.string().max(500), z.number(), z.boolean()]))
    .optional(),
}

/** The evidence of an answer that no machine saw (row 22), or why there is none. */
const evidence = {
  messageId: optionalLine(300),
  letterReference: optionalLine(120),
  letterDate: z.iso.date().optional(),
  overrideReason: optionalText(),
}

/** What each action asks for beside `action` and `version` (`process.md` §4, column "Guard"). */
export const ACTION_INPUT = {
  start_guidance: z.object({
    category: ticketCategory.optional(),
    identityUnknown: z.boolean().optional(),
  }),
  skip_guidance: z.object({ reason: skipReason, note: optionalText() }),
  save_guidance: z.object({
    result: z.enum(['ok', 'unknown', 'nok']),
    ...answers,
    note: optionalText(),
    /** After nok only: a callback is promised all the same. */
    promise: z.boolean().optional(),
  }),
  callback_result: z.object({ result: z.enum(['ok', 'nok']), note: optionalText() }),
  callback_no_answer: z.object({ note: optionalText() }),
  accept: z.object({ staffId: id.optional().meta({ refers: 'staff' }) }),
  core_fixable: z.object({ causeCode }),
  need_field: z.object({
    address: optionalLine(300),
    contactNumber: optionalLine(60),
    causeCode: causeCode.optional(),
    note: optionalText(),
  }),
  need_info: z.object({ question: text() }),
  info_received: z.object({ answer: optionalText() }),
  core_done: z.object({ note: text() }),
  core_failed: z.object({ note: optionalText() }),
  field_done: z.object({
    conclusion: text(),
    materials: optionalText(),
    photo: optionalLine(300),
    rxDbm: z.number().min(-60).max(20).optional(),
  }),
  field_failed: z.object({ reason: text() }),
  verify: z.object({
    result: z.enum(['ok', 'nok']),
    testResult: optionalText(),
    restoredAt: instantInput.optional(),
  }),
  reply_result: z.object({ result: z.enum(['ok', 'nok']), note: optionalText(), ...evidence }),
  disagree: z.object({ grounds: text() }),
  recheck_technical: z.object({ note: optionalText() }),
  recheck_answer: z.object({ summary: text() }),
  unreachable: z.object({ note: optionalText() }),
  close: z.object({
    resolutionCode: resolutionCode.optional(),
    resolution: optionalText(),
    causeCode: causeCode.optional(),
    overrideReason: optionalText(),
  }),
  reopen: z.object({ reason: text() }),
  cancel: z.object({
    reason: cancelReason,
    note: optionalText(),
    duplicateOf: ticketId().optional(),
  }),
  resolved_on_call: z.object({
    resolution: text(),
    resolutionCode: resolutionCode.optional(),
    causeCode: causeCode.optional(),
    customerConfirmed: z.boolean().optional(),
  }),
  discard: z.object({ reason: discardReason, note: optionalText() }),
  link_outage: z.object({ outageId: ticketId() }),
  answer_directly: z.object({ summary: text() }),
  postpone_visit: z.object({ visitAt: instantInput, note: optionalText() }),
  merge: z.object({ into: ticketId() }),
  unmerge: z.object({}),
  info_unavailable: z.object({ note: optionalText() }),
} satisfies Record<ProcessAction, z.ZodObject>

export type ActionInput<A extends ProcessAction> = z.output<(typeof ACTION_INPUT)[A]>

type IntakeChannel = TicketRow['channel']

/** Evidence that belongs to one channel; a customer of another is not answered by it. */
const CHANNEL_OF_FIELD: Readonly<Record<string, IntakeChannel>> = {
  messageId: 'email',
  letterReference: 'letter',
  letterDate: 'letter',
}

/** Whether a step asks for this where the customer is answered on that channel. */
export function isAskedOn(channel: IntakeChannel, field: string): boolean {
  return (CHANNEL_OF_FIELD[field] ?? channel) === channel
}

interface JsonField {
  type?: string
  format?: string
  enum?: string[]
  maxLength?: number
  long?: boolean
  refers?: 'ticket' | 'staff'
  additionalProperties?: unknown
}

/** The fields of an action as a page draws them; the checklist has a form of its own and is left out. */
export function needsOf(action: ProcessAction): ActionNeed[] {
  const schema = z.toJSONSchema(ACTION_INPUT[action], { io: 'input' })
  const required = schema.required ?? []
  // oxlint-disable-next-line no-unsafe-type-assertion -- made from the shapes above
  const fields = Object.entries(schema.properties ?? {}) as [string, JsonField][]
  return fields
    .filter(([, field]) => field.additionalProperties === undefined)
    .map(([name, field]) => ({
      name,
      type: typeOf(field),
      required: required.includes(name),
      options: field.enum ?? [],
      maxLength: field.maxLength ?? null,
    }))
}

function typeOf(field: JsonField): ActionNeed['type'] {
  if (field.refers !== undefined) return field.refers
  if (field.enum !== undefined) return 'choice'
  if (field.format === 'date-time') return 'instant'
  if (field.format === 'date') return 'date'
  if (field.type === 'number') return 'number'
  if (field.type === 'boolean') return 'flag'
  return field.long === true ? 'long_text' : 'text'
}
