import type { CallEvent } from '../../calls/conversation/call-event.ts'
import type { Clock, NewId, Telephony } from '../../ports.ts'
import type { SpyEvent } from './steering-order.ts'
import { createCallSteering } from './call-steering-service.ts'
import { createMonitorService, type MonitorDeps } from './monitor-service.ts'
import { createPenaltyService, type PenaltyDeps } from './penalty-service.ts'
import { createSteeringOrders, type SteeringOrdersDeps } from './steering-orders-service.ts'
import { steeringRoutes } from './steering-routes.ts'
import { createSteeringSettings } from './steering-settings-service.ts'
import { createWaitingService, type WaitingDeps } from './waiting-service.ts'
import { createWords } from './word-service.ts'

type OwnDeps = 'orders' | 'words' | 'telephony'

export type SteeringDeps = Omit<SteeringOrdersDeps, 'telephony'> &
  Omit<WaitingDeps, OwnDeps> &
  Omit<PenaltyDeps, OwnDeps> &
  Pick<MonitorDeps, 'callOn' | 'staffName' | 'onSpies'> & {
    clock: Clock
    newId: NewId
    telephony: Telephony
  }

/** What supervisors do to the calls and callers of others. */
export function createSteering(deps: SteeringDeps) {
  const orders = createSteeringOrders(deps)
  const words = createWords(deps.clock)
  const common = { ...deps, orders, words }
  const settings = createSteeringSettings(deps)
  const monitors = createMonitorService({
    ...common,
    tellListened: () => settings.current().tellListened,
  })
  const calls = createCallSteering({ ...common, spies: monitors })
  const waiting = createWaitingService(common)
  const penalties = createPenaltyService(common)
  function hearCall(event: CallEvent): void {
    monitors.hearCall(event)
    words.hearCall(event)
  }

  function hearSpy(event: SpyEvent): void {
    monitors.hearSpy(event)
    words.hearSpy(event)
  }

  return {
    routes: steeringRoutes({ monitors, calls, waiting, penalties, settings }),
    endCall: calls.end,
    heardBy: monitors.heardBy,
    start: settings.load,
    hearCall,
    hearQueue: words.hearQueue,
    hearSpy,
    stop: words.stop,
  }
}
