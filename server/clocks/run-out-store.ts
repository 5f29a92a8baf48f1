import { type ClockKind, clockKind } from '#contract/casework/process.ts'
import type { Instant } from '#contract/primitives.ts'
import type { Db } from '../db/schema.ts'
import { openTicketIds } from './clock-store.ts'

export interface RunOut {
  /** Open tickets with any of these clocks run out. */
  tickets: number
  byStage: { clock: ClockKind; count: number }[]
}

/** How many of these clocks have run out on open tickets: reads those alone, however many are closed. */
export async function countRunOut(
  db: Db,
  clocks: readonly ClockKind[],
  now: Instant,
): Promise<RunOut> {
  const runOut = () =>
    db
      .selectFrom('ticket_clock')
      .where('ticket_clock.ticket_id', 'in', openTicketIds(db))
      .where('ticket_clock.kind', 'in', [...clocks])
      .where('ticket_clock.stopped_at', 'is', null)
      .where('ticket_clock.due_at', '<', now)
  const rows = await runOut()
    .select(['kind', (eb) => eb.fn.countAll<number>().as('count')])
    .groupBy('kind')
    .orderBy('kind')
    .execute()
  const all = await runOut()
    .select((eb) => eb.fn.count<number>('ticket_id').distinct().as('count'))
    .executeTakeFirst()
  return {
    tickets: all?.count ?? 0,
    byStage: rows.map(({ kind, count }) => ({ clock: clockKind.parse(kind), count })),
  }
}
