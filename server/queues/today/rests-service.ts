import type { Instant, LocalDate } from '#contract/primitives.ts'
import { localDay } from '../../calendar/working-days.ts'
import type { PartsFact } from '../../calls/conversation/call-fact.ts'
import { countedQueue } from '../../calls/conversation/contribution.ts'
import { isOver } from '../../calls/conversation/parts.ts'
import type { Database } from '../../db/transaction.ts'
import type { Logger } from '../../logger.ts'
import type { Clock } from '../../ports.ts'
import { plusMs, secondsBetween } from '../../time.ts'
import { saveWrapUp } from './agent-days-store.ts'

/** A part that is over, whose person is not free again. */
export interface Rest {
  callId: string
  part: number
  extension: string
  endedAt: Instant
  /** Of the call's entry: where its wrap-up counts. */
  day: LocalDate
  pbxId: string
  queue: string | null
}

export interface RestsDeps {
  database: Database
  clock: Clock
  logger: Logger
  /** What this phone's person does between calls now; null: it is in no queue, so nothing is measured. */
  busyWith: (extension: string) => 'call' | 'rest' | 'free' | null
  /** The wrap-up after a part is known and stored. */
  onWrapUp: (rest: Rest, seconds: number) => void
}

/** A part whose end is heard later than this was followed by nothing that could be measured. */
const MEASURED_WITHIN_MS = 15 * 60_000

/**
 * From the end of each part until its person is free again: the wrap-up, measured once. One that a
 * restart of the service cuts stays unknown: when its person was free again nobody heard.
 */
export function createRests(deps: RestsDeps) {
  const { database, clock, logger } = deps
  const resting = new Map<string, Rest>()
  const saving = new Set<Promise<void>>()

  /** Parts are over: the rests before them ended when they began. */
  function talked({ callId, call, before }: PartsFact['changes'][number]): void {
    for (const [part, segment] of call.segments.entries()) {
      const wasOver = before?.segments[part]?.endedAt != null
      if (wasOver || !isOver(segment) || !isYoung(segment.endedAt)) continue
      const { extension, startedAt, endedAt } = segment
      const earlier = resting.get(extension)
      if (earlier !== undefined) end(earlier, startedAt)
      const day = localDay(call.enteredAt)
      const of = { callId, part, day, pbxId: call.pbxId, queue: countedQueue(call) }
      resting.set(extension, { ...of, extension, endedAt })
      look(extension, endedAt)
    }
  }

  function isYoung(endedAt: Instant): boolean {
    return endedAt >= plusMs(clock.now(), -MEASURED_WITHIN_MS)
  }

  /** What keeps a phone from the next call may have changed. */
  function look(extension: string, freeAt: Instant = clock.now()): void {
    const rest = resting.get(extension)
    if (rest === undefined) return
    const busy = deps.busyWith(extension)
    if (busy === 'free') end(rest, freeAt)
    else if (busy === null) resting.delete(extension)
  }

  function end(rest: Rest, at: Instant): void {
    resting.delete(rest.extension)
    const seconds = secondsBetween(rest.endedAt, at)
    const work: Promise<void> = database
      .transaction(async (trx) => {
        await saveWrapUp(trx.db, rest, seconds)
        trx.afterCommit(() => deps.onWrapUp(rest, seconds))
      })
      .catch((error: unknown) => logger.error({ err: error }, 'a rest after a call was not noted'))
      .finally(() => saving.delete(work))
    saving.add(work)
  }

  return {
    talked,
    /** Members changed: these phones, or any of them. */
    onMembers: (extensions: readonly string[] | null): void => {
      for (const extension of extensions ?? resting.keys()) look(extension)
    },
    settled: async (): Promise<void> => {
      while (saving.size > 0) await Promise.all(saving)
    },
  }
}
