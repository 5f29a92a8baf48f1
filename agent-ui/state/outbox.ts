import { z } from 'zod'
import { processAction } from '#contract/casework/process.ts'
import type { Ticket } from '#contract/tickets.ts'
import type { FailureKind } from './problem-text.ts'

const step = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('act'),
    action: processAction,
    /** Of the ticket as the person saw it. */
    version: z.number().int(),
    input: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  }),
  z.object({ kind: z.literal('note'), note: z.string() }),
])

/** Something that a person did, kept on their device until the service has it. */
export const outboxEntry = z.object({
  /** Its own, made on the device. */
  id: z.string(),
  ticketId: z.string(),
  code: z.string(),
  /** When it was done, by the server's clock; sent later, it stands on the timeline later. */
  at: z.string(),
  step,
  /** It was sent and no answer came: the service may have it. */
  isTried: z.boolean(),
  /** Why the service does not take it, in the reader's language; null while it waits. */
  refusal: z.string().nullable(),
})
export type OutboxEntry = z.infer<typeof outboxEntry>
export type OutboxStep = OutboxEntry['step']

const kept = z.array(z.unknown())

/** What lay on the device; an entry of another version of the page that cannot be read is left out. */
export function readOutbox(found: unknown): OutboxEntry[] {
  const { data } = kept.safeParse(found)
  return (data ?? []).flatMap((one) => outboxEntry.safeParse(one).data ?? [])
}

/** Whether the service has it: this person's line of that very step, not older than the deed. */
export function isOnTimeline(
  { timeline }: Pick<Ticket, 'timeline'>,
  { step: done, at: doneAt }: Pick<OutboxEntry, 'step' | 'at'>,
  staffId: string,
): boolean {
  return timeline.some(({ kind, actor, at, note, fields }) => {
    if (actor?.id !== staffId || at < doneAt) return false
    return done.kind === 'note'
      ? kind === 'note' && note === done.note
      : kind === 'moved' && fields['action'] === done.action
  })
}

/** Not the person's fault, and over some time: it stays in the outbox and is sent again. */
const PASSING: readonly FailureKind[] = [
  'unreachable',
  'signed_out',
  'throttled',
  'unavailable',
  'busy',
  'server_fault',
]

export function passesBy(kind: FailureKind): boolean {
  return PASSING.includes(kind)
}

/** What waits for the service, the oldest first; what it refused waits for the person. */
export function waitingOf(entries: readonly OutboxEntry[]): OutboxEntry[] {
  return entries.filter(({ refusal }) => refusal === null)
}
