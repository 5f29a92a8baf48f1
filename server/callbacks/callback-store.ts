import type { Selectable } from 'kysely'
import { callbackStatus, waitingFor } from '#contract/callbacks.ts'
import type { Instant } from '#contract/primitives.ts'
import type { CallbackTable, Db } from '../db/schema.ts'
import { type DueClaim, finishDue } from '../schedule/due-store.ts'
import type { AskedMark, PromiseState } from './promise.ts'

/** One promise as its row says. */
export interface Callback extends PromiseState {
  id: string
  ticketId: string
  numberRaw: string
  /** What is dialled: national digits. */
  numberDial: string
  createdBy: string
  /** Who dials it or looks it up now; null when nobody does. */
  claim: DueClaim | null
}

export interface NewCallback extends PromiseState {
  id: string
  ticketId: string
  numberRaw: string
  numberDial: string
  note: string
  createdBy: string
  createdAt: Instant
}

/** False when the ticket already has an open promise (partial unique index). */
export async function insertCallback(db: Db, added: NewCallback): Promise<boolean> {
  const rows = await db
    .insertInto('callback')
    .values({
      id: added.id,
      ticket_id: added.ticketId,
      number_raw: added.numberRaw,
      number_dial: added.numberDial,
      note: added.note,
      created_by: added.createdBy,
      created_at: added.createdAt,
      updated_at: added.createdAt,
      ...stateColumns(added),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute()
  return rows.length === 1
}

export async function findCallback(db: Db, id: string): Promise<Callback | null> {
  const row = await db.selectFrom('callback').selectAll().where('id', '=', id).executeTakeFirst()
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
  const rows = await db
    .updateTable('callback')
    .set({ ...stateColumns(after), updated_at: now })
    .where('id', '=', before.id)
    .where('version', '=', before.version)
    .returning('id')
    .execute()
  if (rows.length === 0) return false
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
    asked_at: promise.asked?.at ?? null,
    asked_by: promise.asked?.by ?? null,
    asked_version: promise.asked?.version ?? null,
    cancel_reason: promise.cancelReason,
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
    waitingFor: waitingFor.nullable().parse(row.waiting_for),
    attempts: row.attempts,
    retries: row.retries,
    asked: askedOf(row),
    cancelReason: row.cancel_reason,
    createdBy: row.created_by,
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
