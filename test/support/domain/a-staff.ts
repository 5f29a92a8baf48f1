import type { SessionUser } from '#contract/staff.ts'
import type { Database } from '../../../server/db/transaction.ts'

/** Stores people that rows of the test refer to; `agent-1` has extension 101 and so on. */
export async function addStaff(database: Database, ...ids: string[]): Promise<void> {
  const at = '2026-11-01T00:00:00.000Z'
  await database.db
    .insertInto('staff')
    .values(
      ids.map((id, index) => ({
        id,
        username: id,
        display_name: `Người ${id}`,
        role: 'agent',
        extension: String(101 + index),
        active: 1,
        password_hash: 'x',
        version: 1,
        created_at: at,
        updated_at: at,
      })),
    )
    .execute()
}

/** The people that `addStaff` stores. */
export function aUser(change: Partial<SessionUser> = {}): SessionUser {
  const who = { id: 'agent-1', username: 'agent-1', displayName: 'Người agent-1' }
  return { ...who, role: 'agent', extension: '101', ...change }
}
