import type { Instant } from '#contract/primitives.ts'
import type { Db, Row } from '../db/schema.ts'

export type StoredDevice = Row<'wall_device'>

/** Those that are not withdrawn, by name. */
export async function listDevices(db: Db, limit: number): Promise<StoredDevice[]> {
  return db
    .selectFrom('wall_device')
    .selectAll()
    .where('withdrawn_at', 'is', null)
    .orderBy('name')
    .orderBy('id')
    .limit(limit)
    .execute()
}

export async function insertDevice(db: Db, row: StoredDevice): Promise<void> {
  await db.insertInto('wall_device').values(row).execute()
}

/** The screen whose unused code it is, opened from now on with this cookie; else undefined. */
export async function openDevice(
  db: Db,
  { codeHash, cookieHash, now }: { codeHash: string; cookieHash: string; now: Instant },
): Promise<{ name: string } | undefined> {
  return db
    .updateTable('wall_device')
    .set({ code_hash: null, cookie_hash: cookieHash, opened_at: now, last_seen_at: now })
    .where('code_hash', '=', codeHash)
    .where('code_until', '>', now)
    .returning('name')
    .executeTakeFirst()
}

export async function findByCookie(
  db: Db,
  cookieHash: string,
): Promise<{ id: string; name: string } | undefined> {
  return db
    .selectFrom('wall_device')
    .select(['id', 'name'])
    .where('cookie_hash', '=', cookieHash)
    .executeTakeFirst()
}

/** Which of these are not withdrawn. */
export async function liveAmong(db: Db, ids: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('wall_device')
    .select('id')
    .where('id', 'in', ids)
    .where('withdrawn_at', 'is', null)
    .execute()
  return rows.map(({ id }) => id)
}

export async function noteSeen(db: Db, ids: readonly string[], now: Instant): Promise<void> {
  await db.updateTable('wall_device').set({ last_seen_at: now }).where('id', 'in', ids).execute()
}

/** Forgets what opens it; undefined when there is none that is not withdrawn. */
export async function withdrawDevice(
  db: Db,
  id: string,
  now: Instant,
): Promise<{ name: string } | undefined> {
  return db
    .updateTable('wall_device')
    .set({ code_hash: null, cookie_hash: null, withdrawn_at: now })
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .returning('name')
    .executeTakeFirst()
}
