import type { Updateable } from 'kysely'
import { attemptOutcome, attemptStage } from '#contract/callbacks.ts'
import type { AttemptOutcome, AttemptStage } from '#contract/callbacks.ts'
import type { Instant } from '#contract/primitives.ts'
import { inParts, prepared, preparedForColumns, preparedForRows } from '../db/prepared.ts'
import type { CallbackAttemptTable, Db } from '../db/schema.ts'

const outcomeOrNull = attemptOutcome.nullable()

export interface Attempt {
  id: string
  callbackId: string
  number: number
  pbxId: string
  channelId: string
  extension: string
  /** The furthest stage seen. */
  stage: AttemptStage
  outcome: AttemptOutcome | null
  hangupCause: number | null
  submittedAt: Instant
  endedAt: Instant | null
  callId: string | null
  /** Who said how it really went; null: the PBX. */
  outcomeBy: string | null
  /** Their name; only where attempts are listed. */
  saidBy: string | null
  /** Between the customer's answer and the end; null: nobody answered, or it is not known. */
  talkSeconds: number | null
  /** Who called and has not said yet how it went. */
  awaitsWordOf: string | null
}

export type NewAttempt = Pick<
  Attempt,
  'id' | 'callbackId' | 'number' | 'pbxId' | 'channelId' | 'extension' | 'submittedAt'
>

/**
 * Stores attempts before they are placed: the ids that got in. Those left out have another live
 * attempt of the same promise or to the same phone.
 */
export async function insertAttempts(db: Db, attempts: NewAttempt[]): Promise<string[]> {
  if (attempts.length === 0) return []
  const rows = await db
    .insertInto('callback_attempt')
    .values(
      attempts.map((attempt) => ({
        id: attempt.id,
        callback_id: attempt.callbackId,
        number: attempt.number,
        pbx_id: attempt.pbxId,
        channel_id: attempt.channelId,
        extension: attempt.extension,
        stage: 'submitted',
        outcome: null,
        hangup_cause: null,
        submitted_at: attempt.submittedAt,
        ended_at: null,
        call_id: null,
        outcome_by: null,
        talk_seconds: null,
        awaits_word_of: null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute()
  return rows.map((row) => row.id)
}

const selectByChannel = prepared((db, { pbxId, channelId }: { pbxId: string; channelId: string }) =>
  db
    .selectFrom('callback_attempt')
    .selectAll()
    .where('pbx_id', '=', pbxId)
    .where('channel_id', '=', channelId),
)

export async function findAttemptByChannel(
  db: Db,
  pbxId: string,
  channelId: string,
): Promise<Attempt | null> {
  const [row] = (await selectByChannel(db, { pbxId, channelId })).rows
  return row === undefined ? null : toAttempt(row)
}

const selectOne = prepared((db, { id }: { id: string }) =>
  db.selectFrom('callback_attempt').selectAll().where('id', '=', id),
)

export async function findAttempt(db: Db, id: string): Promise<Attempt | null> {
  const [row] = (await selectOne(db, { id })).rows
  return row === undefined ? null : toAttempt(row)
}

const selectLive = preparedForRows((db, promises: { id: string }[]) =>
  db
    .selectFrom('callback_attempt')
    .selectAll()
    .where('callback_id', 'in', idsOf(promises))
    .where('ended_at', 'is', null),
)

/** The attempts of these promises that have not ended. */
export function listLiveAttempts(db: Db, callbackIds: string[]): Promise<Attempt[]> {
  return ofPromises(db, callbackIds, selectLive)
}

/** Those of `extensions` that an attempt is ringing or talking on. */
export async function busyExtensions(db: Db, extensions: string[]): Promise<string[]> {
  if (extensions.length === 0) return []
  const rows = await db
    .selectFrom('callback_attempt')
    .select('extension')
    .where('extension', 'in', extensions)
    .where('ended_at', 'is', null)
    .execute()
  return rows.map((row) => row.extension)
}

const selectAll = preparedForRows((db, promises: { id: string }[]) =>
  db
    .selectFrom('callback_attempt')
    .leftJoin('staff', 'staff.id', 'callback_attempt.outcome_by')
    .selectAll('callback_attempt')
    .select('staff.display_name as said_by')
    .where('callback_id', 'in', idsOf(promises))
    .orderBy('callback_id')
    .orderBy('number'),
)

/** Every attempt of these promises, those of each oldest first. */
export function listAttempts(db: Db, callbackIds: string[]): Promise<Attempt[]> {
  return ofPromises(db, callbackIds, selectAll)
}

async function ofPromises(
  db: Db,
  callbackIds: readonly string[],
  select: (
    db: Db,
    promises: { id: string }[],
  ) => Promise<{ rows: Parameters<typeof toAttempt>[0][] }>,
): Promise<Attempt[]> {
  const attempts: Attempt[] = []
  for (const part of inParts(callbackIds.map((id) => ({ id })))) {
    // oxlint-disable-next-line no-await-in-loop -- one part but for a page of the ledger
    for (const row of (await select(db, part)).rows) attempts.push(toAttempt(row))
  }
  return attempts
}

function idsOf(promises: readonly { id: string }[]): string[] {
  return promises.map(({ id }) => id)
}

type Ended = Pick<Attempt, 'outcome' | 'hangupCause' | 'endedAt' | 'talkSeconds' | 'awaitsWordOf'>

const end = prepared((db, row: Ended & { id: string }) =>
  db
    .updateTable('callback_attempt')
    .set({
      stage: 'ended',
      outcome: row.outcome,
      hangup_cause: row.hangupCause,
      ended_at: row.endedAt,
      talk_seconds: row.talkSeconds,
      awaits_word_of: row.awaitsWordOf,
    })
    .where('id', '=', row.id)
    .where('ended_at', 'is', null)
    .returning('id'),
)

/** Ends the attempt; false when it had ended already, so that an end is decided once. */
export async function endAttempt(db: Db, id: string, how: Ended): Promise<boolean> {
  return (await end(db, { id, ...how })).rows.length === 1
}

/** Originate was written and nobody answered; what the call itself said since then is better. */
export async function markAttemptUnknown(db: Db, id: string): Promise<void> {
  await db
    .updateTable('callback_attempt')
    .set({ stage: 'unknown' })
    .where('id', '=', id)
    .where('stage', '=', 'submitted')
    .execute()
}

export interface AttemptChange {
  stage?: AttemptStage
  outcome?: AttemptOutcome
  hangupCause?: number | null
  callId?: string
  outcomeBy?: string
  talkSeconds?: number | null
  awaitsWordOf?: string | null
}

type ChangedColumns = Updateable<CallbackAttemptTable> & { attempt_id: string }

const update = preparedForColumns((db, { attempt_id: id, ...columns }: ChangedColumns) =>
  db.updateTable('callback_attempt').set(columns).where('id', '=', id),
)

export async function changeAttempt(db: Db, id: string, change: AttemptChange): Promise<void> {
  await update(db, {
    attempt_id: id,
    ...(change.stage === undefined ? {} : { stage: change.stage }),
    ...(change.outcome === undefined ? {} : { outcome: change.outcome }),
    ...(change.hangupCause === undefined ? {} : { hangup_cause: change.hangupCause }),
    ...(change.callId === undefined ? {} : { call_id: change.callId }),
    ...(change.outcomeBy === undefined ? {} : { outcome_by: change.outcomeBy }),
    ...(change.talkSeconds === undefined ? {} : { talk_seconds: change.talkSeconds }),
    ...(change.awaitsWordOf === undefined ? {} : { awaits_word_of: change.awaitsWordOf }),
  })
}

function toAttempt(row: CallbackAttemptTable & { said_by?: string | null }): Attempt {
  return {
    id: row.id,
    callbackId: row.callback_id,
    number: row.number,
    pbxId: row.pbx_id,
    channelId: row.channel_id,
    extension: row.extension,
    stage: attemptStage.parse(row.stage),
    outcome: outcomeOrNull.parse(row.outcome),
    hangupCause: row.hangup_cause,
    submittedAt: row.submitted_at,
    endedAt: row.ended_at,
    callId: row.call_id,
    outcomeBy: row.outcome_by,
    saidBy: row.said_by ?? null,
    talkSeconds: row.talk_seconds,
    awaitsWordOf: row.awaits_word_of,
  }
}
