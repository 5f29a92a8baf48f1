import type { Instant } from '#contract/primitives.ts'
import type { Logger } from '../../logger.ts'
import type { Clock } from '../../ports.ts'
import { instantOfMs } from '../../time.ts'
import { headerOf } from '../ami-frame.ts'
import type { AmiRequests } from '../ami-session.ts'
import { epochMsOf } from '../channel-view.ts'
import {
  agrees,
  callEndOnOurClock,
  type ClockReading,
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
  let offsetMs = 0
  let readAt = Number.NEGATIVE_INFINITY

  /**
   * Asks the time there; rejects when the PBX does not answer. Another correction than before is
   * taken only when a second answer agrees with the first: a machine that slept in between, or a
   * clock that is just being set, would tell an offset that nobody has.
   */
  async function read(requests: Pick<AmiRequests, 'request'>): Promise<void> {
    const first = await ask(requests)
    if (first === null) return
    const next = correctionAfter(correctionMs, first)
    const reading = next === correctionMs ? first : await ask(requests)
    if (reading === null || !agrees(reading, next)) return
    offsetMs = offsetOf(reading)
    correct(next)
  }

  async function ask(requests: Pick<AmiRequests, 'request'>): Promise<ClockReading | null> {
    const askedAt = clock.monotonicMs()
    readAt = askedAt
    const reply = await requests.request({ name: 'Ping' })
    const pbxMs = epochMsOf(headerOf(reply, 'timestamp') ?? '')
    const tookMs = clock.monotonicMs() - askedAt
    return pbxMs === null ? null : { pbxMs, receivedMs: clock.nowMs(), tookMs }
  }

  function correct(next: number): void {
    if (next === correctionMs) return
    correctionMs = next
    const problem = clockProblem(next)
    if (problem === null) logger.info({ pbx: pbxId }, 'the clock of the PBX agrees with ours')
    else logger.warn({ pbx: pbxId, offsetMs: next }, `PBX: ${problem}`)
    onChange()
  }

  const uncorrectedMs = (): number => offsetMs - correctionMs

  return {
    read,
    /** How long ago the PBX was asked, in milliseconds. */
    sinceRead: (): number => clock.monotonicMs() - readAt,
    judge: (pbxMs: number): EventTime => judgeEventTime(pbxMs - correctionMs, clock.nowMs()),
    ours: (pbxMs: number): number => onOurClock(pbxMs, correctionMs, clock.nowMs()),
    /** What the PBX's clock shows at a moment of ours, in epoch milliseconds. */
    theirs: (ourMs: number): number => ourMs + correctionMs,
    /** What is left of the difference after correction, in milliseconds: at most the tolerance. */
    uncorrectedMs,
    /** This moment as an event of the PBX would be dated. */
    now: (): Instant => instantOfMs(clock.nowMs() + uncorrectedMs()),
    callEndOf: (pbxSeconds: number): Instant | null =>
      callEndOnOurClock(pbxSeconds, correctionMs, clock.nowMs()),
    /** What is taken off the PBX's times, in milliseconds: above 0 it is ahead of us. */
    correctionMs: (): number => correctionMs,
  }
}
