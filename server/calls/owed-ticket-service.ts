import type { Instant } from '#contract/primitives.ts'
import type { Database, Trx } from '../db/transaction.ts'
import type { Clock, StateFact } from '../ports.ts'
import type { DueWorker } from '../schedule/due-worker.ts'
import { laterOf, plusMs } from '../time.ts'
import { parseState } from './call-store.ts'
import { hasTicket, isOwedSince, listOwed, type OwedCall } from './owed-ticket-store.ts'

export interface OwedTicketDeps {
  database: Database
  clock: Clock
  /** The schedule's: takes due rows, does them, gives back what fails. */
  work: DueWorker['work']
  state: StateFact
}

/** The usual way has this long: the answer's own transaction may still be waiting. */
const GRACE_MS = 10_000
const AT_ONCE = 50
const LEASE_MS = 60_000
const POLICY = { firstMs: 10_000, longestMs: 600_000, mostTries: 5 }

export type OwedTicketService = ReturnType<typeof createOwedTicketService>

/**
 * The tickets that answered hotline conversations are owed: found by a query of the calls, so that
 * no failed commit, crash or poisoned event costs one (`design.md` §5 rule 10).
 */
export function createOwedTicketService({ database, clock, work, state }: OwedTicketDeps) {
  /** One look: opens what is owed at `now`, at most 50 tickets. Takes no lock when nothing is. */
  async function sweep(now: Instant = clock.now()): Promise<void> {
    const next = await nextDueAt()
    if (next === null || next > now) return
    await work(
      {
        kind: 'owed_ticket',
        table: 'call',
        where: isOwedSince(plusMs(now, -GRACE_MS)),
        orderBy: 'ticket_moment_at',
        limit: AT_ONCE,
        leaseMs: LEASE_MS,
        policy: POLICY,
        doRow: (trx, row) => openFor(trx, row),
      },
      now,
    )
  }

  async function openFor(trx: Trx, { id, state: stored }: { id: string; state: string }) {
    const call = parseState(stored)
    await state(trx, { type: 'ticket_owed', callId: id, call, at: clock.now() })
    if (!(await hasTicket(trx.db, id))) throw new Error('nobody opened the ticket that is owed')
  }

  /** When the next owed ticket is to be opened; null when none is owed. */
  async function nextDueAt(): Promise<Instant | null> {
    const owed = await listOwed(database.db, POLICY.mostTries)
    return owed.map(openedFrom).toSorted()[0] ?? null
  }

  return { sweep, nextDueAt }
}

function openedFrom({ momentAt, retryAt, leaseUntil }: OwedCall): Instant {
  const atLeast = plusMs(momentAt, GRACE_MS)
  return laterOf(laterOf(atLeast, retryAt ?? atLeast), leaseUntil ?? atLeast)
}
