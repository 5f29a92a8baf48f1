import type { Db } from '../../db/schema.ts'

/** An attempt of which its agent has not said yet how it went. */
export interface Unsaid {
  attemptId: string
  callbackId: string
  staffId: string
}

/** More than anybody leaves unsaid. */
const AT_MOST = 50

/** The promises whose last attempt waits for this person's word, the newest end first. */
export async function listAwaiting(db: Db, staffId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('callback_attempt as attempt')
    .innerJoin('callback', (join) =>
      join
        .onRef('callback.id', '=', 'attempt.callback_id')
        .onRef('callback.attempts', '=', 'attempt.number'),
    )
    .select('callback.id')
    .where('attempt.awaits_word_of', '=', staffId)
    .orderBy('attempt.ended_at', 'desc')
    .limit(AT_MOST)
    .execute()
  return rows.map(({ id }) => id)
}

/** What is unsaid of the promises of this ticket. */
export async function listUnsaidOf(db: Db, ticketId: string): Promise<Unsaid[]> {
  const rows = await db
    .selectFrom('callback')
    .innerJoin('callback_attempt as attempt', 'attempt.callback_id', 'callback.id')
    .select(['attempt.id', 'attempt.callback_id', 'attempt.awaits_word_of'])
    .where('callback.ticket_id', '=', ticketId)
    .where('attempt.awaits_word_of', 'is not', null)
    .execute()
  return rows.flatMap(({ id, callback_id: callbackId, awaits_word_of: staffId }) =>
    staffId === null ? [] : [{ attemptId: id, callbackId, staffId }],
  )
}

/** Nobody is asked for a word on these any more. */
export async function forgetWords(db: Db, attemptIds: readonly string[]): Promise<void> {
  await db
    .updateTable('callback_attempt')
    .set({ awaits_word_of: null })
    .where('id', 'in', [...attemptIds])
    .execute()
}
