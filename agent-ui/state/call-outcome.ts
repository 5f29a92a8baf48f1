import type { ActionOffer, ProcessAction } from '#contract/casework/process.ts'
import type { CallbackView } from '#contract/callbacks.ts'
import type { CallDetail } from '#contract/calls.ts'
import type { LastCall } from './workspace.ts'

/** The steps of its ticket that say how a customer's call went; null where the ticket offers none. */
export interface CallOutcome {
  solved: ProcessAction | null
  /** The main step: what is to be done about it next. */
  followUp: ProcessAction | null
}

export function callOutcome(offers: readonly ActionOffer[]): CallOutcome {
  const solved = offers.find(({ action }) => action === 'resolved_on_call')?.action ?? null
  const main = offers.find((offer) => offer.main)?.action ?? null
  return { solved, followUp: main === solved ? null : main }
}

/**
 * The ticket whose steps the outcome of the last call is; null when there is none. A call of ours that
 * kept a promise has words of its own for it.
 */
export function ticketToDecide(
  last: LastCall | undefined,
  awaiting: readonly Pick<CallbackView, 'ticket'>[],
): string | null {
  if (last === undefined || last.direction !== 'inbound' || last.ticketId === null) return null
  return awaiting.some(({ ticket }) => ticket?.id === last.ticketId) ? null : last.ticketId
}

/**
 * Whether this person's part of the call is over and the call goes on, or went on, without them: its
 * outcome is then somebody else's to say.
 */
export function isHandedOn(
  { status, segments }: Pick<CallDetail, 'status' | 'segments'>,
  staffId: string,
): boolean {
  const end = segments.findLast(({ staff }) => staff?.id === staffId)?.endedAt
  if (end === undefined || end === null) return false
  const isLater = ({ staff, endedAt }: CallDetail['segments'][number]) =>
    staff?.id !== staffId && (endedAt === null || endedAt > end)
  return status !== 'ended' || segments.some(isLater)
}
