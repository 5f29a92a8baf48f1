import type { Schedule } from '../schedule/schedule-feature.ts'
import { createPopService, type PopDeps } from './pop-service.ts'

export type PopsDeps = PopDeps & { schedule: Pick<Schedule, 'recur'> }

export type Pops = ReturnType<typeof createPops>

/** Screen pops: what an agent sees of a call while it rings and while they talk. */
export function createPops(deps: PopsDeps) {
  const service = createPopService(deps)
  deps.schedule.recur({
    name: 'pops of calls that are over',
    cron: '* * * * *',
    work: service.closeOver,
  })
  return service
}
