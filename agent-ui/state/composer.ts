import type { ActionOffer, ProcessAction } from '#contract/casework/process.ts'
import type { Ticket } from '#contract/tickets.ts'
import { mayDo } from './permissions.ts'
import { showsReplies } from './replies.ts'

/** What is written on a ticket: a note, a promise, what was answered, why it goes to others. */
export type ComposerTab = 'note' | 'promise' | 'reply' | 'hand'

/** Steps by which a team gives a ticket to another one. */
const HANDING_ON: readonly ProcessAction[] = ['skip_guidance', 'need_field', 'recheck_technical']

/** The steps that hand the ticket on; the one that leads on stands with the main step instead. */
export function handOvers({ actions }: Pick<Ticket, 'actions'>): readonly ActionOffer[] {
  return actions.filter(({ action, main }) => !main && HANDING_ON.includes(action))
}

/** The promise that is still to be kept; there is one at a time. */
export function openPromise({ callbacks }: Pick<Ticket, 'callbacks'>) {
  return callbacks.find(({ status }) => status === 'scheduled' || status === 'dialing') ?? null
}

/** What this person may write on the ticket now, the note first. */
export function composerTabs(ticket: Ticket): readonly ComposerTab[] {
  const mayPromise = openPromise(ticket) === null && mayDo(ticket, 'promise_callback')
  const mayReply = showsReplies(ticket) && mayDo(ticket, 'note_reply')
  return [
    'note',
    ...(mayPromise ? (['promise'] as const) : []),
    ...(mayReply ? (['reply'] as const) : []),
    ...(handOvers(ticket).length > 0 ? (['hand'] as const) : []),
  ]
}
