import { clockSettingsView } from '#contract/casework/clocks.ts'
import { type Route, route } from '../http/route.ts'
import type { ClockSettingsService } from './clock-settings-service.ts'

/** The lengths of clocks that administrators set. */
export function clockRoutes(settings: ClockSettingsService): Route[] {
  return [
    route({
      method: 'get',
      path: '/clocks/settings',
      summary: 'Within how many hours service is to be restored, by area',
      access: 'signed_in',
      response: clockSettingsView,
      handler: () => settings.view(),
    }),
    route({
      method: 'put',
      path: '/clocks/settings',
      summary: 'Sets them, for clocks that begin from now on',
      access: ['admin'],
      body: clockSettingsView,
      response: clockSettingsView,
      handler: ({ user, body }) => settings.change(body, user.id),
    }),
  ]
}
