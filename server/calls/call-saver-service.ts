import type { Clock, NewId, StateFact } from '../ports.ts'
import type { Trx } from '../db/transaction.ts'
import type { Applied } from './book/applied.ts'
import { type DescribeNumber, callToRow, timelineToRow } from './call-record.ts'
import { insertTimeline, upsertCalls } from './call-store.ts'

export interface SaverDeps {
  clock: Clock
  newId: NewId
  describeNumber: DescribeNumber
  state: StateFact
}

/**
 * Saves what some events changed: the calls in their newest state, the new lines, then each fact in
 * order, all in the given transaction. `ids` is known call ids by Uniqueid; the answer is what to
 * add to it once the transaction is durable.
 */
export async function saveApplied(
  trx: Trx,
  deps: SaverDeps,
  ids: ReadonlyMap<string, string>,
  applied: Applied[],
): Promise<Map<string, string>> {
  const now = deps.clock.now()
  const newest = new Map(applied.flatMap((one) => one.changed).map((call) => [call.uniqueid, call]))
  const rows = [...newest.values()].map((call) =>
    callToRow(call, ids.get(call.uniqueid) ?? deps.newId(), deps.describeNumber, now),
  )
  const saved = await upsertCalls(trx.db, rows)
  const idOf = (uniqueid: string): string | undefined => saved.get(uniqueid) ?? ids.get(uniqueid)
  const lines = applied
    .flatMap((one) => one.timeline)
    .flatMap(({ uniqueid, entry }) => {
      const callId = idOf(uniqueid)
      return callId === undefined ? [] : [timelineToRow(entry, deps.newId(), callId)]
    })
  await insertTimeline(trx.db, lines)
  for (const { facts } of applied) {
    for (const fact of facts) {
      const callId = idOf(fact.call.uniqueid)
      // Facts of one call build on each other, so they are told one after the other.
      // oxlint-disable-next-line no-await-in-loop
      if (callId !== undefined) await deps.state(trx, { ...fact, callId })
    }
  }
  return saved
}
