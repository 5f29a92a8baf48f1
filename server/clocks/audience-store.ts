import { type Role, role } from '#contract/staff.ts'
import type { Team } from '#contract/tickets.ts'
import type { Instant } from '#contract/primitives.ts'
import type { Db } from '../db/schema.ts'

/** More people than this are told of nothing. */
const MOST = 200

/** Leads of a team of this kind who are signed in; of the one team when the ticket names it. */
export async function selectLeads(
  db: Db,
  of: { team: Team; teamId: string | null; now: Instant },
): Promise<string[]> {
  const { team, teamId, now } = of
  const rows = await db
    .selectFrom('team_member')
    .innerJoin('team', 'team.id', 'team_member.team_id')
    .innerJoin('staff', 'staff.id', 'team_member.staff_id')
    .select('team_member.staff_id')
    .distinct()
    .where('team_member.is_lead', '=', 1)
    .where('team.kind', '=', team)
    .where('team.active', '=', 1)
    .where('staff.active', '=', 1)
    .$if(teamId !== null, (query) => query.where('team.id', '=', teamId ?? ''))
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('session')
          .select('session.id')
          .whereRef('session.staff_id', '=', 'staff.id')
          .where('session.expires_at', '>', now),
      ),
    )
    .orderBy('team_member.staff_id')
    .limit(MOST)
    .execute()
  return rows.map((row) => row.staff_id)
}

/** Everybody who works here as one of these, by role. */
export async function selectByRole(db: Db, roles: readonly Role[]): Promise<Map<Role, string[]>> {
  const rows = await db
    .selectFrom('staff')
    .select(['id', 'role'])
    .where('active', '=', 1)
    .where('role', 'in', [...roles])
    .orderBy('id')
    .limit(MOST)
    .execute()
  const grouped = Map.groupBy(rows, (row) => role.parse(row.role))
  return new Map([...grouped].map(([of, some]) => [of, some.map(({ id }) => id)]))
}

/** What an alarm says of its ticket, and who has it; undefined when there is none. */
export async function selectAlarmTicket(db: Db, ticketId: string) {
  return db
    .selectFrom('ticket')
    .leftJoin('staff', (join) =>
      join.onRef('staff.id', '=', 'ticket.assignee_id').on('staff.active', '=', 1),
    )
    .select([
      'ticket.id as id',
      'ticket.status as status',
      'ticket.team_id as team_id',
      'ticket.merged_into as merged_into',
      'staff.id as assignee_id',
    ])
    .where('ticket.id', '=', ticketId)
    .executeTakeFirst()
}

/** Who has the promise that is open on this ticket; null when there is none. */
export async function selectPromiseAssignee(db: Db, ticketId: string): Promise<string | null> {
  const row = await db
    .selectFrom('callback')
    .select('assignee_id')
    .where('ticket_id', '=', ticketId)
    .where('status', 'in', ['scheduled', 'dialing'])
    .limit(1)
    .executeTakeFirst()
  return row?.assignee_id ?? null
}
