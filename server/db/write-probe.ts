import type { Db } from './schema.ts'

const KEY = 'database.probe'
/** Room for the pages of one opened ticket: a database that is nearly full must not call itself usable. */
const ROOM = 'x'.repeat(64 * 1024)

/**
 * Writes a row and takes it away again, in the caller's transaction. Takes the write lock, needs new
 * pages and leaves a commit behind, so it fails wherever a ticket could not be stored.
 */
export async function probeWrite(db: Db): Promise<void> {
  await db
    .insertInto('setting')
    .values({ key: KEY, value: ROOM })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: ROOM }))
    .execute()
  await db.deleteFrom('setting').where('key', '=', KEY).execute()
}

/** Whoever asks while a question is under way gets the same answer: questions never pile up. */
export function askedOnce(ask: () => Promise<void>): () => Promise<void> {
  let asked: Promise<void> | null = null
  return () => {
    asked ??= ask().finally(() => void (asked = null))
    return asked
  }
}
