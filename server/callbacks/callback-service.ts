import type { CallbackPromise, CallbackView } from '#contract/callbacks.ts'
import type { Instant } from '#contract/primitives.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { PromiseFact } from '../domain-fact.ts'
import { dialableNumber } from '../customers/phone-number.ts'
import { isUniqueViolation } from '../db/database.ts'
import type { Db } from '../db/schema.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { Conflict, Forbidden, NotFound, Unavailable, unprocessable } from '../errors.ts'
import type { Clock, NewId, StateFact, Telephony } from '../ports.ts'
import type { AttemptService } from './attempt-service.ts'
import { checkDue, type Due, dueOf } from './callback.ts'
import {
  type Callback,
  findCallback,
  insertCallback,
  listFailed,
  savePromise,
} from './callback-store.ts'
import { readViews, type ReadNumber } from './ledger-store.ts'
import { isRefused, next, type PromiseEvent, type PromiseState } from './promise.ts'

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
  attempts: Pick<AttemptService, 'announce'>
  /** Promises may be due sooner than the loop knows. */
  wake: () => void
  readNumber: ReadNumber
  state: StateFact
  findTicket: (db: Db, ticketId: string) => Promise<PromisedTicket | null>
  staffById: (staffId: string) => Pick<SessionUser, 'id' | 'extension'> | null
  /** CALLBACK_DELAY_MINUTES: when a promise names no time. */
  delayMinutes: number
}

const REPLACED = 'replaced by a newer promise'
const STALE = 'the promise was changed by somebody else: read it again'

export type CallbackService = ReturnType<typeof createCallbackService>

/** What people do with promises: make, move, dial now and give up. */
export function createCallbackService(deps: CallbackServiceDeps) {
  const { database, clock, attempts, readNumber, state } = deps

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
      const replaced = await cancelFailed(trx, ticketId)
      const made = requirePossible(next(null, { type: 'made', dueAt, assigneeId }))
      const row = { ...made, ...number, id, ticketId, note: asked.note }
      if (!(await insertCallback(trx.db, { ...row, createdBy: user.id, createdAt: now }))) {
        throw new Conflict('this ticket already has an open promise: move or cancel that one')
      }
      await state(trx, { type: 'promise_made', promiseId: id, ticketId, actorId: user.id, dueAt })
      await attempts.announce(trx, [id, ...replaced])
      return requireView(trx.db, id)
    })
    deps.wake()
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

  /** A new promise takes the place of failed ones of its ticket: their ids. */
  async function cancelFailed(trx: Trx, ticketId: string): Promise<string[]> {
    const failed = await listFailed(trx.db, ticketId)
    const replacing = { type: 'cancelled', reason: REPLACED } as const
    for (const callback of failed) {
      // oxlint-disable-next-line no-await-in-loop -- one connection, and hardly ever two
      await save(trx, callback, requirePossible(next(callback, replacing)))
    }
    return failed.map(({ id }) => id)
  }

  /** Moves a promise to another time; a failed one is scheduled again. */
  async function reschedule(
    user: SessionUser,
    id: string,
    asked: { version: number; dueAt: Instant },
  ): Promise<CallbackView> {
    const dueAt = requireDue(checkDue(asked.dueAt, clock.now()))
    const view = await act(user, id, {
      version: asked.version,
      event: { type: 'moved', dueAt },
      fact: (promised) => ({ ...promised, type: 'promise_moved', dueAt }),
    })
    deps.wake()
    return view
  }

  /** Dials as soon as the agent's phone is free; refused when no PBX is ready, never held for later. */
  async function dialNow(user: SessionUser, id: string): Promise<CallbackView> {
    const connected = deps.telephony.status().filter((pbx) => pbx.link === 'ready')
    if (connected.length === 0) throw new Unavailable('no PBX is connected: nothing was dialled')
    if (connected.every((pbx) => pbx.mayDial === false)) {
      throw new Unavailable(
        'the dialplan of the PBX is too old to dial promises: nothing was dialled',
      )
    }
    const view = await act(user, id, { event: { type: 'asked', at: clock.now(), by: user.id } })
    deps.wake()
    return view
  }

  /** Gives a promise up, for good. */
  function cancel(user: SessionUser, id: string, reason: string): Promise<CallbackView> {
    return act(user, id, {
      event: { type: 'cancelled', reason },
      fact: (promised) => ({ ...promised, type: 'promise_cancelled', reason }),
    })
  }

  /** One action on one promise: exists, is theirs, is possible in its state; then told to people. */
  async function act(user: SessionUser, id: string, action: Action): Promise<CallbackView> {
    try {
      return await database.transaction(async (trx) => {
        const callback = await findCallback(trx.db, id)
        if (callback === null) throw new NotFound('callback', id)
        requireOwn(user, callback)
        const after = requirePossible(next(callback, action.event))
        if (action.version !== undefined && callback.version !== action.version) {
          throw new Conflict(STALE)
        }
        await save(trx, callback, after)
        const { ticketId } = callback
        const fact = action.fact?.({ promiseId: id, ticketId, actorId: user.id })
        if (fact !== undefined) await state(trx, fact)
        await attempts.announce(trx, [id])
        return requireView(trx.db, id)
      })
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      throw new Conflict('this ticket has another open promise by now: move or cancel that one')
    }
  }

  async function save(trx: Trx, before: Callback, after: PromiseState): Promise<void> {
    if (!(await savePromise(trx.db, before, after, clock.now()))) throw new Conflict(STALE)
  }

  async function requireView(db: Db, id: string): Promise<CallbackView> {
    const [view] = await readViews(db, [id], readNumber)
    if (view === undefined) throw new NotFound('callback', id)
    return view
  }

  return { promise, reschedule, dialNow, cancel }
}

interface Action {
  event: PromiseEvent
  /** The version that was read; not asked for when left out. */
  version?: number
  fact?: (promised: { promiseId: string; ticketId: string; actorId: string }) => PromiseFact
}

function requirePossible(result: ReturnType<typeof next>): PromiseState {
  if (isRefused(result)) throw new Conflict(result.refused)
  return result
}

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
