import { z } from 'zod'
import type { PhoneNumber } from '#contract/customers.ts'
import type { Instant } from '#contract/primitives.ts'
import {
  type TicketQuery,
  ticketQuery,
  type TicketSort,
  type TicketStatus,
  ticketStatus,
} from '#contract/tickets.ts'
import type { PageCursor } from '../../page.ts'
import { isOpen, TICKET_STATES } from '../ticket.ts'

/** What of a query is a filter as it stands. */
const asItStands = ticketQuery.pick({
  team: true,
  teamId: true,
  kind: true,
  channel: true,
  category: true,
  service: true,
  area: true,
  promise: true,
  receivedFrom: true,
  receivedTo: true,
  customerId: true,
  pastOutageId: true,
})

/** Which tickets a list is of; merged ones never are. */
export interface TicketFilter extends z.infer<typeof asItStands> {
  statuses: readonly TicketStatus[]
  /** Undefined: anybody; null: tickets that nobody has. */
  assigneeId?: string | null | undefined
  /** Null: of no outage. */
  outageId?: string | null | undefined
  /** Null is nobody's. */
  numberKey?: string | null | undefined
  /** Open tickets whose deadline was before this. */
  dueBefore?: Instant | undefined
  /** When a promise is late. */
  now: Instant
}

export interface TicketPage {
  sort: TicketSort
  order: 'asc' | 'desc'
  after: PageCursor | null
  limit: number
}

/** What most tickets have: an index of it would be no help. */
export const USUAL = { channel: 'hotline', kind: 'incident' } as const

export function toFilter(
  query: TicketQuery,
  given: { userId: string; now: Instant; readNumber: (raw: string) => PhoneNumber },
): TicketFilter {
  const { assignee, overdue, number, outageId } = query
  return {
    ...asItStands.parse(query),
    now: given.now,
    statuses: statusesOf(query),
    ...(assignee === undefined ? {} : { assigneeId: assigneeId(assignee, given.userId) }),
    ...(outageId === undefined ? {} : { outageId: outageId === 'none' ? null : outageId }),
    ...(number === undefined ? {} : { numberKey: given.readNumber(number).key }),
    ...(overdue === '1' ? { dueBefore: given.now } : {}),
  }
}

function assigneeId(asked: string, userId: string): string | null {
  if (asked === 'none') return null
  return asked === 'me' ? userId : asked
}

/** What is overdue or promised is open; what a team has is in the states that it owns. */
function statusesOf({ status, team, overdue, promise, sort }: TicketQuery): TicketStatus[] {
  const isOfOpen =
    overdue === '1' ||
    promise !== undefined ||
    (sort !== undefined && sort !== 'received' && sort !== 'closed')
  return ticketStatus.options.filter(
    (one) =>
      (status === undefined || status.includes(one) || (status.includes('open') && isOpen(one))) &&
      (team === undefined || TICKET_STATES[one].owner === team) &&
      (!isOfOpen || isOpen(one)) &&
      (sort !== 'closed' || !isOpen(one)),
  )
}

/** Deadlines come soonest first, all else newest first, unless said otherwise. */
export function orderOf({
  sort = 'received',
  order,
}: TicketQuery): Omit<TicketPage, 'after' | 'limit'> {
  const isDeadline = sort === 'due' || sort === 'clock'
  return { sort, order: order ?? (isDeadline ? 'asc' : 'desc') }
}

/** Whether no ticket can be let through. */
export function isOfNone({ statuses, numberKey }: TicketFilter): boolean {
  return statuses.length === 0 || numberKey === null
}

/** Whether the filter names something that has an index of its own, and not open tickets alone. */
export function isFewOfAll(filter: TicketFilter): boolean {
  const { customerId, numberKey, outageId, pastOutageId } = filter
  const named = [customerId, numberKey, outageId ?? undefined, pastOutageId]
  if (named.some((value) => value !== undefined)) return true
  if (filter.statuses.every(isOpen)) return false
  const { category, service, area, teamId, channel, kind } = filter
  return (
    [category, service, area, teamId].some((value) => value !== undefined) ||
    (channel ?? USUAL.channel) !== USUAL.channel ||
    (kind ?? USUAL.kind) !== USUAL.kind
  )
}

/** Whether more than status, person, customer or number decides: then many rows may be looked at. */
export function looksAtMany(filter: TicketFilter, { sort }: Pick<TicketPage, 'sort'>): boolean {
  const { team, teamId, kind, channel, category, service, area, promise, dueBefore } = filter
  const named = [team, teamId, kind, channel, category, service, area]
  return sort !== 'received' || [...named, promise, dueBefore].some((value) => value !== undefined)
}

/** Whether the index of words decides it alone: all tickets, or all that are open. */
export function isOfWordsAlone(filter: TicketFilter): 'all' | 'open' | null {
  const { statuses, now: _now, ...rest } = filter
  if (Object.values(rest).some((value) => value !== undefined)) return null
  if (statuses.length === ticketStatus.options.length) return 'all'
  return statuses.every(isOpen) && statuses.length === OPEN_COUNT ? 'open' : null
}

const OPEN_COUNT = ticketStatus.options.filter(isOpen).length
