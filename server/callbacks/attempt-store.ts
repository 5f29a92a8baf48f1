import { attemptOutcome, attemptStage } from '#contract/callbacks.ts'
import type { AttemptOutcome, AttemptStage } from '#contract/callbacks.ts'
import type { Instant } from '#contract/primitives.ts'
import type { CallbackAttemptTable, Db } from '../db/schema.ts'

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

export async function findAttemptByChannel(
  db: Db,
  pbxId: string,
  channelId: string,
): Promise<Attempt | null> {
  const row = await db
    .selectFrom('callback_attempt')
    .selectAll()
    .where('pbx_id', '=', pbxId)
    .where('channel_id', '=', channelId)
    .executeTakeFirst()
  return row === undefined ? null : toAttempt(row)
}

export async function findAttempt(db: Db, id: string): Promise<Attempt | null> {
  const row = await db
    .selectFrom('callback_attempt')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row === undefined ? null : toAttempt(row)
}

/** The attempts of these promises that have not ended. */
export async function listLiveAttempts(db: Db, callbackIds: string[]): Promise<Attempt[]> {
  if (callbackIds.length === 0) return []
  const rows = await db
    .selectFrom('callback_attempt')
    .selectAll()
    .where('callback_id', 'in', callbackIds)
    .where('ended_at', 'is', null)
    .execute()
  return rows.map(toAttempt)
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

/** Every attempt of these promises, oldest first. */
export async function listAttempts(db: Db, callbackIds: string[]): Promise<Attempt[]> {
  if (callbackIds.length === 0) return []
  const rows = await db
    .selectFrom('callback_attempt')
    .leftJoin('staff', 'staff.id', 'callback_attempt.outcome_by')
    .selectAll('callback_attempt')
    .select('staff.display_name as said_by')
    .where('callback_id', 'in', callbackIds)
    .orderBy('callback_id')
    .orderBy('number')
    .execute()
  return rows.map(toAttempt)
}

/** Ends the attempt; false when it had ended already, so that an end is decided once. */
export async function endAttempt(
  db: Db,
  id: string,
  end: Pick<Attempt, 'outcome' | 'hangupCause' | 'endedAt' | 'talkSeconds' | 'awaitsWordOf'>,
): Promise<boolean> {
  const rows = await db
    .updateTable('callback_attempt')
    .set({
      stage: 'ended',
      outcome: end.outcome,
      hangup_cause: end.hangupCause,
      ended_at: end.endedAt,
      talk_seconds: end.talkSeconds,
      awaits_word_of: end.awaitsWordOf,
    })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning('id')
    .execute()
  return rows.length === 1
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

export async function changeAttempt(db: Db, id: string, change: AttemptChange): Promise<void> {
  await db
    .updateTable('callback_attempt')
    .set({
      ...(change.stage === undefined ? {} : { stage: change.stage }),
      ...(change.outcome === undefined ? {} : { outcome: change.outcome }),
      ...(change.hangupCause === undefined ? {} : { hangup_cause: change.hangupCause }),
      ...(change.callId === undefined ? {} : { call_id: change.callId }),
      ...(change.outcomeBy === undefined ? {} : { outcome_by: change.outcomeBy }),
      ...(change.talkSeconds === undefined ? {} : { talk_seconds: change.talkSeconds }),
      ...(change.awaitsWordOf === undefined ? {} : { awaits_word_of: change.awaitsWordOf }),
    })
    .where('id', '=', id)
    .execute()
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
    outcome: attemptOutcome.nullable().parse(row.outcome),
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
