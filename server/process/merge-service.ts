import type { Db } from '../db/schema.ts'
import type { Trx } from '../db/transaction.ts'
import type { Clock } from '../ports.ts'
import { isOpen } from '../tickets/ticket.ts'
import { caseOf } from './case-record.ts'
import { findMerge, insertMerge, type Merge, type MergeBefore, undoMerge } from './merge-store.ts'
import { readTicket } from './process-store.ts'

export interface MergeDeps {
  clock: Clock
  /** What keeps promises that moved from coming back; null: nothing. */
  whyPromisesStay: (
    db: Db,
    promises: MergeBefore['promises'],
    sourceId: string,
  ) => Promise<string | null>
}

/** What merges changed, so that they can be taken back exactly. */
export function createMergeService(deps: MergeDeps) {
  const { clock } = deps

  /** What stands in the way of taking the merge of this ticket back; null: nothing. */
  async function blocked(db: Db, sourceId: string): Promise<string | null> {
    const merge = await findMerge(db, sourceId)
    if (merge === null) return 'how it was merged is not on record'
    const target = await readTicket(db, merge.targetId)
    if (target === undefined) return 'the other ticket is gone'
    const { status, mergedInto } = caseOf(target)
    if (mergedInto !== null) return `${target.code} is part of another ticket by now`
    if (!isOpen(status)) return `${target.code} is ${status}`
    return deps.whyPromisesStay(db, merge.before.promises, sourceId)
  }

  async function record(trx: Trx, merge: Merge & { byId: string | null }): Promise<void> {
    await insertMerge(trx.db, { ...merge, at: clock.now() })
  }

  /** The merge that is taken back now; it stands no more. */
  async function undo(trx: Trx, sourceId: string, byId: string | null): Promise<Merge | null> {
    const merge = await findMerge(trx.db, sourceId)
    if (merge !== null) await undoMerge(trx.db, { id: merge.id, at: clock.now(), byId })
    return merge
  }

  return { blocked, record, undo }
}
