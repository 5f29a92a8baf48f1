import { type CallControlDeps, createCallControl } from './call-control-service.ts'
import { controlRoutes } from './control-routes.ts'
import { createDirectory, type DirectoryDeps } from './directory-service.ts'

export type ControlDeps = Omit<CallControlDeps, 'directory'> & DirectoryDeps

/** The own call is ended or handed on from the page. */
export function createControl(deps: ControlDeps) {
  const directory = createDirectory(deps)
  const calls = createCallControl({ ...deps, directory })
  return { routes: controlRoutes(calls, directory) }
}
