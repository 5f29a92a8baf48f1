import type { Schedule } from '../../schedule/schedule-feature.ts'
import { createOutgoingProgress, type OutgoingProgressDeps } from './outgoing-progress-service.ts'
import { outgoingRoutes } from './outgoing-routes.ts'
import { createOutgoingService, type OutgoingDeps } from './outgoing-service.ts'

export type OutgoingFeatureDeps = OutgoingProgressDeps &
  Omit<OutgoingDeps, 'progress'> & { schedule: Pick<Schedule, 'loop'> }

/** Calls to customers that people order at once: placed, followed, looked up, hung up. */
export function createOutgoing(deps: OutgoingFeatureDeps) {
  const progress = createOutgoingProgress(deps)
  const service = createOutgoingService({ ...deps, progress })
  const { settled } = deps.schedule.loop({
    name: 'calls that were ordered',
    clock: deps.clock,
    work: progress.lookUpDue,
    nextDueAt: progress.nextLookupAt,
  })
  const { onCallProgress, takeOverAll } = progress
  return { service, routes: outgoingRoutes(service), onCallProgress, takeOverAll, settled }
}
