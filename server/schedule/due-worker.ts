import type { Instant } from '#contract/primitives.ts'
import { errorClass } from '../db/error-class.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { messageOf } from '../errors.ts'
import type { Logger } from '../logger.ts'
import type { Clock } from '../ports.ts'
import { plusMs } from '../time.ts'
import type { RetryPolicy } from './back-off.ts'
import {
  type Claimed,
  claimDue,
  type ClaimOrder,
  type DueClaim,
  type DueTable,
  failDue,
  finishDue,
  releaseDue,
} from './due-store.ts'
import type { SetAsideService } from './set-aside-service.ts'

export interface DueWork<T extends DueTable> extends Pick<
  ClaimOrder<T>,
  'table' | 'where' | 'orderBy' | 'limit'
> {
  /** What the rows are, for the log and for what is set aside. */
  kind: string
  /** How long a taken row is left alone by other processes: longer than doing all of them takes. */
  leaseMs: number
  policy: RetryPolicy
  /**
   * Does one row in the transaction that finishes it, so both happen or neither. The row is locked
   * before it and is nobody else's until the end; must be safe to repeat. A throw gives the row back
   * for later, and after `policy.mostTries` sets it aside.
   */
  doRow: (trx: Trx, row: Claimed<T>['row']) => Promise<void>
}

export interface DueWorkerDeps {
  database: Database
  clock: Clock
  logger: Logger
  /** The id of this process, new at each start. */
  owner: string
  setAside: Pick<SetAsideService, 'recordIn'>
}

export interface DueWorkDone {
  taken: number
  done: number
}

export type DueWorker = ReturnType<typeof createDueWorker>

/** Somebody else took the row after this owner's lease had run out. */
class ClaimLost extends Error {
  override readonly name = 'ClaimLost'
}

/** Takes due rows and does them one after the other, each in one transaction. */
export function createDueWorker(deps: DueWorkerDeps) {
  const { database, clock, logger, owner } = deps

  /**
   * One look: takes at most `limit` rows and does them. Throws the database's own trouble, after
   * giving back what it can; every other error is a row's own and stays with it.
   */
  async function work<T extends DueTable>(order: DueWork<T>, now: Instant): Promise<DueWorkDone> {
    const { mostTries } = order.policy
    const claimed = await database.transaction((trx) =>
      claimDue(trx.db, {
        table: order.table,
        where: order.where,
        limit: order.limit,
        ...(order.orderBy === undefined ? {} : { orderBy: order.orderBy }),
        owner,
        now,
        leaseUntil: plusMs(now, order.leaseMs),
        mostTries,
      }),
    )
    let done = 0
    for (const one of claimed) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other: each writes
      if (await doOne(order, one)) done += 1
    }
    return { taken: claimed.length, done }
  }

  async function doOne<T extends DueTable>(
    order: DueWork<T>,
    { claim, tries, row }: Claimed<T>,
  ): Promise<boolean> {
    try {
      await database.transaction(async (trx) => {
        if (!(await finishDue(trx.db, claim))) throw new ClaimLost(`${claim.table} ${claim.id}`)
        await order.doRow(trx, row)
      })
      return true
    } catch (error) {
      if (error instanceof ClaimLost) {
        logger.warn({ kind: order.kind, subject: claim.id }, 'another process has taken a due row')
      } else if (errorClass(error) === 'weather') {
        await giveBack(claim)
        throw error
      } else {
        await giveUp(order, claim, tries, error)
      }
      return false
    }
  }

  /** A database that cannot do this either lets the lease run out. */
  async function giveBack(claim: DueClaim): Promise<void> {
    await database.transaction((trx) => releaseDue(trx.db, claim)).catch(() => undefined)
  }

  async function giveUp<T extends DueTable>(
    { kind, policy }: DueWork<T>,
    claim: DueClaim,
    triesBefore: number,
    error: unknown,
  ): Promise<void> {
    const reason = messageOf(error)
    const failure = { tries: triesBefore, error: reason, now: clock.now(), policy }
    logger.warn({ err: error, kind, subject: claim.id }, 'a due row could not be done')
    await database.transaction(async (trx) => {
      const became = await failDue(trx.db, claim, failure)
      if (became.kind !== 'set_aside') return
      const detail = `tried ${became.tries} times\n${error instanceof Error ? (error.stack ?? '') : ''}`
      await deps.setAside.recordIn(trx, { kind, subject: claim.id, reason, detail })
    })
  }

  return { work }
}
