import type { CallbackOutcome, CallbackPromise, CallbackView } from '#contract/callbacks.ts'
import type { Instant } from '#contract/primitives.ts'
import type { SessionUser } from '#contract/staff.ts'
import { dialableNumber } from '../customers/phone-number.ts'
import type { Db } from '../db/schema.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { Conflict, NotFound, Unavailable, unprocessable } from '../errors.ts'
import type { Clock, NewId, StateFact, Telephony } from '../ports.ts'
import type { AttemptService } from './attempt-service.ts'
import { checkDue, type Due, dueOf } from './callback.ts'
import { correctLastAttempt } from './attempt-store.ts'
import { type Callback, insertCallback, listFailed } from './callback-store.ts'
import type { ReadNumber } from './ledger-store.ts'
import { type PromiseChange, requirePossible } from './promise-change-service.ts'
import { next } from './promise.ts'

/** What a promise needs to know of its ticket. */
export interface PromisedTicket {
  id: string
  numberRaw: string | null
  assigneeId: string | null
  isOpen: boolean
}

export interface CallbackServiceDeps {
  readNumber: ReadNumber
  database: Database
  clock: Clock
  newId: NewId
  telephony: Pick<Telephony, 'status'>
  attempts: Pick<AttemptService, 'announce'>
  /** Promises may be due sooner than the loop knows. */
  wake: () => void
  changes: PromiseChange
  state: StateFact
  findTicket: (db: Db, ticketId: string) => Promise<PromisedTicket | null>
  staffById: (staffId: string) => Pick<SessionUser, 'id' | 'extension'> | null
  /** CALLBACK_DELAY_MINUTES: when a promise names no time. */
  delayMinutes: number
}

const REPLACED = 'replaced by a newer promise'

export type CallbackService = ReturnType<typeof createCallbackService>

/** What people do with promises: make, move, dial now and give up. */
export function createCallbackService(deps: CallbackServiceDeps) {
  const { database, clock, attempts, state } = deps
  const { act, save, requireView } = deps.changes

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
      const number = requireNumber(asked.number ?? ticket.numberRaw, deps.readNumber)
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
      byTalker: true,
      event: { type: 'moved', dueAt },
      fact: (callback, actorId) => ({
        ...promised(callback, actorId),
        type: 'promise_moved',
        dueAt,
      }),
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
      byTalker: true,
      event: { type: 'cancelled', reason },
      fact: (callback, actorId) => ({
        ...promised(callback, actorId),
        type: 'promise_cancelled',
        reason,
      }),
    })
  }

  /** How the last attempt really went, or that the customer needs no call any more. */
  async function giveOutcome(
    user: SessionUser,
    id: string,
    asked: CallbackOutcome,
  ): Promise<CallbackView> {
    const { version, outcome, note } = asked
    return act(user, id, {
      version,
      byTalker: true,
      event: { type: 'outcome_given', outcome },
      also: (trx, callback) => correctLastAttempt(trx.db, callback.id, outcome, user.id),
      fact: (callback, actorId) => ({
        ...promised(callback, actorId),
        type: 'promise_outcome_given',
        outcome,
        note,
      }),
    })
  }

  return { promise, reschedule, dialNow, cancel, giveOutcome }
}

function promised({ id: promiseId, ticketId }: Callback, actorId: string) {
  return { promiseId, ticketId, actorId }
}

function requireDue(due: Due): Instant {
  if ('problem' in due) throw unprocessable('dueAt', due.problem)
  return due.dueAt
}

function requireNumber(
  raw: string | null,
  readNumber: ReadNumber,
): { numberRaw: string; numberDial: string } {
  const dialable = dialableNumber(raw, (text) => readNumber(text ?? ''))
  if ('problem' in dialable) throw unprocessable('number', dialable.problem)
  return { numberRaw: raw ?? dialable.digits, numberDial: dialable.digits }
}
