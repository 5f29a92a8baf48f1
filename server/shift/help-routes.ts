import { z } from 'zod'
import { id } from '#contract/primitives.ts'
import type { Role } from '#contract/staff.ts'
import { helpList, helpOrder, helpView, ownHelp } from '#contract/supervision/help.ts'
import { type Route, route } from '../http/route.ts'
import type { HelpService } from './help-service.ts'

const params = z.object({ id })
const LEADS: readonly Role[] = ['supervisor', 'admin']

export function helpRoutes(help: HelpService): Route[] {
  return [
    route({
      method: 'post',
      path: '/help',
      summary: 'Ask a supervisor to come; asked again it is the same request',
      access: ['agent'],
      body: helpOrder,
      response: helpView,
      handler: ({ user, body }) => help.ask(user, body),
    }),
    route({
      method: 'get',
      path: '/help/mine',
      summary: 'Whether you ask for help now, and who comes',
      access: ['agent'],
      response: ownHelp,
      handler: ({ user }) => help.mine(user),
    }),
    route({
      method: 'post',
      path: '/help/:id/withdraw',
      summary: 'Your request for help is over',
      access: ['agent'],
      params,
      response: helpView,
      handler: ({ user, params: { id: helpId } }) => help.withdraw(user, helpId),
    }),
    route({
      method: 'get',
      path: '/help',
      summary: 'Who asks for help now, the longest first',
      access: LEADS,
      response: helpList,
      handler: () => help.list(),
    }),
    route({
      method: 'post',
      path: '/help/:id/take',
      summary: 'You come: the agent and the other supervisors see it',
      access: LEADS,
      params,
      response: helpView,
      handler: ({ user, params: { id: helpId } }) => help.take(user, helpId),
    }),
  ]
}
