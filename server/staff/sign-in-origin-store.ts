import type { Db } from '../db/schema.ts'

/** Of one person; more are the oldest of somebody who signs in without cookies by a program. */
const KEPT = 50

/** Who has signed in from this origin since `since`. */
export async function staffFrom(db: Db, origin: string, since: string): Promise<string[]> {
  const rows = await db
    .selectFrom('sign_in_origin')
    .select('staff_id')
    .where('origin', '=', origin)
    .where('last_at', '>', since)
    .execute()
  return rows.map((row) => row.staff_id)
}

export async function rememberOrigins(
  db: Db,
  staffId: string,
  origins: readonly string[],
  now: string,
): Promise<void> {
  await db
    .insertInto('sign_in_origin')
    .values(origins.map((origin) => ({ staff_id: staffId, origin, last_at: now })))
    .onConflict((conflict) =>
      conflict.columns(['staff_id', 'origin']).doUpdateSet({ last_at: now }),
    )
    .execute()
}

/** Keeps the newest ones since `since`. */
export async function forgetOldOrigins(db: Db, staffId: string, since: string): Promise<void> {
  const beyond = await db
    .selectFrom('sign_in_origin')
    .select('last_at')
    .where('staff_id', '=', staffId)
    .orderBy('last_at', 'desc')
    .offset(KEPT)
    .limit(1)
    .executeTakeFirst()
  const before = beyond !== undefined && beyond.last_at > since ? beyond.last_at : since
  await db
    .deleteFrom('sign_in_origin')
    .where('staff_id', '=', staffId)
    .where('last_at', '<=', before)
    .execute()
}
