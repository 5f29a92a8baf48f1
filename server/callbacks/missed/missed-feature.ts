import { createMissedListService, type MissedListDeps } from './missed-list-service.ts'
import { missedRoutes } from './missed-routes.ts'
import { createMissedService, type MissedDeps } from './missed-service.ts'

/** Callers whom nobody answered: their promises, and the worklist of those still to be called. */
export function createMissed(deps: MissedDeps & MissedListDeps) {
  return { ...createMissedService(deps), routes: missedRoutes(createMissedListService(deps)) }
}
