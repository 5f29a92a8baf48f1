import type { LocalDate } from '#contract/primitives.ts'
import type { Database, Trx } from '../../db/transaction.ts'
import type { StaffByExtension } from '../call-record.ts'
import { countCalls, listBefore, listUncounted } from './count-store.ts'

/** A step is some milliseconds of work. */
const CALLS_PER_STEP = 200

/** Counts the calls of earlier releases that entered on this day: its figures are whole afterwards. */
export async function countDay(
  database: Database,
  day: LocalDate,
  staffAt: StaffByExtension,
): Promise<void> {
  let found: number
  do {
    // oxlint-disable-next-line no-await-in-loop -- step by step, so that others have their turn
    found = await database.transaction(async ({ db }) => {
      const calls = await listUncounted(db, day, CALLS_PER_STEP)
      await countCalls(db, calls, staffAt)
      return calls.length
    })
  } while (found === CALLS_PER_STEP)
}

/**
 * Counts the next calls of earlier releases before this one, newest first; answers the last id, null
 * when there were no more.
 */
export async function countBefore(
  { db }: Trx,
  beforeId: string,
  staffAt: StaffByExtension,
): Promise<string | null> {
  const calls = await listBefore(db, beforeId, CALLS_PER_STEP)
  await countCalls(db, calls, staffAt)
  return calls.length < CALLS_PER_STEP ? null : (calls.at(-1)?.id ?? null)
}
