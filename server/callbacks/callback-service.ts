import type { CallbackPromise, CallbackQuery, CallbackView } from '#contract/callbacks.ts'
import type { Instant } from '#contract/primitives.ts'
import type { SessionUser } from '#contract/staff.ts'
import { dialableNumber } from '../customers/phone-number.ts'
import { isUniqueViolation } from '../db/database.ts'
import type { Db } from '../db/schema.ts'
import type { Database, Trx } from '../db/transaction.ts'
import {
  Conflict,
  Forbidden,
  InvalidInput,
  NotFound,
  Unavailable,
  unprocessable,
} from '../errors.ts'
import type { Clock, NewId, Telephony } from '../ports.ts'
import type { AttemptService, NoteOnTicket } from './attempt-service.ts'
import {
  type CallbackAction,
  checkDue,
  type Due,
  dueOf,
  mayAct,
  OPEN_STATUSES,
  whyNot,
} from './callback.ts'
import {
  type Callback,
  type CallbackChange,
  cancelFailed,
  changeCallback,
  findCallback,
  insertCallback,
} from './callback-store.ts'
import {
  countDue,
  type LedgerFilter,
  listLedger,
  readViews,
  type ReadNumber,
} from './ledger-store.ts'

/** What a promise needs to know of its ticket. */
export interface PromisedTicket {
  id: string
  numberRaw: string | null
  assigneeId: string | null
  isOpen: boolean
}

export interface CallbackServiceDeps {
  database: Database
  clock: Clock
  newId: NewId
  telephony: Pick<Telephony, 'status'>
  attempts: AttemptService
  /** Told about promises that may be due at once; `ask` also overrides the assignee's pause. */
  dialer: { wake: () => void; ask: (callbackId: string) => void }
  readNumber: ReadNumber
  noteOnTicket: NoteOnTicket
  findTicket: (db: Db, ticketId: string) => Promise<PromisedTicket | null>
  staffById: (staffId: string) => SessionUser | null
  /** CALLBACK_DELAY_MINUTES: when a promise names no time. */
  delayMinutes: number
}

const REPLACED = 'replaced by a newer promise'
const DESK_LIMIT = 200

export type CallbackService = ReturnType<typeof createCallbackService>

/** The promise ledger: making, moving, dialling now and giving up promises. */
export function createCallbackService(deps: CallbackServiceDeps) {
  const { database, clock, attempts, readNumber } = deps

  /**
   * Promises a callback on a ticket. Conflict when the ticket is closed or has an open promise,
   * InvalidInput (422) for a number or time that cannot be kept.
   */
  async function promise(
    user: SessionUser,
    ticketId: string,
    asked: CallbackPromise,
  ): Promise<CallbackView> {
    const now = clock.now()
    const dueAt = requireDue(dueOf(asked, now, deps.delayMinutes))
    const id = deps.newId()
    const view = await database.transaction(async (trx) => {
      const ticket = await requireTicket(trx.db, ticketId)
      const number = requireNumber(asked.number ?? ticket.numberRaw)
      const assigneeId = requireAssignee(user, ticket)
      const superseded = await cancelFailed(trx.db, ticketId, REPLACED, now)
      const promised = { id, ticketId, dueAt, assigneeId, note: asked.note, ...number }
      const row = { ...promised, createdBy: user.id, createdAt: now }
      if (!(await insertCallback(trx.db, row))) {
        throw new Conflict('this ticket already has an open promise: move or cancel that one')
      }
      await noteDue(trx, user, { id, ticketId, dueAt })
      await attempts.announce(trx, [id, ...superseded])
      return requireView(trx.db, id)
    })
    deps.dialer.wake()
    return view
  }

  async function requireTicket(db: Db, ticketId: string): Promise<PromisedTicket> {
    const ticket = await deps.findTicket(db, ticketId)
    if (ticket === null) throw new NotFound('ticket', ticketId)
    if (!ticket.isOpen) throw new Conflict('this ticket is closed: reopen it before promising')
    return ticket
  }

  /** Who keeps the promise: whoever made it when they have a phone, else who holds the ticket. */
  function requireAssignee(user: SessionUser, ticket: PromisedTicket): string {
    if (user.extension !== null) return user.id
    const holder = ticket.assigneeId === null ? null : deps.staffById(ticket.assigneeId)
    if (holder !== null && holder.extension !== null) return holder.id
    throw unprocessable(
      'assignee',
      'neither you nor the person who holds this ticket has an extension to be rung on',
    )
  }

  async function list(
    user: SessionUser,
    query: CallbackQuery,
  ): Promise<{ items: CallbackView[]; nextCursor: string | null }> {
    const isOwnOnly = user.role === 'agent' || query.mine === '1'
    const filter: LedgerFilter = {
      ...statusFilter(query.status),
      assigneeId: isOwnOnly ? user.id : null,
      after: query.cursor === undefined ? null : readCursor(query.cursor),
      limit: query.limit + 1,
    }
    const found = await listLedger(database.db, filter, readNumber)
    const items = found.slice(0, query.limit)
    const last = items.at(-1)
    const more = found.length > query.limit && last !== undefined
    return { items, nextCursor: more ? `${last.dueAt}~${last.id}` : null }
  }

  async function reschedule(
    user: SessionUser,
    id: string,
    asked: { version: number; dueAt: Instant },
  ): Promise<CallbackView> {
    const dueAt = requireDue(checkDue(asked.dueAt, clock.now()))
    const view = await act(user, id, 'reschedule', async (trx, callback) => {
      if (callback.version !== asked.version) throw new Conflict(STALE)
      await change(trx, callback, { status: 'scheduled', dueAt, waitingFor: null })
      await noteDue(trx, user, { id, ticketId: callback.ticketId, dueAt })
    })
    deps.dialer.wake()
    return view
  }

  /** Dials as soon as the agent's phone is free; refused when no PBX is ready, never held for later. */
  async function dialNow(user: SessionUser, id: string): Promise<CallbackView> {
    if (!deps.telephony.status().some((pbx) => pbx.link === 'ready')) {
      throw new Unavailable('no PBX is connected: nothing was dialled')
    }
    const now = clock.now()
    let isAssignee = false
    const view = await act(user, id, 'dial', async (trx, callback) => {
      isAssignee = callback.assigneeId === user.id
      const dueAt = callback.dueAt < now ? callback.dueAt : now
      await change(trx, callback, { status: 'scheduled', dueAt, waitingFor: null })
    })
    if (isAssignee) deps.dialer.ask(id)
    else deps.dialer.wake()
    return view
  }

  async function cancel(user: SessionUser, id: string, reason: string): Promise<CallbackView> {
    return act(user, id, 'cancel', async (trx, callback) => {
      await change(trx, callback, {
        status: 'cancelled',
        waitingFor: null,
        cancelReason: reason,
      })
      await deps.noteOnTicket(trx, {
        ticketId: callback.ticketId,
        actorId: user.id,
        kind: 'callback_ended',
        note: reason,
        fields: { callbackId: id, outcome: 'cancelled' },
      })
    })
  }

  /** One action on one promise: exists, is theirs, is possible in its state; then told to people. */
  async function act(
    user: SessionUser,
    id: string,
    action: CallbackAction,
    work: (trx: Trx, callback: Callback) => Promise<void>,
  ): Promise<CallbackView> {
    try {
      return await database.transaction(async (trx) => {
        const callback = await findCallback(trx.db, id)
        if (callback === null) throw new NotFound('callback', id)
        requireOwn(user, callback)
        if (!mayAct(callback.status, action)) throw new Conflict(whyNot(callback.status, action))
        await work(trx, callback)
        await attempts.announce(trx, [id])
        return requireView(trx.db, id)
      })
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      throw new Conflict('this ticket has another open promise by now: move or cancel that one')
    }
  }

  async function change(trx: Trx, callback: Callback, wanted: CallbackChange): Promise<void> {
    const changed = await changeCallback(trx.db, callback, wanted, clock.now())
    if (!changed) throw new Conflict(STALE)
  }

  function noteDue(
    trx: Trx,
    user: SessionUser,
    promised: { id: string; ticketId: string; dueAt: Instant },
  ): Promise<void> {
    return deps.noteOnTicket(trx, {
      ticketId: promised.ticketId,
      actorId: user.id,
      kind: 'callback_promised',
      note: '',
      fields: { callbackId: promised.id, dueAt: promised.dueAt },
    })
  }

  async function requireView(db: Db, id: string): Promise<CallbackView> {
    const [view] = await readViews(db, [id], readNumber)
    if (view === undefined) throw new NotFound('callback', id)
    return view
  }

  /** Everything this person still has to keep or decide, soonest first; for the desk. */
  function openOf(staffId: string): Promise<CallbackView[]> {
    const filter = {
      statuses: OPEN_STATUSES,
      order: 'asc',
      after: null,
      limit: DESK_LIMIT,
    } as const
    return listLedger(database.db, { ...filter, assigneeId: staffId }, readNumber)
  }

  /** Every promise of one ticket, newest due first. */
  function ofTicket(ticketId: string): Promise<CallbackView[]> {
    const filter: LedgerFilter = {
      ...statusFilter(undefined),
      assigneeId: null,
      ticketId,
      after: null,
      limit: DESK_LIMIT,
    }
    return listLedger(database.db, filter, readNumber)
  }

  /** How many of this person's promises are due and not kept. */
  function dueCount(staffId: string): Promise<number> {
    return countDue(database.db, staffId, clock.now())
  }

  return {
    promise,
    list,
    reschedule,
    dialNow,
    cancel,
    openOf,
    ofTicket,
    dueCount,
    onCallProgress: attempts.onCallProgress,
  }
}

const STALE = 'the promise was changed by somebody else: read it again'

function requireDue(due: Due): Instant {
  if ('problem' in due) throw unprocessable('dueAt', due.problem)
  return due.dueAt
}

function requireNumber(raw: string | null): { numberRaw: string; numberDial: string } {
  const dialable = dialableNumber(raw)
  if ('problem' in dialable) throw unprocessable('number', dialable.problem)
  return { numberRaw: raw ?? dialable.digits, numberDial: dialable.digits }
}

function requireOwn(user: SessionUser, callback: Callback): void {
  if (user.role !== 'agent') return
  if (callback.assigneeId === user.id || callback.createdBy === user.id) return
  throw new Forbidden('this promise belongs to another agent')
}

function statusFilter(status: CallbackQuery['status']): Pick<LedgerFilter, 'statuses' | 'order'> {
  switch (status) {
    case 'open':
      return { statuses: OPEN_STATUSES, order: 'asc' }
    case 'scheduled':
    case 'dialing':
    case 'failed':
      return { statuses: [status], order: 'asc' }
    case 'done':
    case 'cancelled':
      return { statuses: [status], order: 'desc' }
    case undefined:
      return { statuses: [...OPEN_STATUSES, 'done', 'cancelled'], order: 'desc' }
  }
}

function readCursor(cursor: string): { dueAt: Instant; id: string } {
  const [, dueAt, id] = /^([\dT:.-]+Z)~(.+)$/.exec(cursor) ?? []
  if (dueAt !== undefined && id !== undefined) return { dueAt, id }
  const message = 'is not a cursor of this list: take nextCursor of the page before'
  throw new InvalidInput(message, [{ path: 'cursor', message }])
}
