import { sql } from 'kysely'
import { clockKind, type ClockKind } from '#contract/casework/process.ts'
import type { Instant } from '#contract/primitives.ts'
import { HANDOVER_MOST, type LateStage } from '#contract/supervision/handover.ts'
import type { Db } from '../db/schema.ts'

/** As in the index `ticket_clock_stage_due`, else it cannot be used. */
const OF_STAGE = sql<boolean>`ticket_clock.kind in ('verify', 'field', 'noc', 'reply', 'recheck', 'promise')`

/** How many clocks of each stage run past their end, of all so many; a kind without any is missing. */
export async function countLateStages(db: Db, now: Instant): Promise<Map<ClockKind, number>> {
  const most = late(db, now)
    .select('ticket_clock.kind')
    .orderBy('ticket_clock.due_at')
    .limit(HANDOVER_MOST + 1)
  const rows = await db
    .selectFrom(most.as('late'))
    .select((eb) => ['late.kind', eb.fn.countAll<number>().as('count')])
    .groupBy('late.kind')
    .execute()
  return new Map(rows.map(({ kind, count }) => [clockKind.parse(kind), count]))
}

/** Those that should have been over first. */
export async function listLateStages(db: Db, now: Instant, limit: number): Promise<LateStage[]> {
  const rows = await late(db, now)
    .innerJoin('ticket', 'ticket.id', 'ticket_clock.ticket_id')
    .leftJoin('staff', 'staff.id', 'ticket.assignee_id')
    .select(['ticket.id', 'ticket.code', 'ticket.subject', 'ticket.assignee_id'])
    .select(['staff.display_name', 'ticket_clock.kind', 'ticket_clock.due_at'])
    .orderBy('ticket_clock.due_at')
    .orderBy('ticket_clock.id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    ticket: { id: row.id, code: row.code, subject: row.subject },
    clock: clockKind.parse(row.kind),
    dueAt: row.due_at ?? now,
    assignee:
      row.assignee_id === null
        ? null
        : { id: row.assignee_id, displayName: row.display_name ?? '' },
  }))
}

/** A clock that stands has no end; those of closed and merged tickets were stopped. */
function late(db: Db, now: Instant) {
  return db
    .selectFrom('ticket_clock')
    .where('ticket_clock.stopped_at', 'is', null)
    .where(OF_STAGE)
    .where('ticket_clock.due_at', '<', now)
}
