import type { CallAnswered } from '../domain-fact.ts'
import type { Clock, NewId, StateFact } from '../ports.ts'
import type { Trx } from '../db/transaction.ts'
import type { Applied } from './book/applied.ts'
import type { CallLinks } from './call-link-service.ts'
import type { CallFact } from './conversation/call-fact.ts'
import { inRounds } from './fact-rounds.ts'
import {
  type CallRecord,
  callToRow,
  type DescribeNumber,
  type StaffByExtension,
  timelineToRow,
} from './call-record.ts'
import type { Call } from './conversation/call.ts'
import { isOver, sameOverParts } from './conversation/parts.ts'
import { segmentRows } from './counts/segment-record.ts'
import { outgoingAmong, saveSegments } from './counts/segment-store.ts'
import { insertTimeline, upsertCalls } from './call-store.ts'

export interface SaverDeps {
  clock: Clock
  newId: NewId
  describeNumber: DescribeNumber
  staffByExtensionAt: StaffByExtension
  state: StateFact
  links: Pick<CallLinks, 'expect' | 'taken'>
}

/** What some events changed, as it is to be saved. */
export interface ToSave {
  applied: readonly Applied[]
  /** Known call ids by Uniqueid. */
  ids: ReadonlyMap<string, string>
  /** The changed calls in their newest state: those that are stored already, and the others. */
  known: CallRecord[]
  fresh: CallRecord[]
  /** Of which an agent's part is over, or was corrected since. */
  talked: TalkedCall[]
}

/** A call of which other parts are over than in `before`, as it was saved last; null: never. */
interface TalkedCall {
  call: Call
  before: Call | null
}

/**
 * Saves new calls, the new lines, the facts of each call in their order, then the newest state of the
 * calls that were there, all in the given transaction. A call whose fact opens its ticket is so never
 * seen to owe one, which spares the index of owed calls a page. The answer is what to add to the known
 * ids once the transaction is durable. With `isRepeat` a try before this one failed, and may have been
 * saved all the same.
 */
export async function saveApplied(
  trx: Trx,
  deps: SaverDeps,
  { applied, ids, fresh, known, talked }: ToSave,
  isRepeat = false,
): Promise<Map<string, string>> {
  const saved = await upsertCalls(trx.db, fresh)
  const idOf = (uniqueid: string): string | undefined => saved.get(uniqueid) ?? ids.get(uniqueid)
  const lines = applied
    .flatMap((one) => one.timeline)
    .flatMap(({ uniqueid, entry }) => {
      const callId = idOf(uniqueid)
      return callId === undefined ? [] : [timelineToRow(entry, deps.newId(), callId)]
    })
  await insertTimeline(trx.db, lines)
  // A callback's ticket is looked up by its row meanwhile.
  const linkedWithRow = known.filter((row) => row.direction !== 'callback')
  deps.links.expect(trx, idsOf(linkedWithRow))
  const facts = applied
    .flatMap((one) => one.facts)
    .flatMap((fact) => {
      const callId = idOf(fact.call.uniqueid)
      return callId === undefined ? [] : [{ ...fact, callId }]
    })
  // A repeat finds the tickets of the try before, which are joined one by one.
  const rounds = isRepeat ? facts.map((fact) => [fact]) : inRounds(facts, ({ callId }) => callId)
  for (const round of rounds) {
    // Facts of one call build on each other, so they are stated one after the other.
    // oxlint-disable-next-line no-await-in-loop
    await stateRound(trx, deps.state, round)
  }
  await upsertCalls(trx.db, known, deps.links.taken(trx))
  await saveParts(trx, deps, talked, idOf)
  if (isRepeat) {
    const callIds = [...fresh, ...known].flatMap(({ uniqueid }) => idOf(uniqueid) ?? [])
    await deps.state(trx, { type: 'calls_saved_again', callIds })
  }
  return saved
}

/** The parts of these calls alone, whatever came before; what they add to people's days is stated. */
async function saveParts(
  trx: Trx,
  deps: SaverDeps,
  talked: readonly TalkedCall[],
  idOf: (uniqueid: string) => string | undefined,
): Promise<void> {
  if (talked.length === 0) return
  const ours = talked.flatMap(({ call }) => (call.direction === 'callback' ? call : []))
  const outgoing = await outgoingAmong(trx.db, ours)
  const changes = talked.flatMap((one) => {
    const callId = idOf(one.call.uniqueid)
    return callId === undefined ? [] : [{ ...one, callId }]
  })
  const rows = changes.flatMap(({ call, callId }) =>
    segmentRows(call, callId, {
      staffAt: deps.staffByExtensionAt,
      isOutgoing: outgoing.has(call.uniqueid),
    }),
  )
  await saveSegments(trx.db, rows)
  await deps.state(trx, { type: 'parts_changed', changes })
}

/** Each fact is of another call. */
async function stateRound(
  trx: Trx,
  state: StateFact,
  round: readonly (CallFact & { callId: string })[],
): Promise<void> {
  const answers: CallAnswered[] = []
  for (const fact of round) {
    if (fact.type === 'call_answered') answers.push(fact)
    // oxlint-disable-next-line no-await-in-loop -- one writer: a queue either way
    else await state(trx, fact)
  }
  if (answers.length > 0) await state(trx, { type: 'calls_answered', answers })
}

function idsOf(rows: readonly CallRecord[]): string[] {
  return rows.map((row) => row.id)
}

/** Makes the rows of what events changed: nothing of it needs the transaction, which is so shorter. */
export function toSave(
  deps: SaverDeps,
  { ids, saved }: { ids: ReadonlyMap<string, string>; saved: ReadonlyMap<string, Call> },
  applied: readonly Applied[],
): ToSave {
  const now = deps.clock.now()
  const newest = new Map(applied.flatMap((one) => one.changed).map((call) => [call.uniqueid, call]))
  const rows = [...newest.values()].map((call) =>
    callToRow(call, ids.get(call.uniqueid) ?? deps.newId(), deps.describeNumber, now),
  )
  const isKnown = (row: CallRecord) => ids.has(row.uniqueid)
  const talked = [...newest.values()].flatMap((call) => {
    const before = saved.get(call.uniqueid) ?? null
    return isTalkedAlike(before, call) ? [] : { call, before }
  })
  const fresh = rows.filter((row) => !isKnown(row))
  return { applied, ids, known: rows.filter(isKnown), fresh, talked }
}

/** Parts are counted on the day of their call's entry. */
function isTalkedAlike(before: Call | null, after: Call): boolean {
  if (!sameOverParts(before?.segments ?? [], after.segments)) return false
  return before === null || before.enteredAt === after.enteredAt || !after.segments.some(isOver)
}
