import type { Db } from '../db/schema.ts'
import type { Trx } from '../db/transaction.ts'
import { Conflict } from '../errors.ts'
import type { Clock, StateFact } from '../ports.ts'
import type { AttemptService } from './attempt-service.ts'
import { type Callback, findCallback, listOpen } from './callback-store.ts'
import { listPromiseIds, moveToTicket } from './promise-move-store.ts'
import type { PromiseChange } from './promise-change-service.ts'
import { isRefused, next, type PromiseEvent } from './promise.ts'
import { SUPERSEDED } from './policy/verdict.ts'

export interface PromiseMovingDeps {
  clock: Clock
  changes: Pick<PromiseChange, 'save'>
  attempts: Pick<AttemptService, 'announce'>
  state: StateFact
  wake: () => void
}

/** What a merge did to promises: enough to take it back. */
export interface MovedPromises {
  /** Those that came over, with how often each had been dialled. */
  moved: { id: string; attempts: number }[]
  /** The later of two open ones, which cannot both stand on one ticket. */
  superseded: { id: string; dueAt: string } | null
}

export type PromiseMoving = ReturnType<typeof createPromiseMoving>

/** Promises follow their ticket into another one, and come back (`process.md` rows 36, 37). */
export function createPromiseMoving(deps: PromiseMovingDeps) {
  const { clock, changes, attempts, state } = deps

  /** Of two open promises the earlier due one survives, or the one that is being dialled. */
  async function move(
    trx: Trx,
    { from, into, actorId }: { from: string; into: string; actorId: string | null },
  ): Promise<MovedPromises> {
    const loser = laterOf(await openOne(trx.db, from), await openOne(trx.db, into))
    if (loser !== null) {
      await changeOne(trx, loser, { type: 'cancelled', reason: SUPERSEDED, at: clock.now() })
      const ticketId = loser.ticketId ?? from
      const fact = { promiseId: loser.id, ticketId, actorId, reason: SUPERSEDED }
      await state(trx, { type: 'promise_cancelled', ...fact })
    }
    const moved = await listPromiseIds(trx.db, from)
    const ids = moved.map(({ id }) => id)
    await moveToTicket(trx.db, ids, into)
    await attempts.announce(trx, ids)
    const superseded = loser && { id: loser.id, dueAt: loser.dueAt }
    return { moved, superseded }
  }

  /** Everything as it was before the merge; ask `whyNotBack` first. */
  async function moveBack(trx: Trx, into: string, merged: MovedPromises): Promise<void> {
    const ids = merged.moved.map(({ id }) => id)
    await moveToTicket(trx.db, ids, into)
    const { superseded } = merged
    const callback = superseded && (await findCallback(trx.db, superseded.id))
    if (superseded && callback) {
      await changeOne(trx, callback, { type: 'restored', dueAt: superseded.dueAt })
      ids.push(callback.id)
    }
    await attempts.announce(trx, [...new Set(ids)])
    trx.afterCommit(deps.wake)
  }

  async function changeOne(trx: Trx, callback: Callback, event: PromiseEvent): Promise<void> {
    const after = next(callback, event)
    if (!isRefused(after)) await changes.save(trx, callback, after)
  }

  return { move, moveBack, whyNotBack }
}

/** What keeps a merge from being taken back: a promise that came over was dialled since. */
async function whyNotBack(
  db: Db,
  { moved, superseded }: MovedPromises,
  source: string,
): Promise<string | null> {
  for (const { id, attempts: before } of moved) {
    // oxlint-disable-next-line no-await-in-loop -- the promises of one ticket
    const now = await findCallback(db, id)
    if (now !== null && now.attempts > before) return 'a promise that came with it was dialled'
  }
  if (superseded === null || moved.some(({ id }) => id === superseded.id)) return null
  const target = await findCallback(db, superseded.id)
  const ticketId = target?.ticketId ?? null
  const open = ticketId === null ? null : await openOne(db, ticketId)
  const isOurs = open ? moved.some(({ id }) => id === open.id) : true
  return isOurs ? null : `another callback is promised by now (ticket ${source} stays merged)`
}

async function openOne(db: Db, ticketId: string): Promise<Callback | null> {
  const open = await listOpen(db, ticketId)
  return open.find(({ status }) => status !== 'failed') ?? null
}

/** One that is being dialled cannot be taken back: the other one gives way; Conflict when both are. */
function laterOf(one: Callback | null, other: Callback | null): Callback | null {
  if (one === null || other === null) return null
  if (one.status === 'dialing' && other.status === 'dialing') {
    throw new Conflict('both tickets are being called back now: merge them when one call is over')
  }
  if (one.status === 'dialing') return other
  if (other.status === 'dialing') return one
  return one.dueAt < other.dueAt ? other : one
}
