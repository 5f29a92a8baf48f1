import type { Instant } from '#contract/primitives.ts'
import type { Database } from '../../db/transaction.ts'
import type { Logger } from '../../logger.ts'
import type { Clock, Telephony } from '../../ports.ts'
import { type DueClaim, renewLease } from '../../schedule/due-store.ts'
import { plusMs } from '../../time.ts'
import { decideLookup, type LookupFindings } from './attempt-lookup.ts'
import type { AttemptService } from '../attempt-service.ts'
import { type Attempt, listLiveAttempts } from '../attempt-store.ts'
import type { OrderAges } from './order-age-service.ts'
import { claimLookups, takeOver } from './due-callback-store.ts'
import { endTooLongLeases, hasStaleLease, listWithoutAttempt } from './stale-lease-store.ts'

export interface LookupServiceDeps {
  database: Database
  clock: Clock
  telephony: Pick<Telephony, 'status' | 'isChannelLive' | 'readCallbackJournal' | 'bootedAt'>
  logger: Logger
  attempts: Pick<AttemptService, 'end' | 'expire'>
  /** SHORTEST_TALK_SECONDS: a shorter call reached nobody. */
  shortestTalkSeconds: number
  /** Names this process on the rows it takes. */
  owner: string
  /** Within it only the call's own events end an attempt. */
  leaseMs: number
  orderAges: Pick<OrderAges, 'agesMs'>
  inBackground: (work: Promise<unknown>) => void
}

/** Between two questions about an attempt that left no trace yet. */
const ASK_AGAIN_MS = 5000
/** Between two searches for promises "being dialled" without an attempt. */
const SWEEP_MS = 60_000

/** What the PBX knows of a placed channel; null when it cannot be asked now. */
export type AskPbx = (
  placed: Pick<Attempt, 'pbxId' | 'channelId' | 'submittedAt'>,
) => Promise<Pick<LookupFindings, 'live' | 'journal' | 'isPbxNew'> | null>

/** Asks for a channel among the live ones, then in the journal. A PBX that is no longer configured has no trace. */
export function createAskPbx({
  telephony,
  logger,
}: Pick<LookupServiceDeps, 'telephony' | 'logger'>): AskPbx {
  return async ({ pbxId, channelId, submittedAt }) => {
    const isConfigured = telephony.status().some((pbx) => pbx.pbxId === pbxId)
    if (!isConfigured) return { live: false, journal: null, isPbxNew: false }
    try {
      const live = await telephony.isChannelLive(pbxId, channelId)
      if (live) return { live, journal: null, isPbxNew: false }
      const journal = await telephony.readCallbackJournal(pbxId, channelId, submittedAt)
      const isPbxNew = (telephony.bootedAt(pbxId) ?? '') > submittedAt
      return { live, journal, isPbxNew }
    } catch (error) {
      logger.info({ channelId, err: error }, 'a look-up has to wait')
      return null
    }
  }
}

export type LookupService = ReturnType<typeof createLookupService>

/**
 * Finds out how attempts ended whose end nobody heard: live channels, then the journal, and only a
 * minute without any trace counts as not placed.
 */
export function createLookupService(deps: LookupServiceDeps) {
  const { database, clock, telephony, attempts, logger, owner, shortestTalkSeconds } = deps
  const askPbx = createAskPbx(deps)
  let sweptAtMs = Number.NEGATIVE_INFINITY

  /** For a process that is alone on this database: what was in flight is looked up at the next look. */
  function takeOverAll(): Promise<void> {
    return database.transaction((trx) => takeOver(trx.db, owner, clock.now()))
  }

  /** Looks up what was not heard of in time, and gives to a person what nothing can be heard of. */
  async function lookUpDue(now: Instant): Promise<void> {
    await sweep()
    const pbxs = telephony.status()
    if (pbxs.length > 0 && pbxs.every((pbx) => pbx.link !== 'ready')) return
    const latest = plusMs(now, deps.leaseMs)
    if (!(await hasStaleLease(database.db, now, latest))) return
    const claims = await database.transaction(async (trx) => {
      await endTooLongLeases(trx.db, now, latest)
      return claimLookups(trx.db, { owner, now, leaseUntil: plusMs(now, ASK_AGAIN_MS) })
    })
    const claimOf = new Map(claims.map((claim) => [claim.id, claim]))
    for (const attempt of await listLiveAttempts(database.db, [...claimOf.keys()])) {
      const claim = claimOf.get(attempt.callbackId)
      if (claim !== undefined) deps.inBackground(lookUp(attempt, claim))
    }
  }

  async function lookUp(attempt: Attempt, claim: DueClaim): Promise<void> {
    const found = await askPbx(attempt)
    if (found === null) return
    const ages = deps.orderAges.agesMs(attempt)
    const decision = decideLookup({ stage: attempt.stage, ...ages, shortestTalkSeconds, ...found })
    if (decision.kind === 'ask_again') return
    await database.transaction(async (trx) => {
      const isOurs = await renewLease(trx.db, claim, plusMs(clock.now(), deps.leaseMs))
      if (isOurs && decision.kind === 'ended') await attempts.end(trx, attempt.id, decision)
    })
  }

  /** At the first look and each minute: a promise must not be "being dialled" without an attempt. */
  async function sweep(): Promise<void> {
    if (clock.monotonicMs() - sweptAtMs < SWEEP_MS) return
    for (const callbackId of await listWithoutAttempt(database.db)) {
      // oxlint-disable-next-line no-await-in-loop -- there should be none
      const isExpired = await database.transaction((trx) => attempts.expire(trx, callbackId))
      if (isExpired) logger.error({ callbackId }, 'a promise was being dialled without an attempt')
    }
    sweptAtMs = clock.monotonicMs()
  }

  return { takeOverAll, lookUpDue }
}
