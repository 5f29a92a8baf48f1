import { z } from 'zod'
import { id, instant, instantInput, revision, words } from '../primitives.ts'

/** Actions of the complaint process by their ids (`process.md` §4); each is one or two rows of the table. */
export const processAction = z.enum([
  'start_guidance',
  'skip_guidance',
  'save_guidance',
  'callback_result',
  'callback_no_answer',
  'accept',
  'core_fixable',
  'need_field',
  'need_info',
  'info_received',
  'core_done',
  'core_failed',
  'field_done',
  'field_failed',
  'verify',
  'reply_result',
  'disagree',
  'recheck_technical',
  'recheck_answer',
  'unreachable',
  'close',
  'reopen',
  'cancel',
  'resolved_on_call',
  'discard',
  'link_outage',
  'answer_directly',
  'postpone_visit',
  'merge',
  'unmerge',
  'info_unavailable',
])
export type ProcessAction = z.infer<typeof processAction>

/** The clocks of a ticket (`process.md` §5); each may run several times, once per `loopNo` and stage. */
export const clockKind = z.enum([
  'promise',
  'noc',
  'field',
  'verify',
  'reply',
  'recheck',
  'overall',
  'acknowledgement',
  'restoration',
])
export type ClockKind = z.infer<typeof clockKind>

export const pauseReason = z.enum(['customer_info', 'visit_postponed', 'outage'])
export type PauseReason = z.infer<typeof pauseReason>

/** One running of a clock. `dueAt` is net of pauses and null while one is open. */
export const clockView = z.object({
  id,
  kind: clockKind,
  loopNo: z.number().int(),
  startedAt: instant,
  dueAt: instant.nullable(),
  stoppedAt: instant.nullable(),
  pausedSince: instant.nullable(),
  pausedBy: pauseReason.nullable(),
  /** Elapsed so far or at the stop, in seconds: all of it, and without the customer's waits. */
  rawSeconds: z.number().int(),
  netSeconds: z.number().int(),
  /** A deadline that may still move, because a year on the way has no holidays yet. */
  provisional: z.boolean(),
})
export type ClockView = z.infer<typeof clockView>

/** Who complains (`process.md` §6 reading 14); a representative only counts with the paper seen. */
export const complainantRelation = z.enum(['holder', 'representative', 'other', 'unknown'])
export const complainant = z.object({
  relation: complainantRelation,
  name: z.string(),
  /** The paper that was seen: kind and number; empty when none was. */
  paper: z.string(),
})
export type Complainant = z.infer<typeof complainant>

/** One field that an action asks for, for the page to draw and a client to fill. */
export const actionNeed = z.object({
  name: z.string(),
  type: z.enum([
    'text',
    'long_text',
    'choice',
    'instant',
    'date',
    'number',
    'flag',
    'ticket',
    'staff',
  ]),
  required: z.boolean(),
  options: z.array(z.string()),
  maxLength: z.number().int().nullable(),
})
export type ActionNeed = z.infer<typeof actionNeed>

/** An action that this person may do now. `main`: the one that leads on; at most one of a ticket. */
export const actionOffer = z.object({
  action: processAction,
  main: z.boolean(),
  needs: z.array(actionNeed),
})
export type ActionOffer = z.infer<typeof actionOffer>

/** `POST /api/tickets/:id/actions`: what the action needs stands beside these two. */
export const actionOrder = z.looseObject({ action: processAction, version: revision })

const channel = z.enum(['hotline', 'email', 'letter', 'counter', 'other'])

/** What an answer by hand is evidence of, and on which channels. */
export const EVIDENCE_CHANNELS = {
  mail: ['email'],
  letter: ['letter'],
  visit: ['counter', 'other'],
  attempt: ['hotline', 'email', 'letter', 'counter', 'other'],
} as const

/** An answer to the customer, or a try (`attempt`), of which there is evidence. */
export const replyEvidence = z.object({
  at: instant,
  channel,
  kind: z.enum(['call', 'mail', 'letter', 'visit', 'attempt']),
  /** Of a letter, or the id of a mail; empty where nobody gave one. */
  reference: z.string(),
  /** Who noted it; null for what the calls themselves show. */
  by: z.object({ id, displayName: z.string() }).nullable(),
  /** It answers the customer on their channel, after there was a result to tell (row 22). */
  counts: z.boolean(),
})
export type ReplyEvidence = z.infer<typeof replyEvidence>

/** An answer, or a try, that no machine saw. `reference`: of a letter or a mail. */
export const evidenceGiven = z.object({
  kind: z.enum(['mail', 'letter', 'visit', 'attempt']),
  channel: channel.optional(),
  at: instantInput.optional(),
  reference: words().max(300).default(''),
  note: words().max(2000).default(''),
})
export type EvidenceGiven = z.infer<typeof evidenceGiven>

/** On which channel the customer agreed to be answered, and who agreed (`process.md` §6 reading 15). */
export const replyChannel = z.object({
  version: revision,
  channel,
  agreedBy: words().min(1).max(160),
})
export type ReplyChannel = z.infer<typeof replyChannel>

/** Where the customer is to be answered; `agreedBy` is null while it is the channel that they used. */
export const answerChannel = z.object({ channel, agreedBy: z.string().nullable() })
