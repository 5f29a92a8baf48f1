import { type TicketStatus, ticketStatus } from '#contract/tickets.ts'
import type { Instant } from '#contract/primitives.ts'
import type { Db } from '../../db/schema.ts'
import { OPEN_STATUSES } from '../ticket.ts'
import type { TicketFilter } from './ticket-filter.ts'
import { conditions } from './ticket-list-store.ts'

/** How many open tickets have each status; what none has is missing. */
export async function countByStatus(db: Db): Promise<Map<TicketStatus, number>> {
  const rows = await db
    .selectFrom('ticket')
    .select(['status', (eb) => eb.fn.countAll<number>().as('count')])
    .where('status', 'in', [...OPEN_STATUSES])
    .where('merged_into', 'is', null)
    .groupBy('status')
    .execute()
  return new Map(rows.map(({ status, count }) => [ticketStatus.parse(status), count]))
}

export async function countOverdue(db: Db, now: Instant): Promise<number> {
  const [first, ...others] = OPEN_STATUSES.map((status) =>
    db
      .selectFrom('ticket')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('status', '=', status)
      .where('merged_into', 'is', null)
      .where('due_at', '<', now),
  )
  const counts = await others.reduce((all, one) => all?.unionAll(one), first)?.execute()
  return (counts ?? []).reduce((sum, { count }) => sum + count, 0)
}

/**
 * How many open tickets each of these filters lets through, in their order and in one statement: the
 * open tickets are read once, status by status, and each filter counts along.
 */
export async function countEach(db: Db, filters: readonly TicketFilter[]): Promise<number[]> {
  if (filters.length === 0) return []
  const [first, ...others] = OPEN_STATUSES.map((status) =>
    db
      .selectFrom('ticket')
      .select((eb) =>
        filters.map((filter, index) => {
          const isIt = filter.statuses.includes(status)
            ? eb
                .case()
                .when(eb.and(conditions(eb, filter)))
                .then(1)
                .else(0)
                .end()
            : eb.lit(0)
          return eb.fn.coalesce(eb.fn.sum<number>(isIt), eb.lit(0)).as(column(index))
        }),
      )
      .where('ticket.status', '=', status)
      .where('ticket.merged_into', 'is', null),
  )
  const rows = await others.reduce((all, one) => all?.unionAll(one), first)?.execute()
  return filters.map((_, index) =>
    (rows ?? []).reduce((sum, row) => sum + Number(row[column(index)]), 0),
  )
}

function column(index: number): `count_${number}` {
  return `count_${index}`
}
