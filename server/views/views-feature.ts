import { viewRoutes } from './view-routes.ts'
import { createViewService, type ViewDeps } from './view-service.ts'

/** Lists as people keep them: filters, order and columns under a name. */
export function createViews(deps: ViewDeps) {
  return { routes: viewRoutes(createViewService(deps)) }
}
