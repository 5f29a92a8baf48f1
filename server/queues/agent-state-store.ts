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
  await saveTime(db, staffId, wanted)
}

/** The stretch before ends where this one begins; the same one again changes nothing. */
async function saveTime(db: Db, staffId: string, wanted: WantedState): Promise<void> {
  const { state, reason, since } = wanted
  await db
    .updateTable('agent_time')
    .set({ ended_at: since })
    .where('staff_id', '=', staffId)
    .where('ended_at', 'is', null)
    .where('started_at', '<', since)
    .execute()
  if (state === 'offline') return
  await db
    .insertInto('agent_time')
    .values({ staff_id: staffId, started_at: since, ended_at: null, state, reason })
    .onConflict((conflict) =>
      conflict.columns(['staff_id', 'started_at']).doUpdateSet({ state, reason, ended_at: null }),
    )
    .execute()
}
