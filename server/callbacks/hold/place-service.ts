import type { Instant } from '#contract/primitives.ts'
import { dialableDigits } from '../../customers/phone-number.ts'
import type { Database } from '../../db/transaction.ts'
import type { Logger } from '../../logger.ts'
import { ActionRefused, type Clock, type NewId, PbxNotReady, type Telephony } from '../../ports.ts'
import { claimDue } from '../../schedule/due-store.ts'
import { plusMs } from '../../time.ts'
import type { AttemptEnd, AttemptService } from '../attempt-service.ts'
import { insertAttempts, markAttemptUnknown, type NewAttempt } from '../attempt-store.ts'
import { channelIdOf } from '../callback.ts'
import { findCallback, savePromise } from '../callback-store.ts'
import { secondsGood } from '../dialling/dial-decision.ts'
import { numbersDialled } from '../dialling/dialled-numbers-store.ts'
import { liveOutgoing } from '../outgoing/outgoing-store.ts'
import type { AtTurn } from '../outgoing/turn-service.ts'
import type { OrderAges } from '../dialling/order-age-service.ts'
import type { CallbackRules } from '../policy/callback-rules.ts'
import { isRefused, next } from '../promise.ts'
import { type Asked, type KeptPlace, listAsked, listPlaces } from './hold-store.ts'
import { placeOf } from '../../calls/callback-call/place-channel.ts'
import { placeSeconds, positionOf, type Waiting } from './place.ts'

export interface PlaceDeps {
  database: Database
  clock: Clock
  newId: NewId
  telephony: Pick<Telephony, 'status' | 'keepPlace'>
  logger: Logger
  attempts: Pick<AttemptService, 'end' | 'announce' | 'announceSaved'>
  rules: () => Pick<CallbackRules, 'hours'>
  /** Who waits in this queue, as the PBX shows it. */
  waitingIn: (pbxId: string, queue: string) => readonly Waiting[]
  /** The numbers of all who are on the line, but for who only listens that they will be called back. */
  numbersStaying: () => string[]
  /** Nothing else takes a customer meanwhile. */
  atTurn: AtTurn
  /** Names this process on the rows it takes. */
  owner: string
  /** Within it only the call's own events end an attempt. */
  leaseMs: number
  orderAges: Pick<OrderAges, 'noteWritten'>
  inBackground: (work: Promise<unknown>) => void
}

/**
 * For so long the PBX may begin the wait, and dial after it. Below the minute after which an attempt without
 * a trace is given up: never are two orders of one promise good.
 */
const GOOD_FOR_SECONDS = 55
const NEVER_SET_ASIDE = 2 ** 31 - 1
/** From the order of a place until the PBX shows it in the queue. */
const ON_ITS_WAY_MS = 5000
/** A PBX that refused is left alone this long. */
const REST_MS = 5000
/** From then on whose PBX is away is called by another. */
const LONGEST_AWAY_MS = 3 * 60_000

export type PlaceService = ReturnType<typeof createPlaceService>

/**
 * Takes the places of callers who left a queue by key: an attempt of their promise whose first leg is
 * the queue. It is stored with its ChannelId before the order is written, as every attempt is.
 */
export function createPlaceService(deps: PlaceDeps) {
  const { database, clock, telephony, attempts, logger } = deps
  const restingUntil = new Map<string, number>()
  /** Since when a PBX was seen away while somebody waited for it, on the monotonic clock. */
  const awaySince = new Map<string, number>()

  async function placeAsked(now: Instant): Promise<void> {
    const { hours } = deps.rules()
    const waitSeconds = placeSeconds(hours, now)
    const waiting = waitSeconds < 1 ? [] : await listAsked(database.db, now)
    if (waiting.length === 0) return
    await deps.atTurn(() => placeAll(waiting, now, waitSeconds))
  }

  async function placeAll(waiting: Asked[], now: Instant, waitSeconds: number): Promise<void> {
    const ready = readyPbxs()
    const busy = await busyNumbers()
    const places = await listPlaces(database.db)
    for (const asked of waiting) {
      // oxlint-disable-next-line no-await-in-loop -- hardly ever one
      if (isGone(asked.pbxId) && ready.length > 0) await giveToTeam(asked, now)
      if (!ready.includes(asked.pbxId) || busy.includes(asked.number)) continue
      // oxlint-disable-next-line no-await-in-loop -- each is behind those before it
      const attempt = await take(asked, now)
      if (attempt === null) continue
      places.push({ ...attempt, queue: asked.queue, cameAt: asked.cameAt })
      const position = positionNow(asked, attempt, places)
      deps.inBackground(place(asked, attempt, { waitSeconds, position }))
    }
  }

  /** Whether this PBX has been seen away for so long that nobody waits for it. */
  function isGone(pbxId: string): boolean {
    const pbx = telephony.status().find((one) => one.pbxId === pbxId)
    if (pbx?.link === 'ready' && pbx.mayDial !== false) {
      awaySince.delete(pbxId)
      return false
    }
    const since = awaySince.get(pbxId) ?? clock.monotonicMs()
    awaySince.set(pbxId, since)
    return clock.monotonicMs() - since >= LONGEST_AWAY_MS
  }

  /** Whoever is free calls by another PBX. */
  async function giveToTeam({ id }: Asked, now: Instant): Promise<void> {
    await database.transaction(async (trx) => {
      const callback = await findCallback(trx.db, id)
      const after = callback && next(callback, { type: 'retried', dueAt: now })
      if (callback === null || after === null || isRefused(after)) return
      if (await savePromise(trx.db, callback, after, now)) await attempts.announce(trx, [id])
    })
  }

  function readyPbxs(): string[] {
    return telephony.status().flatMap(({ pbxId, link, mayDial }) => {
      const isResting = (restingUntil.get(pbxId) ?? 0) > clock.monotonicMs()
      return link === 'ready' && mayDial !== false && !isResting ? [pbxId] : []
    })
  }

  /** Who talks to us or is being called otherwise. */
  async function busyNumbers(): Promise<string[]> {
    const talking = dialableDigits(deps.numbersStaying())
    const ordered = (await liveOutgoing(database.db)).map(({ number }) => number)
    return [...talking, ...ordered, ...(await numbersDialled(database.db, []))]
  }

  function take(asked: Asked, now: Instant): Promise<NewAttempt | null> {
    return database.transaction(async ({ db }) => {
      const [claimed] = await claimDue(db, {
        table: 'callback',
        where: (eb) => eb.and([eb('id', '=', asked.id), eb('status', '=', 'scheduled')]),
        owner: deps.owner,
        now,
        leaseUntil: plusMs(now, deps.leaseMs),
        limit: 1,
        mostTries: NEVER_SET_ASIDE,
      })
      const callback = claimed === undefined ? null : await findCallback(db, asked.id)
      if (callback === null) return null
      const after = next(callback, { type: 'claimed' })
      if (isRefused(after) || !(await savePromise(db, callback, after, now))) return null
      const id = deps.newId()
      const channelId = channelIdOf(id, after.attempts)
      const where = { pbxId: asked.pbxId, channelId, extension: placeOf(channelId) }
      const whose = { id, callbackId: asked.id, number: after.attempts, submittedAt: now }
      const attempt = { ...whose, ...where }
      await insertAttempts(db, [attempt])
      return attempt
    })
  }

  async function place(
    asked: Asked,
    attempt: NewAttempt,
    { waitSeconds, position }: { waitSeconds: number; position: number },
  ): Promise<void> {
    const { pbxId, channelId } = attempt
    const { number, queue, callerUniqueid } = asked
    await attempts.announceSaved(database.db, [attempt.callbackId])
    const goodFor = secondsGood(GOOD_FOR_SECONDS, attempt.submittedAt, clock.nowMs())
    if (goodFor === 0) return end(attempt, { outcome: 'not_placed', source: 'not_written' })
    const order = { pbxId, channelId, queue, number, position, callerUniqueid, waitSeconds }
    try {
      const expiresInSeconds = waitSeconds + goodFor
      deps.orderAges.noteWritten(channelId)
      await telephony.keepPlace({ ...order, expiresInSeconds })
    } catch (error) {
      await handleRefusal(attempt, error)
    }
  }

  /** What was ordered a moment ago stands in the queue, though the PBX has not shown it yet. */
  function positionNow(
    { pbxId, queue, cameAt }: Asked,
    own: NewAttempt,
    kept: readonly KeptPlace[],
  ): number {
    const others = kept.filter(({ channelId }) => channelId !== own.channelId)
    const places = others.map((one) => ({
      ...one,
      uniqueid: placeOf(one.channelId),
      joinedAt: one.submittedAt,
    }))
    const seen = deps.waitingIn(pbxId, queue)
    const since = plusMs(own.submittedAt, -ON_ITS_WAY_MS)
    const onTheirWay = places.filter(
      (one) =>
        one.pbxId === pbxId &&
        one.queue === queue &&
        one.submittedAt >= since &&
        !seen.some(({ uniqueid }) => uniqueid === one.uniqueid),
    )
    const came = new Map(places.map((one) => [one.uniqueid, one.cameAt]))
    return positionOf(cameAt, [...seen, ...onTheirWay], came)
  }

  /** What the PBX did not get is placed again; what it may have got is looked up first. */
  async function handleRefusal(attempt: NewAttempt, error: unknown): Promise<void> {
    const { id, pbxId, channelId } = attempt
    logger.warn({ channelId, err: error }, 'a place in a queue was not confirmed')
    const isRefusal = error instanceof ActionRefused
    if (!(error instanceof PbxNotReady) && !isRefusal) {
      return markAttemptUnknown(database.db, id)
    }
    restingUntil.set(pbxId, clock.monotonicMs() + REST_MS)
    const outcome = isRefusal ? 'place_lost' : 'not_placed'
    await end(attempt, { outcome, source: isRefusal ? 'refused' : 'not_written' })
  }

  async function end(
    { id }: NewAttempt,
    how: Pick<AttemptEnd, 'outcome' | 'source'>,
  ): Promise<void> {
    await database.transaction((trx) => attempts.end(trx, id, { ...how, hangupCause: null }))
  }

  return { placeAsked }
}
