import type { Instant } from '#contract/primitives.ts'
import type { Database } from '../db/transaction.ts'
import type { Logger } from '../logger.ts'
import {
  ActionRefused,
  type Cancel,
  type Clock,
  type NewId,
  type Notifier,
  PbxNotReady,
  type Telephony,
} from '../ports.ts'
import { decideLookup } from './attempt-lookup.ts'
import type { AttemptService } from './attempt-service.ts'
import {
  type Attempt,
  insertAttempts,
  listLiveAttempts,
  markAttemptUnknown,
} from './attempt-store.ts'
import { channelIdOf } from './callback.ts'
import {
  type Callback,
  changeCallback,
  claimCallbacks,
  claimLookups,
  expireLeases,
  findCallback,
  hasStaleLease,
  hasUnmarkedWaiting,
  listDueAmong,
  listOldestDue,
  markWaiting,
  nextDueAfter,
  setLease,
  unclaimCallbacks,
} from './callback-store.ts'
import { type AgentReach, planDials, type PlannedDial } from './dial-decision.ts'
import { readViews, type ReadNumber } from './ledger-store.ts'
import { plusMs } from '../time.ts'

export interface DialerDeps {
  database: Database
  clock: Clock
  newId: NewId
  telephony: Telephony
  attempts: AttemptService
  notifier: Notifier
  logger: Logger
  readNumber: ReadNumber
  /** Where these people are now; who has no extension or works here no more is left out. */
  agents: (staffIds: string[]) => AgentReach[]
  /** How long the agent's phone rings, in seconds. */
  ringSeconds: number
}

/** The dialler looks at the clock at least this often, whatever it was told. */
const LONGEST_SLEEP_MS = 1000
/** However often it is woken: queue events come in crowds, and each look asks the database. */
const SHORTEST_PAUSE_MS = 50
/** Both ring times and a margin: within it only the call's own events end an attempt. */
const CUSTOMER_RING_SECONDS = 60
const LEASE_MARGIN_SECONDS = 30
/** Between two questions about an attempt that left no trace yet. */
const ASK_AGAIN_MS = 5000
/** A PBX that said "not ready" at the last moment is left alone this long. */
const PBX_REST_MS = 5000

interface Placed {
  attempt: { id: string; callbackId: string; pbxId: string; channelId: string; extension: string }
  number: string
}

export type Dialer = ReturnType<typeof createDialer>

/**
 * Dials promises at their due moment. What keeps it honest:
 * - An attempt with its ChannelId is committed before Originate is written.
 * - Due promises are taken by one conditional update per tick; the database refuses a second live
 *   attempt for a promise or a phone.
 * - An attempt whose end is not known is looked up: live channels, then the journal, and only a
 *   minute without any trace counts as not placed.
 * - A promise that could not be dialled on time (no agent, no PBX) is dialled as soon as it can be,
 *   however late: its row is read again by the taking update, and the agent is rung first, so
 *   somebody who sees how late it is decides before the customer's phone rings.
 */
export function createDialer(deps: DialerDeps) {
  const { database, clock, telephony, attempts, logger, ringSeconds } = deps
  const leaseMs = (ringSeconds + CUSTOMER_RING_SECONDS + LEASE_MARGIN_SECONDS) * 1000
  /** "Dial now" by the assignee; only a hint that overrides a pause, the row says what is due. */
  const asked = new Set<string>()
  const resting = new Map<string, number>()
  const underWay = new Set<Promise<void>>()
  let running: Promise<void> | null = null
  let again = false
  let sleeping: { cancel: Cancel; untilMs: number } | null = null
  let lastLookMs = Number.NEGATIVE_INFINITY
  let stopped = true

  async function start(): Promise<void> {
    await database.transaction((trx) => expireLeases(trx.db, clock.now()))
    stopped = false
    wake()
  }

  /** Ends the loop and waits for what is being written. */
  async function stop(): Promise<void> {
    stopped = true
    sleeping?.cancel()
    sleeping = null
    await running
    await settled()
  }

  /** Looks at once: a promise was made or moved, an agent became free, a PBX came back. */
  function wake(): void {
    if (stopped) return
    if (running !== null) {
      again = true
      return
    }
    const wait = lastLookMs + SHORTEST_PAUSE_MS - clock.nowMs()
    if (wait <= 0) look()
    else sleep(Math.min(wait, SHORTEST_PAUSE_MS))
  }

  /** Sleeps at most `ms`; an earlier waking that is already set stays. */
  function sleep(ms: number): void {
    const untilMs = clock.nowMs() + ms
    if (sleeping !== null && sleeping.untilMs <= untilMs) return
    sleeping?.cancel()
    sleeping = { untilMs, cancel: clock.after(ms, look) }
  }

  function look(): void {
    if (stopped || running !== null) return
    sleeping?.cancel()
    sleeping = null
    lastLookMs = clock.nowMs()
    running = runOnce().finally(() => {
      running = null
      if (again) wake()
      again = false
    })
  }

  /** The assignee pressed "dial now": a pause of theirs does not hold it back. */
  function ask(callbackId: string): void {
    asked.add(callbackId)
    wake()
  }

  async function runOnce(): Promise<void> {
    try {
      await tick()
    } catch (error) {
      logger.error({ err: error }, 'the dialler could not look for due promises; it tries again')
    }
    const delay = await sleepMs()
    if (!stopped) sleep(delay)
  }

  async function sleepMs(): Promise<number> {
    try {
      const next = await nextDueAfter(database.db, clock.now())
      if (next === null) return LONGEST_SLEEP_MS
      return Math.min(LONGEST_SLEEP_MS, Math.max(0, Date.parse(next) - clock.nowMs()))
    } catch {
      return LONGEST_SLEEP_MS
    }
  }

  /** One look at the clock: places what is due, says what waits, looks up what was not heard of. */
  async function tick(now: Instant = clock.now()): Promise<void> {
    const ready = readyPbxIds()
    if (ready.length > 0) await dialDue(now, ready)
    await sayWaiting(now, ready.length > 0 ? 'agent' : 'pbx')
    await lookUpStale(now, ready)
  }

  /** Resolves when every Originate and look-up under way has its answer in the database. */
  async function settled(): Promise<void> {
    while (underWay.size > 0) await Promise.all(underWay)
  }

  function track(work: Promise<void>): void {
    const tracked: Promise<void> = work
      .catch((error: unknown) => logger.error({ err: error }, 'a callback attempt went wrong'))
      .finally(() => underWay.delete(tracked))
    underWay.add(tracked)
  }

  function readyPbxIds(): string[] {
    const now = clock.nowMs()
    return telephony
      .status()
      .filter((pbx) => pbx.link === 'ready' && !isResting(pbx.pbxId, now))
      .map((pbx) => pbx.pbxId)
  }

  /** A clock that was set back must not make the rest longer. */
  function isResting(pbxId: string, now: number): boolean {
    const left = (resting.get(pbxId) ?? 0) - now
    return left > 0 && left <= PBX_REST_MS
  }

  async function dialDue(now: Instant, ready: string[]): Promise<void> {
    const due = await listOldestDue(database.db, now)
    const wanted = await listDueAmong(database.db, [...asked], now)
    if (due.length === 0 && wanted.length === 0) return
    const promises = [...wanted, ...due]
    const assignees = [...new Set(promises.map((promise) => promise.assigneeId))]
    const agents = new Map(deps.agents(assignees).map((agent) => [agent.staffId, agent]))
    const planned = planDials(promises, agents, ready, asked)
    if (planned.length === 0) return
    const placed = await database.transaction((trx) => take(trx.db, planned, now))
    for (const dial of placed) asked.delete(dial.attempt.callbackId)
    for (const dial of placed) track(place(dial))
    track(announce(placed.map((dial) => dial.attempt.callbackId)))
  }

  /** Takes the promises and stores their attempts; what comes back is ours alone to place. */
  async function take(db: Database['db'], planned: PlannedDial[], now: Instant): Promise<Placed[]> {
    const ids = planned.map((dial) => dial.callbackId)
    const claimed = await claimCallbacks(db, ids, now, plusMs(now, leaseMs))
    const byId = new Map(claimed.map((callback) => [callback.id, callback]))
    const placed = planned
      .flatMap((dial) => toPlaced(dial, byId.get(dial.callbackId)))
      // Two diallers insert in the same order, so that they never wait for each other in a circle.
      .toSorted((a, b) => a.attempt.extension.localeCompare(b.attempt.extension))
    const stored = new Set(
      await insertAttempts(
        db,
        placed.map(({ attempt }) => ({ ...attempt, submittedAt: now })),
      ),
    )
    const refused = placed.filter(({ attempt }) => !stored.has(attempt.id))
    await unclaimCallbacks(
      db,
      refused.map(({ attempt }) => attempt.callbackId),
      now,
    )
    return placed.filter(({ attempt }) => stored.has(attempt.id))
  }

  function toPlaced(dial: PlannedDial, callback: Callback | undefined) {
    if (callback === undefined) return []
    const id = deps.newId()
    const attempt = {
      id,
      callbackId: callback.id,
      number: callback.attempts,
      pbxId: dial.pbxId,
      channelId: channelIdOf(id, callback.attempts),
      extension: dial.agent.extension,
    }
    return [{ attempt, number: callback.numberDial }]
  }

  async function place({ attempt, number }: Placed): Promise<void> {
    const { pbxId, channelId, extension } = attempt
    try {
      await telephony.originateCallback({ pbxId, channelId, extension, number, ringSeconds })
    } catch (error) {
      await handleRefusal(attempt, error)
    }
  }

  async function handleRefusal(attempt: Placed['attempt'], error: unknown): Promise<void> {
    const notPlaced = { outcome: 'not_placed', hangupCause: null } as const
    if (error instanceof PbxNotReady) {
      resting.set(attempt.pbxId, clock.nowMs() + PBX_REST_MS)
      await database.transaction((trx) =>
        attempts.end(trx, attempt.id, { ...notPlaced, source: 'not_written' }),
      )
    } else if (error instanceof ActionRefused) {
      logger.warn({ channelId: attempt.channelId, err: error }, 'the PBX refused a callback')
      await database.transaction((trx) =>
        attempts.end(trx, attempt.id, { ...notPlaced, source: 'refused' }),
      )
    } else {
      logger.warn({ channelId: attempt.channelId, err: error }, 'a callback will be looked up')
      await markUnknown(attempt)
    }
  }

  async function markUnknown(attempt: Placed['attempt']): Promise<void> {
    await database.transaction(async (trx) => {
      const [live] = await listLiveAttempts(trx.db, [attempt.callbackId])
      if (live?.id !== attempt.id) return
      await markAttemptUnknown(trx.db, attempt.id)
      await setLease(trx.db, attempt.callbackId, clock.now())
      await attempts.announce(trx, [attempt.callbackId])
    })
  }

  async function sayWaiting(now: Instant, waitingFor: 'agent' | 'pbx'): Promise<void> {
    if (!(await hasUnmarkedWaiting(database.db, now, waitingFor))) return
    await database.transaction(async (trx) => {
      await attempts.announce(trx, await markWaiting(trx.db, now, waitingFor))
    })
  }

  async function lookUpStale(now: Instant, ready: string[]): Promise<void> {
    if (ready.length === 0 && telephony.status().length > 0) return
    if (!(await hasStaleLease(database.db, now))) return
    const ids = await database.transaction((trx) =>
      claimLookups(trx.db, now, plusMs(now, ASK_AGAIN_MS)),
    )
    if (ids.length === 0) return
    const live = await listLiveAttempts(database.db, ids)
    for (const attempt of live) track(lookUp(attempt))
    const known = new Set(live.map((attempt) => attempt.callbackId))
    for (const id of ids) if (!known.has(id)) track(giveToPerson(id))
  }

  async function lookUp(attempt: Attempt): Promise<void> {
    const found = await askPbx(attempt)
    if (found === null) return
    const ageMs = clock.nowMs() - Date.parse(attempt.submittedAt)
    const decision = decideLookup({ stage: attempt.stage, ageMs, ...found })
    switch (decision.kind) {
      case 'ask_again':
        return
      case 'still_live':
        return setLease(database.db, attempt.callbackId, plusMs(clock.now(), leaseMs))
      case 'ended':
        return database.transaction((trx) => attempts.end(trx, attempt.id, decision))
    }
  }

  /** Null when the PBX cannot be asked now. A PBX that is no longer configured has no trace. */
  async function askPbx(attempt: Attempt) {
    const configured = telephony.status().some((pbx) => pbx.pbxId === attempt.pbxId)
    if (!configured) return { live: false, journal: null }
    try {
      const live = await telephony.isChannelLive(attempt.pbxId, attempt.channelId)
      if (live) return { live, journal: null }
      const journal = await telephony.readCallbackJournal(
        attempt.pbxId,
        attempt.channelId,
        attempt.submittedAt,
      )
      return { live, journal }
    } catch (error) {
      logger.info({ channelId: attempt.channelId, err: error }, 'a look-up has to wait')
      return null
    }
  }

  /** A promise "being dialled" without a live attempt cannot be: it must not be forgotten. */
  async function giveToPerson(callbackId: string): Promise<void> {
    await database.transaction(async (trx) => {
      const [live] = await listLiveAttempts(trx.db, [callbackId])
      const callback = await findCallback(trx.db, callbackId)
      if (live !== undefined || callback?.status !== 'dialing') return
      logger.error({ callbackId }, 'a promise was being dialled without an attempt')
      const change = { status: 'failed', leaseUntil: null } as const
      await changeCallback(trx.db, callback, change, clock.now())
      await attempts.announce(trx, [callbackId])
    })
  }

  async function announce(callbackIds: string[]): Promise<void> {
    for (const view of await readViews(database.db, callbackIds, deps.readNumber)) {
      deps.notifier.callbackUpdated([view.assignee.id], view)
    }
  }

  return { start, stop, wake, ask, tick, settled }
}
