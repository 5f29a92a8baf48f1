import type { Instant } from '#contract/primitives.ts'
import type { Call } from '../../calls/conversation/call.ts'
import { dialableDigits, dialableNumber } from '../../customers/phone-number.ts'
import type { Database, Trx } from '../../db/transaction.ts'
import type { Logger } from '../../logger.ts'
import type { Clock, Telephony } from '../../ports.ts'
import { plusMs } from '../../time.ts'
import type { AttemptService } from '../attempt-service.ts'
import { findAttemptByChannel, listLiveAttempts } from '../attempt-store.ts'
import { type Callback, findCallback } from '../callback-store.ts'
import { listTicketless } from '../missed/missed-store.ts'
import { listLeftPlaces } from './hold-store.ts'
import { isPlace } from '../../calls/callback-call/place-channel.ts'

export interface PlaceExitDeps {
  database: Database
  clock: Clock
  telephony: Pick<Telephony, 'status' | 'hangUp'>
  logger: Logger
  attempts: Pick<AttemptService, 'end'>
  /** Whether anybody keeps a place: else nothing is read when somebody calls. */
  hasPlaces: () => boolean
  /** The numbers of callers who talk to us or wait for us, and stay; of all calls but this one. */
  numbersStaying: (besides?: Call) => string[]
}

/** Between telling a PBX and telling it again. */
const TELL_AGAIN_MS = 5000

export type PlaceExit = ReturnType<typeof createPlaceExit>

/** Takes callers out of the queue whose place is needed no more. */
export function createPlaceExit(deps: PlaceExitDeps) {
  const { database, clock, telephony, logger, attempts } = deps
  let toldAgainAtMs = Number.NEGATIVE_INFINITY

  /**
   * Ends the place that this promise waits in, so that it waits for its moment like any other; what
   * comes back is the promise as it is then. Nothing is done unless its channel was seen to wait there and
   * the PBX can be told: a place that lives on would dial the customer.
   */
  function leave(trx: Trx, callback: Callback): Promise<Callback> {
    return end(trx, callback, isReady)
  }

  /** The same of a promise that is over: a PBX that is away is told when it is back. */
  function leaveForGood(trx: Trx, callback: Callback): Promise<Callback> {
    return end(trx, callback, () => true)
  }

  async function end(
    trx: Trx,
    callback: Callback,
    mayEndOn: (pbxId: string) => boolean,
  ): Promise<Callback> {
    if (callback.status !== 'dialing') return callback
    const [live] = await listLiveAttempts(trx.db, [callback.id])
    if (live === undefined || !isPlace(live.extension) || live.stage !== 'in_queue') return callback
    const { id, pbxId, channelId } = live
    if (!mayEndOn(pbxId)) return callback
    await attempts.end(trx, id, { outcome: 'not_placed', source: 'not_written', hangupCause: null })
    trx.afterCommit(() => void hangUp(pbxId, channelId))
    return (await findCallback(trx.db, callback.id)) ?? callback
  }

  /** The customer of this number calls us: the place would find them busy. */
  async function leaveForCall(trx: Trx, call: Call): Promise<void> {
    if (call.direction !== 'inbound' || call.endedAt !== null || call.callerIdNum === null) return
    if (!deps.hasPlaces()) return
    const dialable = dialableNumber(call.callerIdNum)
    if (!('problem' in dialable)) await leaveForNumbers(trx, [{ number: dialable.digits }])
  }

  /**
   * An order that was on its way when the customer called us has come into the queue after them. By now this call
   * itself may be the one in which they talk: what is heard is written a moment later.
   */
  async function leaveIfHere(trx: Trx, call: Call): Promise<void> {
    const attempt = await findAttemptByChannel(trx.db, call.pbxId, call.uniqueid)
    const callback = attempt === null ? null : await findCallback(trx.db, attempt.callbackId)
    if (callback === null) return
    const here = dialableDigits(deps.numbersStaying(call))
    if (here.includes(callback.numberDial)) await leave(trx, callback)
  }

  /** The same of numbers that somebody is about to call. */
  async function leaveForNumbers(trx: Trx, called: readonly { number: string }[]): Promise<void> {
    for (const number of new Set(called.map((one) => one.number))) {
      // oxlint-disable-next-line no-await-in-loop -- one connection
      for (const callback of await listTicketless(trx.db, number)) {
        // oxlint-disable-next-line no-await-in-loop -- one at most
        await leave(trx, callback)
      }
    }
  }

  /** Tells PBXs again that have not done as they were told, or could not be told. */
  async function endLeft(now: Instant): Promise<void> {
    if (clock.monotonicMs() - toldAgainAtMs < TELL_AGAIN_MS) return
    toldAgainAtMs = clock.monotonicMs()
    for (const { pbxId, channelId } of await listLeftPlaces(
      database.db,
      plusMs(now, -TELL_AGAIN_MS),
    )) {
      // oxlint-disable-next-line no-await-in-loop -- hardly ever one
      if (isReady(pbxId)) await hangUp(pbxId, channelId)
    }
  }

  function isReady(pbxId: string): boolean {
    return telephony.status().some((one) => one.pbxId === pbxId && one.link === 'ready')
  }

  async function hangUp(pbxId: string, channelId: string): Promise<void> {
    try {
      await telephony.hangUp(pbxId, channelId)
    } catch (error) {
      logger.warn({ channelId, err: error }, 'a place in a queue could not be ended')
    }
  }

  return { leave, leaveForGood, leaveForCall, leaveIfHere, leaveForNumbers, endLeft }
}
