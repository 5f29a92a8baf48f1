import type { Db } from '../db/schema.ts'
import type { SessionTable } from '../db/staff-tables.ts'

export async function insertSession(db: Db, row: SessionTable): Promise<void> {
  await db.insertInto('session').values(row).execute()
}

/** The session when it is not over at `now`. */
export async function findSession(
  db: Db,
  id: string,
  now: string,
): Promise<SessionTable | undefined> {
  return db
    .selectFrom('session')
    .selectAll()
    .where('id', '=', id)
    .where('expires_at', '>', now)
    .executeTakeFirst()
}

/** Which of these sessions are not over at `now`. */
export async function findLiveSessionIds(db: Db, ids: string[], now: string): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('session')
    .select('id')
    .where('id', 'in', ids)
    .where('expires_at', '>', now)
    .execute()
  return rows.map((row) => row.id)
}

export async function extendSession(
  db: Db,
  id: string,
  lastSeenAt: string,
  expiresAt: string,
): Promise<void> {
  await db
    .updateTable('session')
    .set({ last_seen_at: lastSeenAt, expires_at: expiresAt })
    .where('id', '=', id)
    .execute()
}

export async function deleteSession(db: Db, id: string): Promise<void> {
  await db.deleteFrom('session').where('id', '=', id).execute()
}

/** Whether this person has a session that is not over at `now`. */
export async function hasLiveSession(db: Db, staffId: string, now: string): Promise<boolean> {
  const row = await db
    .selectFrom('session')
    .select('id')
    .where('staff_id', '=', staffId)
    .where('expires_at', '>', now)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export async function deleteSessionsOf(db: Db, staffId: string): Promise<void> {
  await db.deleteFrom('session').where('staff_id', '=', staffId).execute()
}

/** Everybody with a session that is not over at `now`. */
export async function findSignedIn(db: Db, now: string): Promise<string[]> {
  const rows = await db
    .selectFrom('session')
    .select('staff_id')
    .distinct()
    .where('expires_at', '>', now)
    .limit(5000)
    .execute()
  return rows.map((row) => row.staff_id)
}

/** Everybody with a session that is over at `now` and still has its row. */
export async function findExpiredStaff(db: Db, now: string): Promise<string[]> {
  const rows = await db
    .selectFrom('session')
    .select('staff_id')
    .distinct()
    .where('expires_at', '<=', now)
    .limit(1000)
    .execute()
  return rows.map((row) => row.staff_id)
}

/** Whether there were any. */
export async function deleteExpiredSessionsOf(
  db: Db,
  staffId: string,
  now: string,
): Promise<boolean> {
  const result = await db
    .deleteFrom('session')
    .where('staff_id', '=', staffId)
    .where('expires_at', '<=', now)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}
