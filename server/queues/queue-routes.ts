import { memberCommand, memberParams, queuesBrief, queuesSnapshot } from '#contract/queues.ts'
import { type Route, route } from '../http/route.ts'
import type { MemberService } from './member-service.ts'
import { briefOf } from './queues-brief.ts'
import type { QueueService } from './queue-service.ts'

const SUPERVISORS = ['supervisor', 'admin'] as const

/** The live queues, and what supervisors do to members. */
export function queueRoutes(
  queues: Pick<QueueService, 'snapshot'>,
  members: MemberService,
): Route[] {
  return [
    route({
      method: 'get',
      path: '/queues',
      summary: 'The live queues now; socket patches with the next rev continue it',
      access: SUPERVISORS,
      response: queuesSnapshot,
      handler: () => queues.snapshot(),
    }),
    route({
      method: 'get',
      path: '/queues/brief',
      summary: 'How many wait in each queue, since when, and who is free; for who takes calls',
      access: ['agent', ...SUPERVISORS],
      response: queuesBrief,
      handler: () => briefOf(queues.snapshot()),
    }),
    route({
      method: 'post',
      path: '/queues/:queue/members/:extension',
      summary: 'Pause, resume, add or remove a member on the PBX; audited',
      access: SUPERVISORS,
      params: memberParams,
      body: memberCommand,
      status: 204,
      handler: async ({ user, params, body }) => {
        await members.command(user, params, body)
      },
    }),
  ]
}
