import type { Instant } from '#contract/primitives.ts'
import type { DueLoopStatus } from '#contract/jobs.ts'
import { messageOf } from '../errors.ts'
import type { Logger } from '../logger.ts'
import type { Cancel, Clock } from '../ports.ts'
import { instantOfMs } from '../time.ts'
import { nextLookInMs } from './next-look.ts'

export interface DueLoopOptions {
  /** For the log and for `GET /api/jobs`. */
  name: string
  clock: Clock
  logger: Logger
  /** Looks once at what is due and does it. A throw is logged and tried again after a back-off. */
  work: (now: Instant) => Promise<unknown>
  /**
   * When the rows say that something falls due next; null when nothing will. An instant that has
   * passed means that there is more to do now: the loop looks again after its shortest pause, so
   * leave out what cannot be done now (no free agent) and `wake` the loop when it can.
   */
  nextDueAt: (now: Instant) => Promise<Instant | null>
  /** It looks at least this often, whatever the rows said: 1 s unless given. */
  longestSleepMs?: number
  /** From the end of a look to the next one, however often it is woken: 50 ms unless given. */
  shortestPauseMs?: number
}

export type DueLoop = ReturnType<typeof createDueLoop>

/** How often the wall clock is compared with what is due: what a clock that jumps may cost. */
const COMPARE_MS = 1000
const BACK_OFF = { firstMs: 250, longestMs: 5000 }
const LONGEST_ERROR = 500

/**
 * The one loop for what falls due. It looks when it starts, when it is woken, at the moment that
 * `nextDueAt` named, and at least every `longestSleepMs`; never twice at once. What falls due is
 * compared with the wall clock at least once a second (in memory), every interval is measured on
 * the monotonic clock: a wall clock that jumps costs a second at most.
 *
 * - `start()` looks at once; `stop()` resolves when the look under way is over, and nothing is armed
 *   after it. Both may be repeated.
 * - `wake()` means that something may be due sooner than the loop knows: it looks now, or after the
 *   shortest pause; during a look, once more after it. It does not shorten a back-off after errors.
 * - `run()` makes one whole look that begins after the call, also while the loop stands still (tests,
 *   tools); it throws what the look threw.
 * - `settled()` resolves when no look is under way.
 * - `status()` is what `GET /api/jobs` shows.
 *
 * Work that goes on after `work` has resolved is its owner's to wait for.
 */
export function createDueLoop(options: DueLoopOptions) {
  const { name, clock, logger } = options
  const limits = {
    longestSleepMs: options.longestSleepMs ?? 1000,
    shortestPauseMs: options.shortestPauseMs ?? 50,
    backOff: BACK_OFF,
  }
  let stopped = true
  let running: Promise<Failure | null> | null = null
  let sleeping: Cancel | null = null
  let asked = false
  let dueAt: Instant | null = null
  let endedMs = Number.NEGATIVE_INFINITY
  let failures = 0
  let runs = 0
  let lastRunAt: Instant | null = null
  let lastFailure: { at: Instant; text: string } | null = null

  function start(): void {
    stopped = false
    wake()
  }

  async function stop(): Promise<void> {
    stopped = true
    asked = false
    sleeping?.()
    sleeping = null
    await settled()
  }

  function wake(): void {
    if (stopped) return
    asked = true
    arm()
  }

  async function settled(): Promise<void> {
    if (running === null) return
    await running
    await settled()
  }

  async function run(): Promise<void> {
    if (running !== null) {
      await running
      return run()
    }
    const failure = await look()
    if (failure !== null) throw failure.error
  }

  /** Looks now or sleeps until then; a sleep is cut short to compare what is due with the clock. */
  function arm(): void {
    sleeping?.()
    sleeping = null
    if (stopped || running !== null) return
    const inMs = untilLookMs()
    if (inMs > 0) sleeping = clock.after(Math.min(inMs, COMPARE_MS), arm)
    else void look()
  }

  function untilLookMs(): number {
    const restedMs = clock.monotonicMs() - endedMs
    const untilDueMs = dueAt === null ? null : Date.parse(dueAt) - clock.nowMs()
    return nextLookInMs({ restedMs, untilDueMs, asked, failures }, limits)
  }

  function look(): Promise<Failure | null> {
    asked = false
    running = lookOnce().finally(() => {
      running = null
      endedMs = clock.monotonicMs()
      arm()
    })
    return running
  }

  async function lookOnce(): Promise<Failure | null> {
    runs += 1
    lastRunAt = clock.now()
    try {
      await options.work(lastRunAt)
      dueAt = await options.nextDueAt(clock.now())
      if (failures > 0) logger.info({ loop: name, failures }, 'a loop works again')
      failures = 0
      return null
    } catch (error) {
      fail(error)
      return { error }
    }
  }

  /** The first of a row is an error; those after it say nothing new. */
  function fail(error: unknown): void {
    failures += 1
    lastFailure = { at: clock.now(), text: messageOf(error).slice(0, LONGEST_ERROR) }
    const line = { err: error, loop: name, failures }
    if (failures === 1) logger.error(line, 'a loop could not do what is due; it tries again')
    else logger.warn(line, 'a loop still cannot do what is due')
  }

  function status(): DueLoopStatus {
    return {
      name,
      running: running !== null,
      runs,
      failuresInRow: failures,
      lastRunAt,
      nextRunAt: stopped ? null : instantOfMs(clock.nowMs() + untilLookMs()),
      lastErrorAt: lastFailure?.at ?? null,
      lastError: lastFailure?.text ?? null,
    }
  }

  return { name, start, stop, wake, run, settled, status }
}

interface Failure {
  error: unknown
}
