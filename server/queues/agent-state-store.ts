import { agentStateName, pauseReason } from '#contract/desk.ts'
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
        reason: pauseReason.nullable().parse(row.reason),
        since: row.since,
      },
    ]),
  )
}

export async function saveWanted(db: Db, staffId: string, wanted: WantedState): Promise<void> {
  const { state, reason, since } = wanted
  await db
    .insertInto('agent_state')
    .values({ staff_id: staffId, state, reason, since })
    .onConflict((conflict) => conflict.column('staff_id').doUpdateSet({ state, reason, since }))
    .execute()
}
