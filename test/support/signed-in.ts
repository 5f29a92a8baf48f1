import type { Database } from '../../server/db/transaction.ts'

const AT = '2026-11-01T00:00:00.000Z'
const NEVER = '2199-01-01T00:00:00.000Z'

/** These people have a session that does not end: they are on the shift. */
export async function addSessions(database: Database, ...staffIds: string[]): Promise<void> {
  const rows = staffIds.map((staff_id) => {
    const times = { created_at: AT, last_seen_at: AT, expires_at: NEVER }
    return { id: `session-${staff_id}`, staff_id, ...times, address: '', user_agent: '' }
  })
  await database.db.insertInto('session').values(rows).execute()
}
