import { type CallCounts, NO_CALLS } from '#contract/supervision/figures.ts'
import type { LocalDate } from '#contract/primitives.ts'
import type { Db } from '../../db/schema.ts'
import { countsToColumns } from '../call-record.ts'
import { readState } from '../call-store.ts'
import { contribution } from '../conversation/contribution.ts'

interface StoredCall {
  id: string
  state: string
}

/** Calls of a day that no release has counted yet. */
export function listUncounted(db: Db, day: LocalDate, limit: number): Promise<StoredCall[]> {
  return db
    .selectFrom('call')
    .select(['id', 'state'])
    .where('local_day', '=', day)
    .where('offered', 'is', null)
    .limit(limit)
    .execute()
}

/** The newest calls before this one, or of all with an empty id. */
export function listBefore(db: Db, beforeId: string, limit: number): Promise<StoredCall[]> {
  const calls = db.selectFrom('call').select(['id', 'state'])
  const older = beforeId === '' ? calls : calls.where('id', '<', beforeId)
  return older.orderBy('id', 'desc').limit(limit).execute()
}

/**
 * Writes what these calls add to the counters of their queues, in as few statements as there are ways
 * to count; a call that is counted already stays as it is. The wait of the answered is the one that was
 * stored with the call. A state that cannot be read counts as no call.
 */
export async function countCalls(db: Db, calls: readonly StoredCall[]): Promise<void> {
  const alike = Map.groupBy(calls, (call) => JSON.stringify(flagsOf(call)))
  for (const [flags, some] of alike) {
    const counts: CallCounts = JSON.parse(flags)
    const ids = some.map(({ id }) => id)
    // oxlint-disable-next-line no-await-in-loop -- seven ways at most
    await db
      .updateTable('call')
      .set((eb) => ({
        ...countsToColumns(counts),
        answer_wait_seconds: counts.answered === 0 ? 0 : eb.fn.coalesce('wait_seconds', eb.val(0)),
      }))
      .where('id', 'in', ids)
      .where('offered', 'is', null)
      .execute()
  }
}

function flagsOf({ state }: StoredCall): CallCounts {
  const call = readState(state)
  return call === null ? NO_CALLS : { ...contribution(call), waitSeconds: 0 }
}
