import type { AttemptOutcome, AttemptStage } from '#contract/callbacks.ts'
import { attemptOutcome, attemptStage } from '#contract/callbacks.ts'
import type { PhoneNumber } from '#contract/customers.ts'
import { callDevice, type CallDevice, type OutgoingCall } from '#contract/outgoing-calls.ts'
import type { Instant } from '#contract/primitives.ts'
import { prepared } from '../../db/prepared.ts'
import type { Db, Row } from '../../db/schema.ts'

const outcomeOrNull = attemptOutcome.nullable()

/** An ordered call as it is stored. */
export interface Outgoing {
  id: string
  ticketId: string | null
  staffId: string
  numberRaw: string
  numberDial: string
  device: CallDevice
  /** The extension, or the national digits of the mobile. */
  phone: string
  pbxId: string
  channelId: string
  /** The furthest stage seen. */
  stage: AttemptStage
  outcome: AttemptOutcome | null
  submittedAt: Instant
  endedAt: Instant | null
  callId: string | null
}

export type NewOutgoing = Omit<Outgoing, 'stage' | 'outcome' | 'endedAt' | 'callId'> & {
  /** When the PBX is asked what became of it, if nothing is heard. */
  lookUpAt: Instant
}

const LOOKUP_LIMIT = 100

/** Stores the call before it is placed; false when its phone or its customer has a live one. */
export async function insertOutgoing(db: Db, one: NewOutgoing): Promise<boolean> {
  const rows = await db
    .insertInto('outgoing_call')
    .values({
      id: one.id,
      ticket_id: one.ticketId,
      staff_id: one.staffId,
      number_raw: one.numberRaw,
      number_dial: one.numberDial,
      device: one.device,
      phone: one.phone,
      pbx_id: one.pbxId,
      channel_id: one.channelId,
      stage: 'submitted',
      outcome: null,
      hangup_cause: null,
      submitted_at: one.submittedAt,
      ended_at: null,
      look_up_at: one.lookUpAt,
      call_id: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute()
  return rows.length === 1
}

export async function findOutgoing(db: Db, id: string): Promise<Outgoing | null> {
  const row = await db
    .selectFrom('outgoing_call')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row === undefined ? null : toOutgoing(row)
}

export async function findOutgoingByChannel(
  db: Db,
  pbxId: string,
  channelId: string,
): Promise<Outgoing | null> {
  const row = await db
    .selectFrom('outgoing_call')
    .selectAll()
    .where('pbx_id', '=', pbxId)
    .where('channel_id', '=', channelId)
    .executeTakeFirst()
  return row === undefined ? null : toOutgoing(row)
}

/** The order behind a call of the call list. */
export async function findOutgoingByCall(db: Db, callId: string): Promise<Outgoing | null> {
  const row = await db
    .selectFrom('outgoing_call')
    .selectAll()
    .where('call_id', '=', callId)
    .executeTakeFirst()
  return row === undefined ? null : toOutgoing(row)
}

/** Phones and customers of the calls that live; there are as many as people. */
export async function liveOutgoing(db: Db): Promise<{ phone: string; number: string }[]> {
  return (await selectLive(db, {})).rows
}

const selectLive = prepared((db) =>
  db
    .selectFrom('outgoing_call')
    .select(['phone', 'number_dial as number'])
    .where('ended_at', 'is', null)
    // of every row true; looked up in the index of those that live
    .where('phone', '>', ''),
)

/** Whom these calls call, by call: known before the PBX shows a number. */
export async function numbersOfCalls(
  db: Db,
  callIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('outgoing_call')
    .select(['call_id', 'number_raw'])
    .where('call_id', 'in', [...callIds])
    .execute()
  return new Map(rows.map((row) => [row.call_id ?? '', row.number_raw]))
}

export interface OutgoingChange {
  stage?: AttemptStage
  callId?: string
  outcome?: AttemptOutcome
  hangupCause?: number | null
  lookUpAt?: Instant
}

export async function changeOutgoing(db: Db, id: string, change: OutgoingChange): Promise<void> {
  await db
    .updateTable('outgoing_call')
    .set({
      ...(change.stage === undefined ? {} : { stage: change.stage }),
      ...(change.callId === undefined ? {} : { call_id: change.callId }),
      ...(change.outcome === undefined ? {} : { outcome: change.outcome }),
      ...(change.hangupCause === undefined ? {} : { hangup_cause: change.hangupCause }),
      ...(change.lookUpAt === undefined ? {} : { look_up_at: change.lookUpAt }),
    })
    .where('id', '=', id)
    .execute()
}

/** Ends the call; false when it had ended already, so that an end is decided once. */
export async function endOutgoing(
  db: Db,
  id: string,
  end: { outcome: AttemptOutcome; hangupCause: number | null; endedAt: Instant },
): Promise<boolean> {
  const rows = await db
    .updateTable('outgoing_call')
    .set({
      stage: 'ended',
      outcome: end.outcome,
      hangup_cause: end.hangupCause,
      ended_at: end.endedAt,
      look_up_at: null,
    })
    .where('id', '=', id)
    .where('stage', '<>', 'ended')
    .returning('id')
    .execute()
  return rows.length === 1
}

/** Takes the calls whose look-up is due: the next one is not before `nextAt`. */
export async function takeLookups(db: Db, now: Instant, nextAt: Instant): Promise<Outgoing[]> {
  const rows = await db
    .selectFrom('outgoing_call')
    .selectAll()
    .where('look_up_at', '<=', now)
    .orderBy('look_up_at')
    .limit(LOOKUP_LIMIT)
    .execute()
  const ids = rows.map((row) => row.id)
  if (ids.length === 0) return []
  await db
    .updateTable('outgoing_call')
    .set({ look_up_at: nextAt })
    .where('id', 'in', ids)
    .where('look_up_at', 'is not', null)
    .execute()
  return rows.map(toOutgoing)
}

/** Whatever an earlier process had in flight is looked up now. */
export async function lookUpAll(db: Db, now: Instant): Promise<void> {
  await db
    .updateTable('outgoing_call')
    .set({ look_up_at: now })
    .where('look_up_at', '>', '')
    .execute()
}

/** When the next look-up is due; null when no call lives. */
export async function nextLookupAt(db: Db): Promise<Instant | null> {
  const row = await db
    .selectFrom('outgoing_call')
    .select('look_up_at')
    .where('look_up_at', '>', '')
    .orderBy('look_up_at')
    .limit(1)
    .executeTakeFirst()
  return row?.look_up_at ?? null
}

/** The call as its person sees it; null when there is none. */
export async function readOutgoing(
  db: Db,
  id: string,
  readNumber: (raw: string) => PhoneNumber,
): Promise<OutgoingCall | null> {
  const row = await db
    .selectFrom('outgoing_call')
    .leftJoin('ticket', 'ticket.id', 'outgoing_call.ticket_id')
    .selectAll('outgoing_call')
    .select('ticket.code as ticket_code')
    .where('outgoing_call.id', '=', id)
    .executeTakeFirst()
  if (row === undefined) return null
  const { device, stage, outcome, submittedAt, endedAt, callId, ticketId } = toOutgoing(row)
  const ticket =
    ticketId === null || row.ticket_code === null ? null : { id: ticketId, code: row.ticket_code }
  const number = readNumber(row.number_raw)
  return { id, ticket, number, device, stage, outcome, submittedAt, endedAt, callId }
}

function toOutgoing(row: Row<'outgoing_call'>): Outgoing {
  return {
    id: row.id,
    ticketId: row.ticket_id,
    staffId: row.staff_id,
    numberRaw: row.number_raw,
    numberDial: row.number_dial,
    device: callDevice.parse(row.device),
    phone: row.phone,
    pbxId: row.pbx_id,
    channelId: row.channel_id,
    stage: attemptStage.parse(row.stage),
    outcome: outcomeOrNull.parse(row.outcome),
    submittedAt: row.submitted_at,
    endedAt: row.ended_at,
    callId: row.call_id,
  }
}
