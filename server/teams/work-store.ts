import { sql } from 'kysely'
import type { TicketStatus } from '#contract/tickets.ts'
import type { Db, Row } from '../db/schema.ts'

/** Open work of one kind of team: its stages, and which of several teams; null: any of the kind. */
export interface WorkOf {
  statuses: readonly TicketStatus[]
  teamId: string
}

/** How many open tickets of a stage this person has; null: that nobody has. */
export interface WorkCount {
  status: TicketStatus
  assigneeId: string | null
  count: number
}

/** Counted by stage and person: the work of this team and what belongs to none of several. */
export async function countWork(db: Db, work: WorkOf): Promise<WorkCount[]> {
  const counts: WorkCount[] = []
  // oxlint-disable-next-line no-await-in-loop -- six at most, each by the index of the status
  for (const status of work.statuses) counts.push(...(await countStage(db, status, work.teamId)))
  return counts
}

async function countStage(db: Db, status: TicketStatus, teamId: string): Promise<WorkCount[]> {
  // grouped by no column, so that no index of all tickets by person is read through
  const person = sql<string>`coalesce(assignee_id, '')`
  const rows = await db
    .selectFrom('ticket')
    .select((eb) => [person.as('person'), eb.fn.countAll<number>().as('count')])
    .where('status', '=', status)
    .where('merged_into', 'is', null)
    .where((eb) => eb.or([eb('team_id', 'is', null), eb('team_id', '=', teamId)]))
    .groupBy(person)
    .execute()
  return rows.map(({ person: id, count }) => ({
    status,
    assigneeId: id === '' ? null : id,
    count,
  }))
}

/** The first tickets of one stage: those that nobody has, then the longest in the stage. */
export async function listStage(
  db: Db,
  status: TicketStatus,
  { teamId, limit }: { teamId: string; limit: number },
): Promise<Row<'ticket'>[]> {
  return db
    .selectFrom('ticket')
    .selectAll()
    .where('status', '=', status)
    .where('merged_into', 'is', null)
    .where((eb) => eb.or([eb('team_id', 'is', null), eb('team_id', '=', teamId)]))
    .orderBy(sql`case when assignee_id is null then 0 else 1 end`)
    .orderBy((eb) => eb.fn.coalesce('status_since', 'received_at'))
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** Whether an open ticket was given to this one of several teams. */
export async function hasWork(db: Db, { statuses, teamId }: WorkOf): Promise<boolean> {
  for (const status of statuses) {
    // oxlint-disable-next-line no-await-in-loop -- six at most, when a team is closed
    const row = await db
      .selectFrom('ticket')
      .select('id')
      .where('status', '=', status)
      .where('team_id', '=', teamId)
      .limit(1)
      .executeTakeFirst()
    if (row !== undefined) return true
  }
  return false
}
