import type { Instant } from '#contract/primitives.ts'
import { intakeChannel, ticketStatus } from '#contract/tickets.ts'
import type { DayHours } from '../callbacks/policy/calling-hours.ts'
import type { Db } from '../db/schema.ts'
import type { Database } from '../db/transaction.ts'
import { errorClass } from '../db/error-class.ts'
import type { Logger } from '../logger.ts'
import type { Clock, StateFact } from '../ports.ts'
import { readAgreedChannel } from '../process/case-record.ts'
import { replyChannel } from '../process/objections.ts'
import { isReleased } from '../process/release.ts'
import { plusMs } from '../time.ts'
import { callbackDueAt, nextCallbackFrom } from './callback-pace.ts'
import * as store from './release-store.ts'

export interface ReleaseDeps {
  database: Database
  clock: Clock
  logger: Logger
  /** Takes `outage_child_due`. */
  state: StateFact
  /** Whether this ticket's customer can be called at all. */
  isCallable: (db: Db, ticketId: string) => Promise<boolean>
  /** Released children are called back within these. */
  callingHours: () => DayHours
}

type Parent = Awaited<ReturnType<typeof store.selectUnreleased>>[number]
type Child = Awaited<ReturnType<typeof store.selectChildren>>[number]

/** So many tickets per look, each in a transaction of its own: on SQLite nothing else runs meanwhile. */
const AT_ONCE = 2
const RETRY_MS = 60_000

export type ReleaseService = ReturnType<typeof createReleaseService>

/**
 * Lets the children of outages that have ended go on, some at a time. What is left to do are the rows
 * themselves: tickets with a parent that has ended. A crash between two of them loses none.
 */
export function createReleaseService(deps: ReleaseDeps) {
  const { database, clock, logger, state } = deps
  /** What failed is left aside for a while, so that it keeps nobody else waiting. */
  const passedOver = new Map<string, { afterId: string; retryAt: Instant | null }>()

  /** One look: releases the next children of every parent. */
  async function sweep(now: Instant = clock.now()): Promise<void> {
    for (const parent of await store.selectUnreleased(database.db)) {
      // oxlint-disable-next-line no-await-in-loop -- one connection
      if (!isWaiting(parent, now)) await releaseSome(parent, now)
    }
  }

  async function releaseSome(parent: Parent, now: Instant): Promise<void> {
    const { afterId = '' } = passedOver.get(parent.id) ?? {}
    const from = { afterId, limit: AT_ONCE }
    const children = await store.selectChildren(database.db, parent.ticketId, from)
    // oxlint-disable-next-line no-await-in-loop -- one after the other, so that others come between
    for (const child of children) await tryOne(parent, child)
    if (children.length === AT_ONCE) return
    if (passedOver.has(parent.id)) {
      passedOver.set(parent.id, { afterId: '', retryAt: plusMs(now, RETRY_MS) })
      return
    }
    await database.transaction((trx) => store.setReleased(trx.db, parent.id, clock.now()))
  }

  async function tryOne(parent: Parent, child: Child): Promise<void> {
    try {
      await releaseOne(parent, child)
    } catch (error) {
      if (errorClass(error) === 'weather') throw error
      logger.error({ err: error, ticketId: child.id }, 'a ticket of an outage was not released')
      passedOver.set(parent.id, { afterId: child.id, retryAt: null })
    }
  }

  async function releaseOne(parent: Parent, child: Child): Promise<void> {
    await database.transaction(async (trx) => {
      const pace = await store.lockPace(trx.db, parent.id)
      if (pace === undefined) return
      const cancelled = parent.cancelled === 1
      const isCalled =
        !cancelled && isAnsweredByCall(child) && (await deps.isCallable(trx.db, child.id))
      const hours = { perMinute: pace.perMinute, hours: deps.callingHours() }
      const callbackAt = isCalled ? callbackDueAt(pace.nextAt, clock.now(), hours) : null
      if (callbackAt !== null) {
        await store.setNextCallback(trx.db, parent.id, nextCallbackFrom(callbackAt, hours))
      }
      const { ticketId: outageId } = parent
      const restoredAt = parent.restoredAt ?? parent.endedAt ?? clock.now()
      const how = { outageId, cancelled, callbackAt, restoredAt }
      await state(trx, { type: 'outage_child_due', ticketId: child.id, ...how })
    })
  }

  function isWaiting({ id }: Parent, now: Instant): boolean {
    const aside = passedOver.get(id)
    if (aside === undefined || aside.retryAt === null || aside.retryAt > now) {
      return aside?.retryAt != null
    }
    passedOver.delete(id)
    return false
  }

  /** Now while there are children to release; null when there are none. */
  async function nextDueAt(now: Instant): Promise<Instant | null> {
    const parents = await store.selectUnreleased(database.db)
    return parents.map(({ id }) => passedOver.get(id)?.retryAt ?? now).toSorted()[0] ?? null
  }

  return { sweep, nextDueAt }
}

/** Whether it waits for an answer by telephone from now on. */
function isAnsweredByCall(child: Child): boolean {
  const { status, mergedInto, promiseId } = child
  const channel = intakeChannel.parse(child.channel)
  const agreedChannel = readAgreedChannel(child.replyChannel)
  const isByCall = replyChannel({ channel, agreedChannel }) === 'hotline'
  return (
    isByCall && promiseId === null && mergedInto === null && isReleased(ticketStatus.parse(status))
  )
}
