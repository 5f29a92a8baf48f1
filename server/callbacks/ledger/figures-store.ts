import { sql } from 'kysely'
import { promiseVerdict } from '#contract/callbacks.ts'
import { type Instant, team as teams } from '#contract/primitives.ts'
import type { Db } from '../../db/schema.ts'
import type { Scope } from './concern-store.ts'
import type { VerdictCount } from './figures.ts'

/**
 * How many promises of these days had which verdict; those of cancelled tickets count nowhere
 * (`process.md` §5). Who keeps a promise when it is judged has it in their figures.
 */
export async function countVerdicts(
  db: Db,
  { from, before, assigneeId, team }: Scope & { from: Instant; before: Instant },
): Promise<VerdictCount[]> {
  const hour = sql<string>`substr(callback.promised_for, 1, 13)`
  const rows = await db
    .selectFrom('callback')
    .leftJoin('ticket', 'ticket.id', 'callback.ticket_id')
    .leftJoin('staff', 'staff.id', 'callback.assignee_id')
    .select([
      hour.as('hour'),
      'callback.assignee_id',
      'staff.display_name',
      'callback.team',
      'callback.verdict',
      (eb) => eb.fn.countAll<number>().as('count'),
    ])
    .where('callback.promised_for', '>=', from)
    .where('callback.promised_for', '<', before)
    .where('callback.verdict', 'is not', null)
    .where((eb) => eb.or([eb('ticket.status', 'is', null), eb('ticket.status', '<>', 'cancelled')]))
    .$if(assigneeId !== null, (query) => query.where('callback.assignee_id', '=', assigneeId))
    .$if(team !== null, (query) => query.where('callback.team', '=', team ?? 'cskh'))
    .groupBy([
      hour,
      'callback.assignee_id',
      'staff.display_name',
      'callback.team',
      'callback.verdict',
    ])
    .orderBy('staff.display_name')
    .execute()
  return rows.map((row) => ({
    hour: row.hour,
    agentId: row.assignee_id,
    agentName: row.display_name,
    team: teams.parse(row.team),
    verdict: promiseVerdict.parse(row.verdict),
    count: row.count,
  }))
}
