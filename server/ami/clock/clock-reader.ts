import type { Instant } from '#contract/primitives.ts'
import type { Logger } from '../../logger.ts'
import type { Clock } from '../../ports.ts'
import { headerOf } from '../ami-frame.ts'
import type { AmiRequests } from '../ami-session.ts'
import { epochMsOf } from '../channel-view.ts'
import {
  callEndOnOurClock,
  clockProblem,
  correctionAfter,
  type EventTime,
  judgeEventTime,
  offsetOf,
  onOurClock,
} from './pbx-clock.ts'

export interface ClockReaderOptions {
  pbxId: string
  clock: Clock
  logger: Logger
  /** The two clocks were found to differ by another amount than before. */
  onChange: () => void
}

export type ClockReader = ReturnType<typeof createClockReader>

/** How far the clock of one PBX is from ours, as its answers to Ping tell. */
export function createClockReader({ pbxId, clock, logger, onChange }: ClockReaderOptions) {
  let correctionMs = 0
  let readAt = Number.NEGATIVE_INFINITY

  /**
   * Asks the time there and answers how far it is ahead of ours, at least, in milliseconds. Rejects
   * when the PBX does not answer.
   */
  async function read(requests: Pick<AmiRequests, 'request'>): Promise<number> {
    const askedAt = clock.monotonicMs()
    readAt = askedAt
    const reply = await requests.request({ name: 'Ping' })
    const pbxMs = epochMsOf(headerOf(reply, 'timestamp') ?? '')
    if (pbxMs === null) return correctionMs
    const tookMs = clock.monotonicMs() - askedAt
    const reading = { pbxMs, receivedMs: clock.nowMs(), tookMs }
    correct(correctionAfter(correctionMs, reading))
    return offsetOf(reading)
  }

  function correct(next: number): void {
    if (next === correctionMs) return
    correctionMs = next
    const problem = clockProblem(next)
    if (problem === null) logger.info({ pbx: pbxId }, 'the clock of the PBX agrees with ours')
    else logger.warn({ pbx: pbxId, offsetMs: next }, `PBX: ${problem}`)
    onChange()
  }

  return {
    read,
    /** How long ago the PBX was asked, in milliseconds. */
    sinceRead: (): number => clock.monotonicMs() - readAt,
    judge: (pbxMs: number): EventTime => judgeEventTime(pbxMs - correctionMs, clock.nowMs()),
    ours: (pbxMs: number): number => onOurClock(pbxMs, correctionMs, clock.nowMs()),
    callEndOf: (pbxSeconds: number): Instant | null =>
      callEndOnOurClock(pbxSeconds, correctionMs, clock.nowMs()),
    /** What is taken off the PBX's times, in milliseconds: above 0 it is ahead of us. */
    correctionMs: (): number => correctionMs,
  }
}
