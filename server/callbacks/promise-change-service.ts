import type { CallbackView } from '#contract/callbacks.ts'
import type { SessionUser } from '#contract/staff.ts'
import { isUniqueViolation } from '../db/database.ts'
import type { Db } from '../db/schema.ts'
import type { Database, Trx } from '../db/transaction.ts'
import type { PromiseFact } from './promise-fact.ts'
import { Conflict, Forbidden, NotFound } from '../errors.ts'
import type { Clock, StateFact } from '../ports.ts'
import type { AttemptService } from './attempt-service.ts'
import {
  type Callback,
  findCallback,
  hasTicket,
  savePromise,
  type TicketPromise,
} from './callback-store.ts'
import { readViews, type Reading } from './ledger-store.ts'
import { isCallWithPromised } from './promise-owner-store.ts'
import { isRefused, next, type PromiseEvent, type PromiseState } from './promise.ts'

export interface PromiseChangeDeps extends Reading {
  database: Database
  clock: Clock
  attempts: Pick<AttemptService, 'announce'>
  state: StateFact
  /** The call that this phone talks on now. */
  talkingOn: (extension: string) => string | null
}

/** One action of a person on one promise. */
export interface PromiseAction {
  /** What is asked, or how it is known of the promise as it is then. */
  event: PromiseEvent | ((db: Db, before: Callback) => Promise<PromiseEvent>)
  /** The version that was read; not asked for when left out. */
  version?: number
  /** Whoever talks to the customer may do this too. */
  byTalker?: boolean
  /** Who else may, besides its owner and who made it. */
  mayAlso?: (db: Db, before: Callback) => Promise<boolean>
  /** The event for a promise of the team, which has no ticket yet. */
  ofTeam?: PromiseEvent
  /** What its ticket is told. */
  fact?: (before: TicketPromise, actorId: string) => PromiseFact
  /** Makes it possible, as by taking a caller out of the queue: the promise as it is then. */
  before?: (trx: Trx, before: Callback) => Promise<Callback>
  /** What else is written with it. */
  also?: (trx: Trx, before: Callback) => Promise<void>
  /** Who, besides its owner, is told of it. */
  tell?: (before: Callback) => string[]
}

const STALE = 'the promise was changed by somebody else: read it again'

export type PromiseChange = ReturnType<typeof createPromiseChange>

/** Changes a promise as a person asked: it exists, is theirs, is possible in its state; then told. */
export function createPromiseChange(deps: PromiseChangeDeps) {
  const { database, clock, attempts, state } = deps

  async function act(user: SessionUser, id: string, action: PromiseAction): Promise<CallbackView> {
    try {
      return await database.transaction((trx) => actIn(trx, user, id, action))
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      throw new Conflict('this ticket has another open promise by now: move or cancel that one')
    }
  }

  async function actIn(
    trx: Trx,
    user: SessionUser,
    id: string,
    action: PromiseAction,
  ): Promise<CallbackView> {
    const found = await findCallback(trx.db, id)
    if (found === null) throw new NotFound('callback', id)
    await requireTheirs(trx.db, user, found, action)
    const callback = (await action.before?.(trx, found)) ?? found
    const after = requirePossible(next(callback, await eventOf(trx.db, callback, action)))
    if (action.version !== undefined && callback.version !== action.version) {
      throw new Conflict(STALE)
    }
    await save(trx, callback, after)
    await action.also?.(trx, callback)
    const fact = hasTicket(callback) ? action.fact?.(callback, user.id) : undefined
    if (fact !== undefined) await state(trx, fact)
    await attempts.announce(trx, [id], action.tell?.(callback))
    return requireView(trx.db, id)
  }

  async function requireTheirs(
    db: Db,
    user: SessionUser,
    callback: Callback,
    { byTalker = false, mayAlso }: PromiseAction,
  ): Promise<void> {
    if (user.role !== 'agent' || !hasTicket(callback)) return
    if (callback.assigneeId === user.id || callback.createdBy === user.id) return
    if ((await mayAlso?.(db, callback)) === true) return
    const callId = byTalker && user.extension !== null ? deps.talkingOn(user.extension) : null
    if (callId !== null && (await isCallWithPromised(db, callId, callback))) return
    throw new Forbidden('this promise belongs to another agent')
  }

  async function save(trx: Trx, before: Callback, after: PromiseState): Promise<void> {
    if (after === before) return
    if (!(await savePromise(trx.db, before, after, clock.now()))) throw new Conflict(STALE)
  }

  async function requireView(db: Db, id: string): Promise<CallbackView> {
    const [view] = await readViews(db, [id], deps)
    if (view === undefined) throw new NotFound('callback', id)
    return view
  }

  return { act, save, requireView }
}

async function eventOf(
  db: Db,
  callback: Callback,
  { event, ofTeam }: PromiseAction,
): Promise<PromiseEvent> {
  const asked = hasTicket(callback) ? event : (ofTeam ?? event)
  return typeof asked === 'function' ? asked(db, callback) : asked
}

/** Conflict with the rules' own sentence when they refuse. */
export function requirePossible(result: ReturnType<typeof next>): PromiseState {
  if (isRefused(result)) throw new Conflict(result.refused)
  return result
}
