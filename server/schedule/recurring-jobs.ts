import { createTask, validate } from 'node-cron'
import type { RecurringJobStatus } from '#contract/jobs.ts'
import type { Instant } from '#contract/primitives.ts'
import { messageOf } from '../errors.ts'
import type { Logger } from '../logger.ts'
import type { Clock } from '../ports.ts'

/** Something that recurs: backups, roll-ups, reminders. It must be safe to repeat. */
export interface RecurringJob {
  name: string
  /** Minute, hour, day, month, weekday in Asia/Ho_Chi_Minh; a sixth field before them is the second. */
  cron: string
  /** Once at the start too, besides its turns. */
  runAtStart?: boolean
  work: (now: Instant) => Promise<unknown>
}

/** What calls a job at its turns. */
export interface Trigger {
  start(): unknown
  stop(): unknown
  nextRunAt(): Date | null
}
export type MakeTrigger = (job: { name: string; cron: string }, turn: () => void) => Trigger

export interface RecurringJobsDeps {
  clock: Clock
  logger: Logger
  /** node-cron unless a test drives the turns itself. */
  makeTrigger?: MakeTrigger
}

const TIME_ZONE = 'Asia/Ho_Chi_Minh'
const LONGEST_ERROR = 500

export type RecurringJobs = ReturnType<typeof createRecurringJobs>

/**
 * Jobs that recur by the wall clock. One run of a job at a time: a turn that comes while the one
 * before is still running is left out and counted. What is told of runs is since the start.
 */
export function createRecurringJobs(deps: RecurringJobsDeps) {
  const makeTrigger = deps.makeTrigger ?? cronTrigger
  const jobs = new Map<string, ReturnType<typeof createRunner>>()
  let started = false

  /** Throws when the name is taken or node-cron cannot read the expression. */
  function add(job: RecurringJob): void {
    if (jobs.has(job.name)) throw new Error(`there is a recurring job ${job.name} already`)
    const runner = createRunner(job, makeTrigger, deps)
    jobs.set(job.name, runner)
    if (started) runner.start()
  }

  function start(): void {
    started = true
    for (const runner of jobs.values()) runner.start()
  }

  /** No turn begins after this; resolves when the runs under way are over. */
  async function stop(): Promise<void> {
    started = false
    await Promise.all([...jobs.values()].map((runner) => runner.stop()))
  }

  /** Runs a job now, unless it is running; resolves when it is over. */
  async function run(name: string): Promise<void> {
    const runner = jobs.get(name)
    if (runner === undefined) throw new Error(`there is no recurring job ${name}`)
    await runner.run()
  }

  const status = (): RecurringJobStatus[] => [...jobs.values()].map((runner) => runner.status())

  return { add, start, stop, run, status }
}

function createRunner(job: RecurringJob, makeTrigger: MakeTrigger, deps: RecurringJobsDeps) {
  const { clock, logger } = deps
  const trigger = makeTrigger(job, () => void turn())
  let started = false
  let running: Promise<void> | null = null
  const told = {
    runs: 0,
    skipped: 0,
    lastRunAt: null as Instant | null,
    lastEndedAt: null as Instant | null,
    lastResult: null as 'done' | 'failed' | null,
    lastErrorAt: null as Instant | null,
    lastError: null as string | null,
  }

  async function turn(): Promise<void> {
    if (!started) return
    if (running !== null) {
      told.skipped += 1
      logger.warn({ job: job.name }, 'a recurring job was still running at its next turn')
    }
    await run()
  }

  function run(): Promise<void> {
    running ??= runOnce().finally(() => (running = null))
    return running
  }

  async function runOnce(): Promise<void> {
    told.runs += 1
    told.lastRunAt = clock.now()
    try {
      await job.work(told.lastRunAt)
      told.lastResult = 'done'
    } catch (error) {
      told.lastResult = 'failed'
      told.lastErrorAt = clock.now()
      told.lastError = messageOf(error).slice(0, LONGEST_ERROR)
      logger.error({ err: error, job: job.name }, 'a recurring job failed')
    }
    told.lastEndedAt = clock.now()
  }

  function start(): void {
    if (started) return
    started = true
    trigger.start()
    if (job.runAtStart === true) void run()
  }

  async function stop(): Promise<void> {
    started = false
    await trigger.stop()
    await running
  }

  function status(): RecurringJobStatus {
    const next = started ? trigger.nextRunAt() : null
    const nextRunAt = next === null ? null : next.toISOString()
    return { name: job.name, cron: job.cron, running: running !== null, ...told, nextRunAt }
  }

  return { start, stop, run, status }
}

function cronTrigger({ name, cron }: { name: string; cron: string }, turn: () => void): Trigger {
  if (!validate(cron)) throw new Error(`the recurring job ${name} has no readable time: ${cron}`)
  const task = createTask(cron, turn, { name, timezone: TIME_ZONE, suppressMissedWarning: true })
  return {
    start: () => task.start(),
    stop: () => task.stop(),
    nextRunAt: () => task.getNextRun(),
  }
}
