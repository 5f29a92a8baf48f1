import type { Database } from '../../db/transaction.ts'
import type { Logger } from '../../logger.ts'
import { ActionRefused, type Clock, PbxNotReady } from '../../ports.ts'
import type { AttemptEnd, AttemptService } from '../attempt-service.ts'
import { type Attempt, listLiveAttempts, markAttemptUnknown } from '../attempt-store.ts'
import { findCallback } from '../callback-store.ts'
import { lookUpSoon } from './due-callback-store.ts'

export interface OrderFailureDeps {
  database: Database
  clock: Clock
  logger: Logger
  attempts: Pick<AttemptService, 'end' | 'announce'>
}

type Ordered = Pick<Attempt, 'id' | 'callbackId' | 'pbxId' | 'channelId'>

/** A PBX that said "not ready" at the last moment is left alone this long. */
const PBX_REST_MS = 5000

export type OrderFailures = ReturnType<typeof createOrderFailures>

/** What becomes of an attempt whose order the PBX did not take, and of that PBX. */
export function createOrderFailures({ database, clock, logger, attempts }: OrderFailureDeps) {
  /** Until when a PBX rests, on the monotonic clock. */
  const restingUntil = new Map<string, number>()

  const isResting = (pbxId: string): boolean =>
    (restingUntil.get(pbxId) ?? Number.NEGATIVE_INFINITY) > clock.monotonicMs()

  /** Nothing was written, or it was refused; of anything else the PBX is asked before it is repeated. */
  async function onError(attempt: Ordered, error: unknown): Promise<void> {
    const { id, pbxId, channelId } = attempt
    if (error instanceof PbxNotReady) {
      restingUntil.set(pbxId, clock.monotonicMs() + PBX_REST_MS)
      await endUnplaced(id, 'not_written')
    } else if (error instanceof ActionRefused) {
      logger.warn({ channelId, err: error }, 'the PBX refused a callback')
      await endUnplaced(id, 'refused')
    } else {
      logger.warn({ channelId, err: error }, 'a callback will be looked up')
      await markUnknown(attempt)
    }
  }

  async function endUnplaced(attemptId: string, source: AttemptEnd['source']): Promise<void> {
    const known: AttemptEnd = { outcome: 'not_placed', hangupCause: null, source }
    await database.transaction((trx) => attempts.end(trx, attemptId, known))
  }

  async function markUnknown({ id, callbackId }: Ordered): Promise<void> {
    await database.transaction(async (trx) => {
      const [live] = await listLiveAttempts(trx.db, [callbackId])
      const callback = await findCallback(trx.db, callbackId)
      if (live?.id !== id || callback === null) return
      await markAttemptUnknown(trx.db, id)
      await lookUpSoon(trx.db, callback, clock.now())
      await attempts.announce(trx, [callbackId])
    })
  }

  return { isResting, onError, endUnplaced }
}
