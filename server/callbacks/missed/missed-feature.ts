import { createMissedListService, type MissedListDeps } from './missed-list-service.ts'
import { missedRoutes } from './missed-routes.ts'
import { createMissedService, type MissedDeps } from './missed-service.ts'

/** Callers whom nobody answered: their promises, and the worklist of those still to be called. */
export function createMissed(deps: MissedDeps & MissedListDeps) {
  const worklist = createMissedListService(deps)
  return { ...createMissedService(deps), list: worklist.list, routes: missedRoutes(worklist) }
}
