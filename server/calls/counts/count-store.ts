import type { LocalDate } from '#contract/primitives.ts'
import type { Db } from '../../db/schema.ts'
import { refsOf } from '../../db/refs-of.ts'
import { inParts, preparedForRows } from '../../db/prepared.ts'
import {
  CALL_COLUMNS,
  type CallRecord,
  COUNT_COLUMNS,
  countsToColumns,
  type StaffByExtension,
} from '../call-record.ts'
import { readState } from '../call-store.ts'
import { contribution, countedQueue } from '../conversation/contribution.ts'
import { NO_CALLS } from '#contract/supervision/figures.ts'
import { type SegmentRecord, segmentRows } from './segment-record.ts'
import { outgoingAmong } from './segment-store.ts'

/** Calls of a day that no release has counted whole yet. */
export function listUncounted(db: Db, day: LocalDate, limit: number): Promise<CallRecord[]> {
  return db
    .selectFrom('call')
    .select([...CALL_COLUMNS])
    .where('local_day', '=', day)
    .where('entered', 'is', null)
    .limit(limit)
    .execute()
}

/** The newest calls before this one, or of all with an empty id. */
export function listBefore(db: Db, beforeId: string, limit: number): Promise<CallRecord[]> {
  const calls = db.selectFrom('call').select([...CALL_COLUMNS])
  const older = beforeId === '' ? calls : calls.where('id', '<', beforeId)
  return older.orderBy('id', 'desc').limit(limit).execute()
}

/** On which day this call entered; null when there is none. */
export async function dayOfCall(db: Db, id: string): Promise<LocalDate | null> {
  const row = await db
    .selectFrom('call')
    .select('local_day')
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.local_day ?? null
}

/** Of a call that is there; one that is counted meanwhile stays as it is. */
const setCounts = preparedForRows((db, rows: CallRecord[]) =>
  db
    .insertInto('call')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['pbx_id', 'uniqueid'])
        .doUpdateSet(refsOf('excluded', COUNT_COLUMNS))
        .where('call.entered', 'is', null),
    ),
)

const addSegments = preparedForRows((db, rows: SegmentRecord[]) =>
  db
    .insertInto('call_segment')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['call_id', 'part']).doNothing()),
)

/**
 * Writes what these calls add to the counters of their queues and their agents' parts; a call that is
 * counted already stays as it is. A state that cannot be read counts as no call.
 */
export async function countCalls(
  db: Db,
  calls: readonly CallRecord[],
  staffAt: StaffByExtension,
): Promise<void> {
  const uncounted = calls.filter((row) => row.entered === null)
  const states = uncounted.map((row) => ({ row, call: readState(row.state) }))
  const counted = states.map(({ row, call }) => ({
    ...row,
    ...(call === null
      ? countsToColumns(NO_CALLS, null)
      : countsToColumns(contribution(call), countedQueue(call))),
  }))
  // oxlint-disable-next-line no-await-in-loop -- four parts of a step
  for (const part of inParts(counted)) await setCounts(db, part)
  const ours = states.flatMap(({ call }) => (call?.direction === 'callback' ? call : []))
  const outgoing = await outgoingAmong(db, ours)
  const segments = states.flatMap(({ row, call }) =>
    call === null
      ? []
      : segmentRows(call, row.id, { staffAt, isOutgoing: outgoing.has(row.uniqueid) }),
  )
  // oxlint-disable-next-line no-await-in-loop -- a few parts of a step
  for (const part of inParts(segments)) await addSegments(db, part)
}
