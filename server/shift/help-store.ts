import { sql } from 'kysely'
import type { Instant } from '#contract/primitives.ts'
import type { Db } from '../db/schema.ts'
import { type Help, toHelp, toHelpRow } from './help.ts'

/** More than this are never shown: there are not so many agents. */
const SHOWN_AT_MOST = 500

/** False when this person asks already. */
export async function insertHelp(db: Db, help: Help): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('help_request')
    .values(toHelpRow(help))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Saves the request that was read, unless it was ended or taken meanwhile; whether it was saved. */
export async function updateHelp(db: Db, before: Help, after: Help): Promise<boolean> {
  const { taken_by, taken_at, ended_at, end_reason } = toHelpRow(after)
  const { numUpdatedRows } = await db
    .updateTable('help_request')
    .set({ taken_by, taken_at, ended_at, end_reason })
    .where('id', '=', before.id)
    .where('ended_at', 'is', null)
    .where(sql<string>`coalesce(taken_by, '')`, '=', before.takenBy ?? '')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function selectHelp(db: Db, id: string): Promise<Help | null> {
  const row = await db
    .selectFrom('help_request')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row === undefined ? null : toHelp(row)
}

export async function selectOpenOf(db: Db, staffId: string): Promise<Help | null> {
  const row = await open(db).where('staff_id', '=', staffId).executeTakeFirst()
  return row === undefined ? null : toHelp(row)
}

/** Who asks at `now`, the longest first: all have as long. */
export async function listOpen(db: Db, now: Instant): Promise<Help[]> {
  const rows = await open(db)
    .where('expires_at', '>', now)
    .orderBy('expires_at')
    .orderBy('id')
    .limit(SHOWN_AT_MOST)
    .execute()
  return rows.map(toHelp)
}

/** Who asks on this call; `staffId` null: whoever it is. */
export async function listOfCall(
  db: Db,
  { callId, staffId }: { callId: string; staffId: string | null },
): Promise<Help[]> {
  const rows = await open(db)
    .where('call_id', '=', callId)
    .$if(staffId !== null, (query) => query.where('staff_id', '=', staffId ?? ''))
    .execute()
  return rows.map(toHelp)
}

/** Whose time is over at `now`. */
export async function listExpired(db: Db, now: Instant): Promise<Help[]> {
  const rows = await open(db).where('expires_at', '<=', now).limit(SHOWN_AT_MOST).execute()
  return rows.map(toHelp)
}

/** When the time of the first is over; null while nobody asks. */
export async function nextExpiry(db: Db): Promise<Instant | null> {
  const row = await db
    .selectFrom('help_request')
    .select('expires_at')
    .where('ended_at', 'is', null)
    .orderBy('expires_at')
    .limit(1)
    .executeTakeFirst()
  return row?.expires_at ?? null
}

/** Forgets requests of before that are over. */
export async function deleteHelpBefore(db: Db, before: Instant): Promise<void> {
  await db
    .deleteFrom('help_request')
    .where('asked_at', '<', before)
    .where('ended_at', 'is not', null)
    .execute()
}

/** The index `help_request_open` holds the few that are open and none of before. */
function open(db: Db) {
  return db.selectFrom('help_request').selectAll().where('ended_at', 'is', null)
}

/** The codes of these tickets, by id. */
export async function selectCodes(
  db: Db,
  ticketIds: readonly string[],
): Promise<Map<string, string>> {
  if (ticketIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('ticket')
    .select(['id', 'code'])
    .where('id', 'in', [...ticketIds])
    .execute()
  return new Map(rows.map(({ id, code }) => [id, code]))
}
