import type { Clock, NewId, StateFact } from '../ports.ts'
import type { Trx } from '../db/transaction.ts'
import type { Applied } from './book/applied.ts'
import { type CallRecord, type DescribeNumber, callToRow, timelineToRow } from './call-record.ts'
import { insertTimeline, upsertCalls } from './call-store.ts'

export interface SaverDeps {
  clock: Clock
  newId: NewId
  describeNumber: DescribeNumber
  state: StateFact
}

/**
 * Saves what some events changed: new calls, the new lines, each fact in order, then the newest state
 * of the calls that were there, all in the given transaction. A call whose fact opens its ticket is
 * so never seen to owe one, which spares the index of owed calls a page. `ids` is known call ids by
 * Uniqueid; the answer is what to add to it once the transaction is durable. With `isRepeat` a try
 * before this one failed, and may have been saved all the same.
 */
export async function saveApplied(
  trx: Trx,
  deps: SaverDeps,
  ids: ReadonlyMap<string, string>,
  applied: Applied[],
  isRepeat = false,
): Promise<Map<string, string>> {
  const { fresh, known } = rowsOf(deps, ids, applied)
  const saved = await upsertCalls(trx.db, fresh)
  const idOf = (uniqueid: string): string | undefined => saved.get(uniqueid) ?? ids.get(uniqueid)
  const lines = applied
    .flatMap((one) => one.timeline)
    .flatMap(({ uniqueid, entry }) => {
      const callId = idOf(uniqueid)
      return callId === undefined ? [] : [timelineToRow(entry, deps.newId(), callId)]
    })
  await insertTimeline(trx.db, lines)
  for (const fact of applied.flatMap((one) => one.facts)) {
    const callId = idOf(fact.call.uniqueid)
    // Facts of one call build on each other, so they are stated one after the other.
    // oxlint-disable-next-line no-await-in-loop
    if (callId !== undefined) await deps.state(trx, { ...fact, callId })
  }
  await upsertCalls(trx.db, known)
  if (isRepeat) {
    const callIds = [...fresh, ...known].flatMap(({ uniqueid }) => idOf(uniqueid) ?? [])
    await deps.state(trx, { type: 'calls_saved_again', callIds })
  }
  return saved
}

/** The changed calls in their newest state: those that are stored already, and the others. */
function rowsOf(deps: SaverDeps, ids: ReadonlyMap<string, string>, applied: Applied[]) {
  const now = deps.clock.now()
  const newest = new Map(applied.flatMap((one) => one.changed).map((call) => [call.uniqueid, call]))
  const rows = [...newest.values()].map((call) =>
    callToRow(call, ids.get(call.uniqueid) ?? deps.newId(), deps.describeNumber, now),
  )
  const isKnown = (row: CallRecord) => ids.has(row.uniqueid)
  return { known: rows.filter(isKnown), fresh: rows.filter((row) => !isKnown(row)) }
}
