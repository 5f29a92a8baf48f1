import type { PromiseReason } from '#contract/callbacks.ts'
import type { Instant } from '#contract/primitives.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { TicketStatus } from '#contract/tickets.ts'
import { dialableNumber } from '../customers/phone-number.ts'
import type { Db } from '../db/schema.ts'
import type { Trx } from '../db/transaction.ts'
import { Conflict, NotFound, unprocessable } from '../errors.ts'
import type { Clock, NewId, StateFact } from '../ports.ts'
import type { AttemptService } from './attempt-service.ts'
import { listAttempts } from './attempt-store.ts'
import { type Callback, hasTicket, insertCallback, listFailed, listOpen } from './callback-store.ts'
import { listPromisedBefore } from './got-through-store.ts'
import type { PlaceExit } from './hold/place-exit-service.ts'
import type { ReadNumber } from './ledger-store.ts'
import type { CallbackRules } from './policy/callback-rules.ts'
import { intoHours } from './policy/calling-hours.ts'
import { retryInProcess } from './policy/retry-policy.ts'
import { listFailedOfNumber } from './missed/missed-store.ts'
import { type PromiseChange, requirePossible } from './promise-change-service.ts'
import { type Heir, heirOf } from './policy/promise-heir.ts'
import { countOpenPromises } from './promise-owner-store.ts'
import { isRefused, next, type PromiseEvent } from './promise.ts'
import { SUPERSEDED } from './policy/verdict.ts'

/** What a promise needs to know of its ticket. */
export interface PromisedTicket {
  id: string
  /** The confirmed contact number, else the number that called. */
  numberRaw: string | null
  assigneeId: string | null
  status: TicketStatus
  isOpen: boolean
  /** There is a result to tell the customer. */
  awaitsAnswer: boolean
}

export interface PromiseMakingDeps {
  clock: Clock
  newId: NewId
  readNumber: ReadNumber
  attempts: Pick<AttemptService, 'announce'>
  changes: Pick<PromiseChange, 'save'>
  rules: () => CallbackRules
  state: StateFact
  wake: () => void
  /** Takes a caller out of the queue who keeps a place there. */
  leavePlaceForGood: PlaceExit['leaveForGood']
  findTicket: (db: Db, ticketId: string) => Promise<PromisedTicket | null>
  /** Everybody who works here and has a phone. */
  heirs: () => Heir[]
  /** Until when a promise of this moment is merely late. */
  lateUntil: (promisedFor: Instant) => Instant
}

/** A promise as somebody makes it; `maker` is null when the process itself does. */
export interface PromiseOrder {
  id: string
  maker: Pick<SessionUser, 'id' | 'extension'> | null
  ticketId: string
  dueAt: Instant
  number: string | null
  note: string
  /** Why the customer is called; by what its ticket waits for unless given. */
  reason?: PromiseReason
  /** The customer chose the moment: it is not moved into the calling hours. */
  agreed?: boolean
  /** One act promises it to many: the customer may be rung before an agent is. */
  byAct?: boolean
}

const REPLACED = 'replaced by a newer promise'

export type PromiseMaking = ReturnType<typeof createPromiseMaking>

/** Promises as rows, in the transaction of whoever makes, moves or gives up the work they belong to. */
export function createPromiseMaking(deps: PromiseMakingDeps) {
  const { clock, attempts, state, changes } = deps

  /**
   * Promises a callback. Throws NotFound, Conflict when the ticket is closed or has an open promise,
   * InvalidInput (422) for a number that cannot be dialled or when nobody could be rung for it.
   */
  async function make(trx: Trx, order: PromiseOrder): Promise<void> {
    const { id, maker, ticketId, note, agreed = false, byAct = false } = order
    const dueAt = agreed ? order.dueAt : intoHours(deps.rules().hours, order.dueAt)
    const ticket = await requireTicket(trx.db, ticketId)
    const number = requireNumber(order, ticket, deps.readNumber)
    const assigneeId = await requireAssignee(trx.db, maker, ticket)
    const replaced = await cancelFailed(trx, ticketId)
    const made = requirePossible(
      next(null, { type: 'made', dueAt, assigneeId, agreed, lateUntil: deps.lateUntil(dueAt) }),
    )
    const reason = order.reason ?? (ticket.awaitsAnswer ? 'result' : 'guidance')
    const why = { reason, team: 'cskh', missed: null } as const
    const row = {
      ...made,
      ...number,
      ...why,
      id,
      ticketId,
      note,
      byAct,
      createdBy: maker?.id ?? assigneeId,
    }
    if (!(await insertCallback(trx.db, { ...row, createdAt: clock.now() }))) {
      throw new Conflict('this ticket already has an open promise: move or cancel that one')
    }
    const actorId = maker?.id ?? null
    await state(trx, { type: 'promise_made', promiseId: id, ticketId, actorId, dueAt })
    await attempts.announce(trx, [id, ...replaced])
    trx.afterCommit(deps.wake)
  }

  /** As `make`, unless the ticket has an open promise: that one is the callback then. */
  async function ensure(trx: Trx, order: Omit<PromiseOrder, 'id' | 'number' | 'note'>) {
    const open = await listOpen(trx.db, order.ticketId)
    if (open.some(({ status }) => status !== 'failed')) return
    await make(trx, { ...order, id: deps.newId(), number: null, note: '' })
  }

  /**
   * One of many callbacks by which the process itself tells a result. Whom nobody can call, or a
   * ticket that is promised a callback already, is left out.
   */
  async function queue(trx: Trx, order: { ticketId: string; dueAt: Instant }): Promise<void> {
    const whose = { ...order, maker: null, reason: 'result', byAct: true } as const
    if (await isCallable(trx.db, order.ticketId)) await ensure(trx, whose)
  }

  /** Whether its customer has a number that can be called, and somebody here a phone to call from. */
  async function isCallable(db: Db, ticketId: string): Promise<boolean> {
    const { numberRaw } = await requireTicket(db, ticketId)
    const dialable = dialableNumber(numberRaw, (text) => deps.readNumber(text ?? ''))
    return !('problem' in dialable) && deps.heirs().length > 0
  }

  /** Ends what is still promised on a ticket; what is being dialled at this moment goes on. */
  async function cancelAll(
    trx: Trx,
    { ticketId, actorId, reason }: { ticketId: string; actorId: string | null; reason: string },
  ): Promise<void> {
    const cancelled = await changeAll(trx, ticketId, { type: 'cancelled', reason, at: clock.now() })
    for (const { id: promiseId } of cancelled) {
      const fact = { promiseId, ticketId, actorId, reason }
      // oxlint-disable-next-line no-await-in-loop -- one open promise, seldom a failed one beside it
      await state(trx, { type: 'promise_cancelled', ...fact })
    }
  }

  /**
   * The customer got through first, in a conversation that began at `answeredAt`: what was promised to
   * this number before, but not the promise of that very call, is kept by it. Answers the tickets whose
   * promise that was.
   */
  async function gotThrough(
    trx: Trx,
    {
      number,
      answeredAt,
      own = null,
    }: { number: string; answeredAt: Instant; own?: string | null },
  ): Promise<string[]> {
    const dialable = dialableNumber(number, (text) => deps.readNumber(text ?? ''))
    if ('problem' in dialable) return []
    const query = { numberDial: dialable.digits, before: answeredAt }
    const waiting: Callback[] = []
    for (const promise of await listPromisedBefore(trx.db, query)) {
      // oxlint-disable-next-line no-await-in-loop -- seldom more than one
      waiting.push(await deps.leavePlaceForGood(trx, promise))
    }
    const giving = { type: 'cancelled', reason: SUPERSEDED, at: clock.now() } as const
    const undecided = await listFailedOfNumber(trx.db, query)
    const others = [...waiting, ...undecided].filter(({ id }) => id !== own)
    const cancelled = await change(trx, others, giving)
    const kept = cancelled.filter(hasTicket)
    for (const { id: promiseId, ticketId } of kept) {
      const fact = { promiseId, ticketId, actorId: null, reason: SUPERSEDED }
      // oxlint-disable-next-line no-await-in-loop -- seldom more than one
      await state(trx, { type: 'promise_cancelled', ...fact })
    }
    return kept.map(({ ticketId }) => ticketId)
  }

  /**
   * The customer was not reached: the promise is due again then, whether it failed or the retry plan
   * chose another moment; a busy line is tried as soon as that plan says. One that a person gave its time
   * waits for that.
   */
  async function retry(trx: Trx, ticketId: string, dueAt: Instant): Promise<void> {
    const open = await listOpen(trx.db, ticketId)
    const waiting = open.find(({ status }) => status !== 'failed')
    const retried = waiting?.status === 'scheduled' && waiting.retries > 0 ? waiting : undefined
    // A merge can leave several: the last one that was due.
    const failed = open.toSorted((a, b) => a.dueAt.localeCompare(b.dueAt)).at(-1)
    const tried = waiting === undefined ? failed : retried
    if (tried === undefined) return
    const [last] = (await listAttempts(trx.db, [tried.id])).slice(-1)
    const again = retryInProcess(deps.rules().hours, last?.outcome ?? null, {
      now: clock.now(),
      dueAt,
    })
    await change(trx, [tried], { type: 'retried', dueAt: again })
  }

  async function changeAll(trx: Trx, ticketId: string, event: PromiseEvent): Promise<Callback[]> {
    return change(trx, await listOpen(trx.db, ticketId), event)
  }

  async function change(
    trx: Trx,
    callbacks: readonly Callback[],
    event: PromiseEvent,
  ): Promise<Callback[]> {
    const changed: Callback[] = []
    for (const callback of callbacks) {
      const after = next(callback, event)
      if (isRefused(after)) continue
      // oxlint-disable-next-line no-await-in-loop -- as above
      await changes.save(trx, callback, after)
      changed.push(callback)
    }
    await attempts.announce(
      trx,
      changed.map(({ id }) => id),
    )
    trx.afterCommit(deps.wake)
    return changed
  }

  async function requireTicket(db: Db, ticketId: string): Promise<PromisedTicket> {
    const ticket = await deps.findTicket(db, ticketId)
    if (ticket === null) throw new NotFound('ticket', ticketId)
    if (!ticket.isOpen) throw new Conflict('this ticket is closed: reopen it before promising')
    return ticket
  }

  /**
   * Who keeps the promise: whoever made it when they have a phone, else who holds the ticket; of what
   * the process makes, else who has the fewest.
   */
  async function requireAssignee(
    db: Db,
    maker: PromiseOrder['maker'],
    ticket: PromisedTicket,
  ): Promise<string> {
    if (maker !== null && maker.extension !== null) return maker.id
    const heirs = deps.heirs()
    const holder = heirs.find(({ id }) => id === ticket.assigneeId)
    if (holder !== undefined) return holder.id
    const ids = heirs.map(({ id }) => id)
    const heir = maker === null ? heirOf(heirs, null, await countOpenPromises(db, ids)) : null
    if (heir !== null) return heir.id
    throw unprocessable(
      'assignee',
      'neither you nor the person who holds this ticket has an extension to be rung on',
      'no_phone_to_ring',
    )
  }

  /** A new promise takes the place of failed ones of its ticket: their ids. */
  async function cancelFailed(trx: Trx, ticketId: string): Promise<string[]> {
    const failed = await listFailed(trx.db, ticketId)
    const replacing = { type: 'cancelled', reason: REPLACED, at: clock.now() } as const
    for (const callback of failed) {
      // oxlint-disable-next-line no-await-in-loop -- one connection, and hardly ever two
      await changes.save(trx, callback, requirePossible(next(callback, replacing)))
    }
    return failed.map(({ id }) => id)
  }

  return { make, ensure, queue, isCallable, cancelAll, retry, gotThrough }
}

/** Throws InvalidInput (422), which says whether it is the ticket that has no number, or what is wrong with it. */
function requireNumber(
  order: Pick<PromiseOrder, 'number'>,
  ticket: Pick<PromisedTicket, 'numberRaw'>,
  readNumber: ReadNumber,
): { numberRaw: string; numberDial: string } {
  const raw = order.number ?? ticket.numberRaw
  const dialable = dialableNumber(raw, (text) => readNumber(text ?? ''))
  if (!('problem' in dialable)) {
    return { numberRaw: raw ?? dialable.digits, numberDial: dialable.digits }
  }
  const code = order.number === null ? 'contactNumber_missing' : dialable.code
  throw unprocessable('number', dialable.problem, code)
}
