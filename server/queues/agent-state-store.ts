import { agentStateName, shownPause } from '#contract/desk.ts'
import type { Db } from '../db/schema.ts'
import type { WantedState } from './agent-state.ts'

/** Everybody's wish, by person. */
export async function readWanted(db: Db): Promise<Map<string, WantedState>> {
  const rows = await db.selectFrom('agent_state').selectAll().limit(10_000).execute()
  return new Map(
    rows.map((row) => [
      row.staff_id,
      {
        state: agentStateName.parse(row.state),
        reason: shownPause.nullable().parse(row.reason),
        since: row.since,
        ...(row.wrap_up_until === null ? {} : { wrapUpUntil: row.wrap_up_until }),
      },
    ]),
  )
}

export async function saveWanted(db: Db, staffId: string, wanted: WantedState): Promise<void> {
  const { state, reason, since, wrapUpUntil = null } = wanted
  const row = { state, reason, since, wrap_up_until: wrapUpUntil }
  await db
    .insertInto('agent_state')
    .values({ staff_id: staffId, ...row })
    .onConflict((conflict) => conflict.column('staff_id').doUpdateSet(row))
    .execute()
}
