import { z } from 'zod'
import { EVIDENCE_CHANNELS, evidenceGiven } from '#contract/casework/process.ts'
import type { EvidenceGiven } from '#contract/casework/process.ts'
import type { Ticket } from '#contract/tickets.ts'
import { parseLocalDateTime } from './local-time.ts'

type Channel = Ticket['channel']
export type GivenKind = EvidenceGiven['kind']
export const GIVEN_KINDS = evidenceGiven.shape.kind.options

/** An answer as it is typed; an empty time means now. */
export interface ReplyEntry {
  kind: GivenKind
  channel: Channel
  at: string
  reference: string
  note: string
}

const KIND_ON: Record<Channel, GivenKind> = {
  hotline: 'attempt',
  email: 'mail',
  letter: 'letter',
  counter: 'visit',
  other: 'visit',
}

export function newReply({ replyChannel: { channel } }: Pick<Ticket, 'replyChannel'>): ReplyEntry {
  return { kind: KIND_ON[channel], channel, at: '', reference: '', note: '' }
}

export function channelsOf(kind: GivenKind): readonly Channel[] {
  return EVIDENCE_CHANNELS[kind]
}

/** The entry of another kind: its channel fits. */
export function withKind(entry: ReplyEntry, kind: GivenKind): ReplyEntry {
  const channels = channelsOf(kind)
  const channel = channels.includes(entry.channel) ? entry.channel : channels[0]
  return { ...entry, kind, channel: channel ?? entry.channel }
}

const LETTER_AND_MAIL = ['letter', 'mail']

/** What a reply needs before it is sent: a letter and a mail are found again by their reference. */
export const replySchema = evidenceGiven
  .extend({
    at: z.string().refine((typed) => typed.trim() === '' || parseLocalDateTime(typed) !== null),
  })
  .superRefine(({ kind, reference }, context) => {
    if (LETTER_AND_MAIL.includes(kind) && reference === '') {
      context.addIssue({
        code: 'too_small',
        origin: 'string',
        minimum: 1,
        input: '',
        path: ['reference'],
      })
    }
  })

export function replyInput({ at, ...entry }: ReplyEntry): EvidenceGiven {
  const instant = parseLocalDateTime(at)
  return { ...entry, ...(instant === null ? {} : { at: instant }) }
}

const ANSWERING: readonly Ticket['status'][] = [
  'callback_due',
  'need_customer_info',
  'customer_reply',
  'recheck',
  'confirmed',
]

/** Whether the customer's answer is what is worked on. */
export function isAnswering({ status }: Pick<Ticket, 'status'>): boolean {
  return ANSWERING.includes(status)
}

/** Whether the answer that the next step asks for was seen; null: no step asks for one now. */
export function hasAnswer({
  status,
  evidence,
}: Pick<Ticket, 'status' | 'evidence'>): boolean | null {
  return status === 'customer_reply' ? evidence.some(({ counts }) => counts) : null
}

/** Steps that were taken without evidence, with why. */
export function overridesOf({ timeline }: Pick<Ticket, 'timeline'>) {
  return timeline.flatMap(({ id, at, actor, fields }) =>
    typeof fields.overrideReason === 'string' && fields.action === 'reply_result'
      ? [{ id, at, actor, reason: fields.overrideReason }]
      : [],
  )
}

/** Whether answers are of interest: there are some, one is due, or the customer did not call. */
export function showsReplies(ticket: Ticket): boolean {
  if (ticket.evidence.length > 0 || overridesOf(ticket).length > 0) return true
  if (!ticket.permissions.includes('note_reply')) return false
  return isAnswering(ticket) || ticket.replyChannel.channel !== 'hotline'
}
