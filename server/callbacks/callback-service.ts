import type { CallbackPromise, CallbackView } from '#contract/callbacks.ts'
import type { Instant } from '#contract/primitives.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { Unavailable, unprocessable } from '../errors.ts'
import type { Clock, NewId, StateFact, Telephony } from '../ports.ts'
import { checkDue, type Due, dueOf } from './callback.ts'
import { type Callback, hasTicket, type TicketPromise } from './callback-store.ts'
import type { CallbackRules } from './policy/callback-rules.ts'
import { intoHours } from './policy/calling-hours.ts'
import type { PlaceExit } from './hold/place-exit-service.ts'
import type { PromiseChange } from './promise-change-service.ts'
import type { PromiseMaking } from './promise-making-service.ts'

export interface CallbackServiceDeps {
  database: Database
  clock: Clock
  newId: NewId
  telephony: Pick<Telephony, 'status'>
  /** Promises may be due sooner than the loop knows. */
  wake: () => void
  changes: PromiseChange
  state: StateFact
  making: Pick<PromiseMaking, 'make'>
  /** Takes a caller out of the queue who keeps a place there. */
  leavePlace: PlaceExit['leave']
  rules: () => CallbackRules
  /** Until when a promise of this moment is merely late. */
  lateUntil: (promisedFor: Instant) => Instant
}

export type CallbackService = ReturnType<typeof createCallbackService>

/** What people do with promises: make, move, dial now and give up. */
export function createCallbackService(deps: CallbackServiceDeps) {
  const { database, clock } = deps
  const { act, requireView } = deps.changes

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
    const dueAt = requireDue(dueOf(asked, now, deps.rules().delayMinutes))
    const id = deps.newId()
    const view = await database.transaction(async (trx) => {
      const number = asked.number ?? null
      const { note, agreed = false } = asked
      await deps.making.make(trx, { id, maker: user, ticketId, dueAt, number, note, agreed })
      return requireView(trx.db, id)
    })
    deps.wake()
    return view
  }

  /** Moves a promise to another time within the calling hours, or to one that was agreed with the customer. */
  async function reschedule(
    user: SessionUser,
    id: string,
    asked: { version: number; dueAt: Instant; agreed?: boolean | undefined },
  ): Promise<CallbackView> {
    const { agreed = false } = asked
    const at = clock.now()
    const chosen = requireDue(checkDue(asked.dueAt, at))
    const dueAt = agreed ? chosen : intoHours(deps.rules().hours, chosen)
    const view = await act(user, id, {
      version: asked.version,
      byTalker: true,
      event: { type: 'moved', dueAt, at, agreed, lateUntil: deps.lateUntil(dueAt) },
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
    const event = { type: 'asked', at: clock.now(), by: user.id } as const
    const view = await act(user, id, {
      event,
      ofTeam: { ...event, takes: true },
      fact: (callback, actorId) => ({ ...promised(callback, actorId), type: 'promise_asked' }),
      also: async (_trx, callback) => requirePhone(user, callback),
    })
    deps.wake()
    return view
  }

  /** Gives a promise up, for good. */
  function cancel(user: SessionUser, id: string, reason: string): Promise<CallbackView> {
    return act(user, id, {
      byTalker: true,
      event: { type: 'cancelled', reason, at: clock.now() },
      before: deps.leavePlace,
      also: (trx, callback) => tellOfTeam(trx, callback, { actorId: user.id, reason }),
      fact: (callback, actorId) => ({
        ...promised(callback, actorId),
        type: 'promise_cancelled',
        reason,
      }),
    })
  }

  /** What has no ticket has no timeline: the audit keeps who gave the caller up. */
  async function tellOfTeam(
    trx: Trx,
    callback: Callback,
    dropped: { actorId: string; reason: string },
  ): Promise<void> {
    if (hasTicket(callback)) return
    await deps.state(trx, {
      type: 'missed_caller_dropped',
      promiseId: callback.id,
      ...dropped,
    })
  }

  return { promise, reschedule, dialNow, cancel }
}

function promised({ id: promiseId, ticketId }: TicketPromise, actorId: string) {
  return { promiseId, ticketId, actorId }
}

/** Who takes a promise of the team must have a phone that can be rung for it. */
function requirePhone(user: SessionUser, callback: Callback): void {
  if (hasTicket(callback) || user.extension !== null) return
  throw unprocessable('assignee', 'you have no extension to be rung on', 'no_phone_to_ring')
}

function requireDue(due: Due): Instant {
  if ('problem' in due) throw unprocessable('dueAt', due.problem)
  return due.dueAt
}
