import type { Clock } from '../../ports.ts'
import type { Attempt } from '../attempt-store.ts'

export type OrderAges = ReturnType<typeof createOrderAges>

/** Orders in flight at once: more are never asked about by this process. */
const REMEMBERED = 2_000

/**
 * How long ago an order was written. Of what this process wrote itself its monotonic clock tells, so that a
 * clock which is set meanwhile makes no order look lost that is still on its way; of an earlier process's
 * orders the row does.
 */
export function createOrderAges(clock: Pick<Clock, 'nowMs' | 'monotonicMs'>) {
  const writtenAt = new Map<string, number>()

  /** Called just before the order's bytes leave. */
  function noteWritten(channelId: string): void {
    writtenAt.set(channelId, clock.monotonicMs())
    const [oldest] = writtenAt.keys()
    if (writtenAt.size > REMEMBERED && oldest !== undefined) writtenAt.delete(oldest)
  }

  /** At least and at most so long. */
  function agesMs({ channelId, submittedAt }: Pick<Attempt, 'channelId' | 'submittedAt'>) {
    const byRow = clock.nowMs() - Date.parse(submittedAt)
    const written = writtenAt.get(channelId)
    const ageMs = written === undefined ? byRow : clock.monotonicMs() - written
    return { ageMs, oldestMs: Math.max(ageMs, byRow) }
  }

  return { noteWritten, agesMs }
}
