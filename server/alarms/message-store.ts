import type { Instant } from '#contract/primitives.ts'
import type { Db } from '../db/schema.ts'

export interface NewMessage {
  id: string
  body: string
  now: Instant
}

export async function insertMessage(db: Db, { id, body, now }: NewMessage): Promise<void> {
  await db
    .insertInto('alarm_message')
    .values({
      id,
      body,
      made_at: now,
      sent_at: null,
      due_owner: null,
      due_lease_until: null,
      due_error: null,
      due_retry_at: null,
    })
    .execute()
}

export async function markSent(db: Db, id: string, now: Instant): Promise<void> {
  await db.updateTable('alarm_message').set({ sent_at: now }).where('id', '=', id).execute()
}

/** Of messages that are not through and not given up: how many, when the next that nobody has is due, why one failed. */
export async function pendingMessages(
  db: Db,
  mostTries: number,
): Promise<{ count: number; nextAt: Instant | null; lastError: string | null }> {
  const row = await db
    .selectFrom('alarm_message')
    .select((eb) => [
      eb.fn.countAll<number>().as('count'),
      eb.fn
        .min<string | null>(eb.fn.coalesce('due_retry_at', 'made_at'))
        .filterWhere('due_owner', 'is', null)
        .as('next_at'),
      eb.fn.max<string | null>('due_error').as('last_error'),
    ])
    .where('sent_at', 'is', null)
    .where('due_tries', '<', mostTries)
    .executeTakeFirst()
  const { count = 0, next_at: nextAt = null, last_error: lastError = null } = row ?? {}
  return { count, nextAt, lastError }
}

/** What nobody shall be told any more. */
export async function dropUnsent(db: Db): Promise<void> {
  await db.deleteFrom('alarm_message').where('sent_at', 'is', null).execute()
}

export async function forgetMessages(db: Db, before: Instant): Promise<void> {
  await db.deleteFrom('alarm_message').where('made_at', '<', before).execute()
}
