import type { Schedule } from '../schedule/schedule-feature.ts'
import { draftRoutes } from './draft-routes.ts'
import { createDraftService, type DraftDeps } from './draft-service.ts'

/** Words that people typed and did not save, kept over devices, reloads and restarts. */
export function createDrafts(deps: DraftDeps & { schedule: Pick<Schedule, 'recur'> }) {
  const service = createDraftService(deps)
  deps.schedule.recur({ name: 'old drafts', cron: '50 3 * * *', work: service.forgetOld })
  return { routes: draftRoutes(service) }
}
