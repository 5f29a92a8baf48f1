import type { Insertable, Selectable } from 'kysely'
import {
  callbackStatus,
  promiseReason,
  type PromiseReason,
  promiseVerdict,
  waitingFor,
} from '#contract/callbacks.ts'
import { type Instant, team, type Team } from '#contract/primitives.ts'
import { prepared, preparedForRow } from '../db/prepared.ts'
import type { CallbackTable, Db } from '../db/schema.ts'
import { type DueClaim, finishDue } from '../schedule/due-store.ts'
import type { AskedMark } from './policy/asked-mark.ts'
import type { PromiseState } from './promise.ts'

const waitingForOrNull = waitingFor.nullable()
const verdictOrNull = promiseVerdict.nullable()

/** One promise as its row says. */
export interface Callback extends PromiseState {
  id: string
  /** Null while nobody has talked to the caller whom a rule promised it to. */
  ticketId: string | null
  numberRaw: string
  /** What is dialled: national digits. */
  numberDial: string
  reason: PromiseReason
  team: Team
  /** The call that it was made for: of a caller who was missed, or asked for another one. */
  missedCallId: string | null
  /** Null: a rule made it. */
  createdBy: string | null
  /** Who dials it or looks it up now; null when nobody does. */
  claim: DueClaim | null
}

/** A promise whose ticket is there: only these are facts of a ticket. */
export type TicketPromise = Callback & { ticketId: string }

export function hasTicket(callback: Callback): callback is TicketPromise {
  return callback.ticketId !== null
}

export interface NewCallback extends PromiseState {
  id: string
  ticketId: string | null
  numberRaw: string
  numberDial: string
  note: string
  reason: PromiseReason
  team: Team
  /** The queue and the call that a missed caller waited in. */
  missed: { queue: string | null; callId: string } | null
  createdBy: string | null
  /** One act promised it to many. */
  byAct?: boolean
  createdAt: Instant
}

const insert = preparedForRow((db, row: Insertable<CallbackTable>) =>
  db
    .insertInto('callback')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id'),
)

/** False when the ticket already has an open promise (partial unique index). */
export async function insertCallback(db: Db, added: NewCallback): Promise<boolean> {
  const { rows } = await insert(db, {
    id: added.id,
    ticket_id: added.ticketId,
    number_raw: added.numberRaw,
    number_dial: added.numberDial,
    note: added.note,
    reason: added.reason,
    team: added.team,
    queue: added.missed?.queue ?? null,
    missed_call_id: added.missed?.callId ?? null,
    created_by: added.createdBy,
    by_act: added.byAct === true ? 1 : 0,
    created_at: added.createdAt,
    updated_at: added.createdAt,
    ...stateColumns(added),
  })
  return rows.length === 1
}

const selectOne = prepared((db, { id }: { id: string }) =>
  db.selectFrom('callback').selectAll().where('id', '=', id),
)

export async function findCallback(db: Db, id: string): Promise<Callback | null> {
  const [row] = (await selectOne(db, { id })).rows
  return row === undefined ? null : toCallback(row)
}

/** What is still promised on a ticket: at most one that waits or is dialled, and failed ones. */
export async function listOpen(db: Db, ticketId: string): Promise<Callback[]> {
  const rows = await db
    .selectFrom('callback')
    .selectAll()
    .where('ticket_id', '=', ticketId)
    .where('status', 'in', ['scheduled', 'dialing', 'failed'])
    .execute()
  return rows.map(toCallback)
}

/** The promises of a ticket that failed: a new promise takes their place. */
export async function listFailed(db: Db, ticketId: string): Promise<Callback[]> {
  const rows = await db
    .selectFrom('callback')
    .selectAll()
    .where('ticket_id', '=', ticketId)
    .where('status', '=', 'failed')
    .execute()
  return rows.map(toCallback)
}

type SavedColumns = ReturnType<typeof stateColumns> & {
  id: string
  read_version: number
  updated_at: Instant
}

const update = preparedForRow((db, { id, read_version: version, ...columns }: SavedColumns) =>
  db
    .updateTable('callback')
    .set(columns)
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('id'),
)

/**
 * Writes what `next` made of a promise; a promise that is dialled no more is nobody's. False, and
 * nothing written, when somebody changed it since `before` was read.
 */
export async function savePromise(
  db: Db,
  before: Callback,
  after: PromiseState,
  now: Instant,
): Promise<boolean> {
  const { id, version } = before
  const saved = { ...stateColumns(after), id, read_version: version, updated_at: now }
  if ((await update(db, saved)).rows.length === 0) return false
  if (after.status !== 'dialing' && before.claim !== null) await finishDue(db, before.claim)
  return true
}

function stateColumns(promise: PromiseState) {
  return {
    status: promise.status,
    due_at: promise.dueAt,
    assignee_id: promise.assigneeId,
    waiting_for: promise.waitingFor,
    attempts: promise.attempts,
    retries: promise.retries,
    faults: promise.faults,
    asked_at: promise.asked?.at ?? null,
    asked_by: promise.asked?.by ?? null,
    asked_version: promise.asked?.version ?? null,
    cancel_reason: promise.cancelReason,
    promised_for: promise.promisedFor,
    agreed: promise.agreed ? 1 : 0,
    late_until: promise.lateUntil,
    first_attempt_at: promise.firstAttemptAt,
    verdict: promise.verdict,
    version: promise.version,
  }
}

export function toCallback(row: Selectable<CallbackTable>): Callback {
  return {
    id: row.id,
    ticketId: row.ticket_id,
    numberRaw: row.number_raw,
    numberDial: row.number_dial,
    dueAt: row.due_at,
    status: callbackStatus.parse(row.status),
    assigneeId: row.assignee_id,
    waitingFor: waitingForOrNull.parse(row.waiting_for),
    attempts: row.attempts,
    retries: row.retries,
    faults: row.faults,
    asked: askedOf(row),
    cancelReason: row.cancel_reason,
    missedCallId: row.missed_call_id,
    createdBy: row.created_by,
    reason: promiseReason.parse(row.reason),
    team: team.parse(row.team),
    promisedFor: row.promised_for,
    agreed: row.agreed === 1,
    lateUntil: row.late_until,
    firstAttemptAt: row.first_attempt_at,
    verdict: verdictOrNull.parse(row.verdict),
    version: row.version,
    claim: claimOf(row),
  }
}

export function askedOf(
  row: Pick<Selectable<CallbackTable>, 'asked_at' | 'asked_by' | 'asked_version'>,
): AskedMark | null {
  const { asked_at: at, asked_by: by, asked_version: version } = row
  return at === null || by === null || version === null ? null : { at, by, version }
}

function claimOf({ id, due_owner, due_fence }: Selectable<CallbackTable>): DueClaim | null {
  return due_owner === null ? null : { table: 'callback', id, owner: due_owner, fence: due_fence }
}
