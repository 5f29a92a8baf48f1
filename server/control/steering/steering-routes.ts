import { z } from 'zod'
import { id } from '#contract/primitives.ts'
import { memberParams } from '#contract/queues.ts'
import {
  closeOrder,
  closeResult,
  monitorOrder,
  moveUpOrder,
  penaltyOrder,
  queueParams,
  sendOrder,
  steeringSettingsView,
  takeOverOrder,
  waitingParams,
} from '#contract/supervision/steering.ts'
import { type Route, route } from '../../http/route.ts'
import type { CallSteering } from './call-steering-service.ts'
import type { MonitorService } from './monitor-service.ts'
import type { createPenaltyService } from './penalty-service.ts'
import type { SteeringSettingsService } from './steering-settings-service.ts'
import type { WaitingService } from './waiting-service.ts'

export interface Steering {
  monitors: Pick<MonitorService, 'monitor'>
  calls: Pick<CallSteering, 'takeOver'>
  waiting: WaitingService
  penalties: ReturnType<typeof createPenaltyService>
  settings: SteeringSettingsService
}

/** Each answers once the PBX itself has said that it is done; who may not is refused by the act, and stands in the trail. */
export function steeringRoutes({
  monitors,
  calls,
  waiting,
  penalties,
  settings,
}: Steering): Route[] {
  return [
    route({
      method: 'post',
      path: '/calls/:id/monitor',
      summary: 'Listen, whisper or barge at the own phone; supervisors only, audited',
      access: 'signed_in',
      params: z.object({ id }),
      body: monitorOrder,
      status: 204,
      handler: ({ params, body, user }) => monitors.monitor(params.id, body, user),
    }),
    route({
      method: 'post',
      path: '/calls/:id/take-over',
      summary:
        'Transfer the customer to the own phone; supervisors only, audited, the agent is told',
      access: 'signed_in',
      params: z.object({ id }),
      body: takeOverOrder,
      status: 204,
      handler: ({ params, body, user }) => calls.takeOver(params.id, body.reason, user),
    }),
    route({
      method: 'post',
      path: '/queues/:queue/waiting/:uniqueid/move-up',
      summary: 'Put a waiting caller before all others; supervisors only, audited',
      access: 'signed_in',
      params: waitingParams,
      body: moveUpOrder,
      status: 204,
      handler: ({ params, body, user }) => waiting.moveUp(params, body.reason, user),
    }),
    route({
      method: 'post',
      path: '/queues/:queue/waiting/:uniqueid/send',
      summary: 'Send a waiting caller to an agent; supervisors only, audited',
      access: 'signed_in',
      params: waitingParams,
      body: sendOrder,
      status: 204,
      handler: ({ params, body, user }) => waiting.send(params, body, user),
    }),
    route({
      method: 'post',
      path: '/queues/:queue/close',
      summary: 'Promise everybody who waits a callback; supervisors only, audited',
      access: 'signed_in',
      params: queueParams,
      body: closeOrder,
      response: closeResult,
      handler: ({ params, body, user }) => waiting.close(params.queue, body.reason, user),
    }),
    route({
      method: 'post',
      path: '/queues/:queue/members/:extension/penalty',
      summary: 'Who is offered calls first: the least penalty; supervisors only, audited',
      access: 'signed_in',
      params: memberParams,
      body: penaltyOrder,
      status: 204,
      handler: ({ params, body, user }) => penalties.setPenalty(params, body, user),
    }),
    ...settingsRoutes(settings),
  ]
}

function settingsRoutes(settings: SteeringSettingsService): Route[] {
  return [
    route({
      method: 'get',
      path: '/settings/steering',
      summary: 'Whether agents are told that they were listened to',
      access: ['supervisor', 'admin'],
      response: steeringSettingsView,
      handler: () => settings.view(),
    }),
    route({
      method: 'put',
      path: '/settings/steering',
      summary: 'Sets it; audited',
      access: ['admin'],
      body: steeringSettingsView,
      response: steeringSettingsView,
      handler: ({ body, user }) => settings.change(body, user.id),
    }),
  ]
}
