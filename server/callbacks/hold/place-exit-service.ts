import type { Call } from '../../calls/conversation/call.ts'
import { dialableNumber } from '../../customers/phone-number.ts'
import type { Trx } from '../../db/transaction.ts'
import type { Logger } from '../../logger.ts'
import type { Telephony } from '../../ports.ts'
import type { AttemptService } from '../attempt-service.ts'
import { listLiveAttempts } from '../attempt-store.ts'
import { type Callback, findCallback } from '../callback-store.ts'
import { listTicketless } from './hold-store.ts'
import { isPlace } from './place.ts'

export interface PlaceExitDeps {
  telephony: Pick<Telephony, 'status' | 'hangUp'>
  logger: Logger
  attempts: Pick<AttemptService, 'end'>
}

export type PlaceExit = ReturnType<typeof createPlaceExit>

/** Takes callers out of the queue whose place is needed no more. */
export function createPlaceExit({ telephony, logger, attempts }: PlaceExitDeps) {
  /**
   * Ends the place that this promise waits in, so that it waits for its moment like any other; what
   * comes back is the promise as it is then. Nothing is done unless its channel was seen to wait there and
   * the PBX can be told: a place that lives on would dial the customer.
   */
  async function leave(trx: Trx, callback: Callback): Promise<Callback> {
    if (callback.status !== 'dialing') return callback
    const [live] = await listLiveAttempts(trx.db, [callback.id])
    if (live === undefined || !isPlace(live.extension) || live.stage !== 'in_queue') return callback
    const { id, pbxId, channelId } = live
    const pbx = telephony.status().find((one) => one.pbxId === pbxId)
    if (pbx?.link !== 'ready') return callback
    await attempts.end(trx, id, { outcome: 'not_placed', source: 'not_written', hangupCause: null })
    trx.afterCommit(() => void hangUp(pbxId, channelId))
    return (await findCallback(trx.db, callback.id)) ?? callback
  }

  /** The customer of this number calls us: the place would find them busy. */
  async function leaveForCall(trx: Trx, call: Call): Promise<void> {
    if (call.direction !== 'inbound' || call.endedAt !== null || call.callerIdNum === null) return
    const dialable = dialableNumber(call.callerIdNum)
    if (!('problem' in dialable)) await leaveForNumbers(trx, [dialable.digits])
  }

  /** The same of numbers that somebody is about to call. */
  async function leaveForNumbers(trx: Trx, numbers: readonly string[]): Promise<void> {
    for (const number of new Set(numbers)) {
      // oxlint-disable-next-line no-await-in-loop -- one connection
      for (const callback of await listTicketless(trx.db, number)) {
        // oxlint-disable-next-line no-await-in-loop -- one at most
        await leave(trx, callback)
      }
    }
  }

  async function hangUp(pbxId: string, channelId: string): Promise<void> {
    try {
      await telephony.hangUp(pbxId, channelId)
    } catch (error) {
      logger.warn({ channelId, err: error }, 'a place in a queue could not be ended')
    }
  }

  return { leave, leaveForCall, leaveForNumbers }
}
