import { z } from 'zod'
import { id, instant, revision, words } from '../primitives.ts'

/** What a ticket is about: the categories that have a checklist (`data/checklists.json`). */
export const ticketCategory = z.enum([
  'NO_INTERNET',
  'LOS_FIBER_CUT',
  'SLOW',
  'INTERMITTENT',
  'WIFI_WEAK',
  'ONT_FAULT',
  'IPTV',
  'LEASED_LINE',
  'STATIC_IP',
  'VPN',
  'HOSTING',
  'WEB_ACCESS',
  'VOICE',
  'AREA_OUTAGE',
  'BILLING',
  'SERVICE_REQ',
  'ATTITUDE',
])
export type TicketCategory = z.infer<typeof ticketCategory>

/** `GEN` holds the common steps, which come before those of every category. */
export const checklistCode = z.enum(['GEN', ...ticketCategory.options])
export type ChecklistCode = z.infer<typeof checklistCode>

/** Why the guidance is left out (`process.md` #3). */
export const skipReason = z.enum([
  'los_red',
  'leased_line',
  'area_outage',
  'voice',
  'written_channel',
  'customer_unable',
])
export type SkipReason = z.infer<typeof skipReason>

export const bilingual = z.object({
  vi: words().min(1).max(400),
  en: words().min(1).max(400),
})
export type Bilingual = z.infer<typeof bilingual>

/** What the ticket's subject says when this was answered, e.g. "LOS đỏ"; null: nothing. */
const subjectWords = words().min(1).max(40).nullable()

const fieldHead = {
  id: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be a-z, 0-9 and _, for example rx_dbm'),
  label: bilingual,
}

export const textFormat = z.enum(['any', 'serial', 'ip', 'domain'])
export type TextFormat = z.infer<typeof textFormat>

/** One typed field that is written down while guiding. */
export const checklistField = z.discriminatedUnion('type', [
  z.object({
    ...fieldHead,
    type: z.literal('text'),
    format: textFormat,
    maxLength: z.number().int().min(1).max(2000),
  }),
  z.object({
    ...fieldHead,
    type: z.literal('number'),
    unit: words().max(20),
    min: z.number().min(-1e12).max(1e12),
    max: z.number().min(-1e12).max(1e12),
    decimals: z.number().int().min(0).max(3),
  }),
  z.object({
    ...fieldHead,
    type: z.literal('choice'),
    options: z
      .array(
        z.object({
          id: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be a-z, 0-9 and _'),
          label: bilingual,
          subject: subjectWords,
        }),
      )
      .min(2)
      .max(20),
  }),
  z.object({ ...fieldHead, type: z.literal('flag'), subject: subjectWords }),
  z.object({ ...fieldHead, type: z.literal('instant') }),
  z.object({ ...fieldHead, type: z.literal('date') }),
])
export type ChecklistField = z.infer<typeof checklistField>

/** `text` is what the agent reads out; ids begin with the code of the checklist. */
export const checklistStep = z.object({
  id: z.string().regex(/^[A-Z][A-Z0-9_]{1,39}$/, 'must be A-Z, 0-9 and _, for example SLOW_1'),
  text: bilingual,
})
export type ChecklistStep = z.infer<typeof checklistStep>

/** One checklist as administrators write it. */
export const checklistContent = z.object({
  name: bilingual,
  /** For lists and subjects. */
  short: bilingual,
  /** Whose work it is in the end, in the order of hand-over. */
  owners: z
    .array(z.enum(['cskh', 'noc', 'field']))
    .min(1)
    .max(3),
  /** The usual priority of such a ticket. */
  priority: z.enum(['critical', 'high', 'normal', 'low']).nullable(),
  /** When to hand over. */
  escalate: bilingual,
  steps: z.array(checklistStep).min(1).max(20),
  fields: z.array(checklistField).max(20),
})
export type ChecklistContent = z.infer<typeof checklistContent>

export const checklistVersionRow = z.object({
  category: checklistCode,
  number: z.number().int(),
  status: z.enum(['draft', 'published']),
  /** Of the draft: counts its changes. */
  version: revision,
  createdBy: z.object({ id, displayName: z.string() }).nullable(),
  createdAt: instant,
  publishedAt: instant.nullable(),
})
export type ChecklistVersionRow = z.infer<typeof checklistVersionRow>

export const checklistVersion = checklistVersionRow.extend({ content: checklistContent })
export type ChecklistVersion = z.infer<typeof checklistVersion>

/** `version` is the draft's as it was read; null when there was none. */
export const draftChange = z.object({ version: revision.nullable(), content: checklistContent })
export type DraftChange = z.infer<typeof draftChange>

export const draftPublish = z.object({ version: revision })

const versionNumber = z.coerce.number().int().min(1).max(1_000_000)
export const versionParams = z.object({ category: checklistCode, number: versionNumber })
export const compareQuery = z.object({ from: versionNumber, to: versionNumber })
export type CompareQuery = z.infer<typeof compareQuery>

const changesOf = <T extends z.ZodType>(item: T) =>
  z.object({
    added: z.array(item),
    removed: z.array(item),
    changed: z.array(z.object({ before: item, after: item })),
    /** What stayed stands in another order. */
    reordered: z.boolean(),
  })

export const checklistComparison = z.object({
  steps: changesOf(checklistStep),
  fields: changesOf(checklistField),
  /** Other parts that differ: name, short, owners, priority, escalate. */
  other: z.array(z.string()),
})
export type ChecklistComparison = z.infer<typeof checklistComparison>

export const stepAnswer = z.object({
  answer: z.enum(['ok', 'nok', 'skipped']),
  note: words().max(500).default(''),
})
export type StepAnswer = z.infer<typeof stepAnswer>

export const fieldValue = z.union([
  z.string().overwrite((text) => text.trim()),
  z.number(),
  z.boolean(),
])
export type FieldValue = z.infer<typeof fieldValue>

const stepAnswers = z.record(z.string().max(40), stepAnswer)
/** Null clears a field. */
const fieldValues = z.record(z.string().max(40), fieldValue.nullable())

/** All that was answered so far; what is left out is not answered (any more). */
export const guidanceSave = z.object({
  version: revision,
  steps: stepAnswers,
  fields: fieldValues,
})
export type GuidanceSave = z.infer<typeof guidanceSave>

export const guidanceResult = z.enum(['ok', 'unknown', 'nok'])
export type GuidanceResult = z.infer<typeof guidanceResult>

/** Common steps first, then those of the category. */
export const guidanceContent = checklistContent.pick({ steps: true, fields: true }).extend({
  /** When to hand over, in this order. */
  escalate: z.array(bilingual),
})
export type GuidanceContent = z.infer<typeof guidanceContent>

/** How a ticket's guidance stands, by the versions of the checklists it was begun with. */
export const guidanceView = z.object({
  category: ticketCategory.nullable(),
  versionNumber: z.number().int().nullable(),
  commonVersionNumber: z.number().int(),
  content: guidanceContent,
  steps: z.record(z.string(), stepAnswer.extend({ at: instant })),
  fields: z.record(z.string(), fieldValue),
  result: guidanceResult.nullable(),
  version: revision,
  updatedBy: z.object({ id, displayName: z.string() }).nullable(),
  updatedAt: instant,
})
export type GuidanceView = z.infer<typeof guidanceView>

/** What whoever takes a fault over has to know of its guidance, in a line or two. */
export const guidanceFinding = z.object({
  ticketId: id,
  /** Null: it is not concluded, or was left out. */
  result: guidanceResult.nullable(),
  /** How many steps helped, and how many were left out. */
  ok: z.number().int(),
  skipped: z.number().int(),
  /** Steps that did not help, in the order of the checklist. */
  nok: z.array(stepAnswer.pick({ note: true }).extend({ text: bilingual })),
  /** What the subject says of the answers ("LOS đỏ"). */
  seen: z.array(z.string()),
  /** Where the line ends in our network, where a checklist asks for it (its field `olt`). */
  olt: z.string().nullable(),
  /** As it was written down while guiding (`circuit_id`), else as the contract has it. */
  circuitId: z.string().nullable(),
  /** What the customer's device receives, in dBm (`rx_dbm`). */
  rxDbm: z.number().nullable(),
})
export type GuidanceFinding = z.infer<typeof guidanceFinding>
