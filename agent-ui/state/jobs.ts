import type { DueLoopStatus, RecurringJobStatus } from '#contract/jobs.ts'

/** How a job stands, as an administrator reads it. */
export type JobState = 'running' | 'well' | 'failing' | 'stopped' | 'not_yet'

/** A loop always has a next look while it works; a failure counts until the next look succeeds. */
export function loopState(
  loop: Pick<DueLoopStatus, 'running' | 'failuresInRow' | 'lastRunAt' | 'nextRunAt'>,
): JobState {
  if (loop.failuresInRow > 0) return 'failing'
  if (loop.running) return 'running'
  if (loop.nextRunAt === null) return 'stopped'
  return loop.lastRunAt === null ? 'not_yet' : 'well'
}

/** A recurring job is judged by its last turn. */
export function recurringState(
  job: Pick<RecurringJobStatus, 'running' | 'lastResult' | 'nextRunAt'>,
): JobState {
  if (job.running) return 'running'
  if (job.lastResult === 'failed') return 'failing'
  if (job.nextRunAt === null) return 'stopped'
  return job.lastResult === null ? 'not_yet' : 'well'
}
