import { z } from 'zod'
import {
  outageCreate,
  outageLink,
  outageList,
  outagePatch,
  outageQuery,
  outageSettingsView,
  outageView,
} from '#contract/casework/outages.ts'
import { id } from '#contract/primitives.ts'
import { type Route, route } from '../http/route.ts'
import type { OutageService } from './outage-service.ts'
import type { OutageSettingsService } from './outage-settings-service.ts'

const params = z.object({ ticketId: id })
/** Who opens outages and tells people of them (`process.md` rows 1 and 33). */
const SHIFT = ['agent', 'noc', 'supervisor'] as const

export function outageRoutes(
  outages: Pick<OutageService, 'list' | 'get' | 'open' | 'patch' | 'link' | 'unlink'>,
  settings: OutageSettingsService,
): Route[] {
  return [
    route({
      method: 'get',
      path: '/outages',
      summary: 'Area outages, newest first: offered, open or ended',
      access: 'signed_in',
      query: outageQuery,
      response: outageList,
      handler: ({ query: { status } }) => outages.list(status),
    }),
    route({
      method: 'get',
      path: '/outages/:ticketId',
      summary: 'The outage of this parent ticket',
      access: 'signed_in',
      params,
      response: outageView,
      handler: ({ params: { ticketId } }) => outages.get(ticketId),
    }),
    route({
      method: 'post',
      path: '/outages',
      summary: 'Open an area outage with its parent ticket, or take an offer up',
      access: SHIFT,
      body: outageCreate,
      response: outageView,
      status: 201,
      handler: ({ body, user }) => outages.open(body, user),
    }),
    route({
      method: 'patch',
      path: '/outages/:ticketId',
      summary: 'Change what people are told of an open outage',
      access: SHIFT,
      params,
      body: outagePatch,
      response: outageView,
      handler: ({ params: { ticketId }, body, user }) => outages.patch(ticketId, body, user),
    }),
    route({
      method: 'post',
      path: '/outages/:ticketId/link',
      summary: 'Link tickets to an open outage: all of them, or none and why',
      access: SHIFT,
      params,
      body: outageLink,
      response: outageView,
      handler: ({ params: { ticketId }, body: { ticketIds }, user }) =>
        outages.link(ticketId, ticketIds, user),
    }),
    route({
      method: 'post',
      path: '/outages/:ticketId/unlink',
      summary: 'Take tickets out of an open outage again: all of them, or none and why',
      access: SHIFT,
      params,
      body: outageLink,
      response: outageView,
      handler: ({ params: { ticketId }, body: { ticketIds }, user }) =>
        outages.unlink(ticketId, ticketIds, user),
    }),
    route({
      method: 'get',
      path: '/settings/outages',
      summary: 'How many callers within how many minutes are offered as an outage',
      access: 'signed_in',
      response: outageSettingsView,
      handler: () => settings.view(),
    }),
    route({
      method: 'put',
      path: '/settings/outages',
      summary: 'Set them',
      access: ['admin'],
      body: outageSettingsView,
      response: outageSettingsView,
      handler: ({ body, user }) => settings.change(body, user.id),
    }),
  ]
}
