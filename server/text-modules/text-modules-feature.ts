import { textModuleRoutes } from './text-module-routes.ts'
import { createTextModuleService, type TextModuleDeps } from './text-module-service.ts'

/** Texts that are written once and put into long fields by their name. */
export function createTextModules(deps: TextModuleDeps) {
  return { routes: textModuleRoutes(createTextModuleService(deps)) }
}
