import type { ExpressionBuilder, Selectable } from 'kysely'
import { callbackStatus, type CallbackStatus } from '#contract/callbacks.ts'
import type { Instant } from '#contract/primitives.ts'
import type { CallbackTable, Db, Tables } from '../db/schema.ts'

/** One promise as its row says. */
export interface Callback {
  id: string
  ticketId: string
  numberRaw: string
  /** What is dialled: national digits. */
  numberDial: string
  dueAt: Instant
  status: CallbackStatus
  assigneeId: string
  attempts: number
  createdBy: string
  version: number
}

export interface NewCallback extends Omit<Callback, 'status' | 'attempts' | 'version'> {
  note: string
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
      due_at: added.dueAt,
      status: 'scheduled',
      note: added.note,
      assignee_id: added.assigneeId,
      waiting_for: null,
      attempts: 0,
      lease_until: null,
      cancel_reason: null,
      version: 1,
      created_by: added.createdBy,
      created_at: added.createdAt,
      updated_at: added.createdAt,
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

export interface CallbackChange {
  status?: CallbackStatus
  dueAt?: Instant
  waitingFor?: 'agent' | 'pbx' | null
  leaseUntil?: Instant | null
  cancelReason?: string
}

/** Changes the row when nobody did since `version` was read; false when somebody did. */
export async function changeCallback(
  db: Db,
  read: { id: string; version: number },
  change: CallbackChange,
  now: Instant,
): Promise<boolean> {
  const rows = await db
    .updateTable('callback')
    .set((eb) => ({
      version: eb('version', '+', 1),
      updated_at: now,
      ...(change.status === undefined ? {} : { status: change.status }),
      ...(change.dueAt === undefined ? {} : { due_at: change.dueAt }),
      ...(change.waitingFor === undefined ? {} : { waiting_for: change.waitingFor }),
      ...(change.leaseUntil === undefined ? {} : { lease_until: change.leaseUntil }),
      ...(change.cancelReason === undefined ? {} : { cancel_reason: change.cancelReason }),
    }))
    .where('id', '=', read.id)
    .where('version', '=', read.version)
    .returning('id')
    .execute()
  return rows.length === 1
}

/** A new promise takes the place of failed ones of its ticket: their ids. */
export async function cancelFailed(
  db: Db,
  ticketId: string,
  reason: string,
  now: Instant,
): Promise<string[]> {
  const rows = await db
    .updateTable('callback')
    .set((eb) => ({
      status: 'cancelled',
      cancel_reason: reason,
      version: eb('version', '+', 1),
      updated_at: now,
    }))
    .where('ticket_id', '=', ticketId)
    .where('status', '=', 'failed')
    .returning('id')
    .execute()
  return rows.map((row) => row.id)
}

export interface DueCallback {
  id: string
  assigneeId: string
  dueAt: Instant
}

const DUE_LIMIT = 2000

/**
 * The oldest due promise of every agent who is not being rung for another one: one row per agent,
 * so a pile of promises of an absent agent never hides those of the others.
 */
export async function listOldestDue(db: Db, now: Instant): Promise<DueCallback[]> {
  const rows = await db
    .selectFrom('callback as due')
    .select(['due.id', 'due.assignee_id', 'due.due_at'])
    .where('due.status', '=', 'scheduled')
    .where('due.due_at', '<=', now)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('callback as older')
            .select('older.id')
            .whereRef('older.assignee_id', '=', 'due.assignee_id')
            .where('older.status', '=', 'scheduled')
            .where((or) =>
              or.or([
                or('older.due_at', '<', or.ref('due.due_at')),
                or.and([
                  or('older.due_at', '=', or.ref('due.due_at')),
                  or('older.id', '<', or.ref('due.id')),
                ]),
              ]),
            ),
        ),
      ),
    )
    .where((eb) => eb.not(eb.exists(liveOfAssignee(eb))))
    .orderBy('due.due_at')
    .limit(DUE_LIMIT)
    .execute()
  return rows.map((row) => ({ id: row.id, assigneeId: row.assignee_id, dueAt: row.due_at }))
}

function liveOfAssignee(eb: ExpressionBuilder<Tables & { due: CallbackTable }, 'due'>) {
  return eb
    .selectFrom('callback as live')
    .select('live.id')
    .whereRef('live.assignee_id', '=', 'due.assignee_id')
    .where('live.status', '=', 'dialing')
}

/** Those of `ids` that are due and wait. */
export async function listDueAmong(db: Db, ids: string[], now: Instant): Promise<DueCallback[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('callback')
    .select(['id', 'assignee_id', 'due_at'])
    .where('id', 'in', ids)
    .where('status', '=', 'scheduled')
    .where('due_at', '<=', now)
    .execute()
  return rows.map((row) => ({ id: row.id, assigneeId: row.assignee_id, dueAt: row.due_at }))
}

/**
 * Takes due promises for dialling: the predicate is part of the update, so of two diallers over one
 * database only one gets a row, and a promise cancelled or moved meanwhile is not taken.
 */
export async function claimCallbacks(
  db: Db,
  ids: string[],
  now: Instant,
  leaseUntil: Instant,
): Promise<Callback[]> {
  const rows = await db
    .updateTable('callback')
    .set((eb) => ({
      status: 'dialing',
      lease_until: leaseUntil,
      waiting_for: null,
      attempts: eb('attempts', '+', 1),
      version: eb('version', '+', 1),
      updated_at: now,
    }))
    .where('id', 'in', ids)
    .where('status', '=', 'scheduled')
    .where('due_at', '<=', now)
    .returningAll()
    .execute()
  return rows.map(toCallback)
}

/** Gives claimed promises back: the agent's phone is taken by another attempt. */
export async function unclaimCallbacks(db: Db, ids: string[], now: Instant): Promise<void> {
  if (ids.length === 0) return
  await db
    .updateTable('callback')
    .set({ status: 'scheduled', lease_until: null, waiting_for: 'agent', updated_at: now })
    .where('id', 'in', ids)
    .where('status', '=', 'dialing')
    .execute()
}

/**
 * Says on every due promise what it waits for; the ids of those that said otherwise before. Leaves
 * `version` alone: what a person is editing did not change.
 */
export async function markWaiting(
  db: Db,
  now: Instant,
  waitingFor: 'agent' | 'pbx',
): Promise<string[]> {
  const rows = await db
    .updateTable('callback')
    .set({ waiting_for: waitingFor, updated_at: now })
    .where('status', '=', 'scheduled')
    .where('due_at', '<=', now)
    .where((eb) => eb.or([eb('waiting_for', 'is', null), eb('waiting_for', '<>', waitingFor)]))
    .returning('id')
    .execute()
  return rows.map((row) => row.id)
}

/** Whether `markWaiting` has anything to do: a read that takes no lock. */
export async function hasUnmarkedWaiting(
  db: Db,
  now: Instant,
  waitingFor: 'agent' | 'pbx',
): Promise<boolean> {
  const row = await db
    .selectFrom('callback')
    .select('id')
    .where('status', '=', 'scheduled')
    .where('due_at', '<=', now)
    .where((eb) => eb.or([eb('waiting_for', 'is', null), eb('waiting_for', '<>', waitingFor)]))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** When the next promise falls due after `now`; null when none is scheduled. */
export async function nextDueAfter(db: Db, now: Instant): Promise<Instant | null> {
  const row = await db
    .selectFrom('callback')
    .select('due_at')
    .where('status', '=', 'scheduled')
    .where('due_at', '>', now)
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst()
  return row?.due_at ?? null
}

/** Whether a lease ran out: a read that takes no lock. */
export async function hasStaleLease(db: Db, now: Instant): Promise<boolean> {
  const row = await db
    .selectFrom('callback')
    .select('id')
    .where('status', '=', 'dialing')
    .where('lease_until', '<=', now)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

const LOOKUP_LIMIT = 100

/** Takes promises whose lease ran out for a look-up, until `until`: their ids. */
export async function claimLookups(db: Db, now: Instant, until: Instant): Promise<string[]> {
  const rows = await db
    .updateTable('callback')
    .set({ lease_until: until })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('callback')
        .select('id')
        .where('status', '=', 'dialing')
        .where('lease_until', '<=', now)
        .orderBy('lease_until')
        .limit(LOOKUP_LIMIT),
    )
    .where('status', '=', 'dialing')
    .where('lease_until', '<=', now)
    .returning('id')
    .execute()
  return rows.map((row) => row.id)
}

/** Moves the lease of one promise that is being dialled. */
export async function setLease(db: Db, id: string, leaseUntil: Instant): Promise<void> {
  await db
    .updateTable('callback')
    .set({ lease_until: leaseUntil })
    .where('id', '=', id)
    .where('status', '=', 'dialing')
    .execute()
}

/** After a start: every promise in flight is looked up at the next tick. */
export async function expireLeases(db: Db, now: Instant): Promise<void> {
  await db
    .updateTable('callback')
    .set({ lease_until: now })
    .where('status', '=', 'dialing')
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '>', now)]))
    .execute()
}

function toCallback(row: Selectable<CallbackTable>): Callback {
  return {
    id: row.id,
    ticketId: row.ticket_id,
    numberRaw: row.number_raw,
    numberDial: row.number_dial,
    dueAt: row.due_at,
    status: callbackStatus.parse(row.status),
    assigneeId: row.assignee_id,
    attempts: row.attempts,
    createdBy: row.created_by,
    version: row.version,
  }
}
