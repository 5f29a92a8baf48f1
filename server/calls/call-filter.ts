import type { CallQuery } from '#contract/calls.ts'
import type { Instant } from '#contract/primitives.ts'
import { endOfLocalDay, startOfLocalDay } from '../calendar/working-days.ts'

/** Which calls a list is of. */
export interface CallFilter extends Pick<
  CallQuery,
  'ticketId' | 'status' | 'direction' | 'missed'
> {
  /** Both moments included. */
  enteredFrom?: Instant
  enteredTo?: Instant
  /** Phones of which one at least rang or talked. */
  phones?: readonly string[]
}

/** `phones`: the phones that the agent who is asked for has had; they say where to look. */
export function toCallFilter(query: CallQuery, phones: readonly string[]): CallFilter {
  const { ticketId, status, direction, missed, from, to, agent } = query
  return {
    ticketId,
    status,
    direction,
    missed,
    ...(from === undefined ? {} : { enteredFrom: startOfLocalDay(from) }),
    ...(to === undefined ? {} : { enteredTo: endOfLocalDay(to) }),
    ...(agent === undefined ? {} : { phones }),
  }
}
