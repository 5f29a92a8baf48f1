import { type CallControlDeps, createCallControl } from './call-control-service.ts'
import { controlRoutes } from './control-routes.ts'
import { createDirectory, type DirectoryDeps } from './directory-service.ts'
import { createSteering, type SteeringDeps } from './steering/steering-feature.ts'

export type ControlDeps = Omit<CallControlDeps, 'directory'> &
  DirectoryDeps &
  Omit<SteeringDeps, 'phoneState'>

export type Control = ReturnType<typeof createControl>

/** The own call is ended or handed on from the page; supervisors steer those of others. */
export function createControl(deps: ControlDeps) {
  const directory = createDirectory(deps)
  const calls = createCallControl({ ...deps, directory })
  const steering = createSteering({ ...deps, phoneState: directory.phoneState })
  return {
    routes: [
      ...controlRoutes({ ...calls, endOther: steering.endCall }, directory),
      ...steering.routes,
    ],
    start: steering.start,
    stop: steering.stop,
    hearCall: steering.hearCall,
    hearQueue: steering.hearQueue,
    hearSpy: steering.hearSpy,
    heardBy: steering.heardBy,
  }
}
