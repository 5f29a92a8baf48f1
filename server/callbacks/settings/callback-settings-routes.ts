import {
  callbackPreview,
  callbackSettingsQuery,
  callbackSettingsView,
} from '#contract/casework/callback-settings.ts'
import { type Route, route } from '../../http/route.ts'
import type { CallbackSettingsService } from './callback-settings-service.ts'

/** The rules of promises over HTTP. */
export function callbackSettingsRoutes(settings: CallbackSettingsService): Route[] {
  return [
    route({
      method: 'get',
      path: '/settings/callbacks',
      summary: 'When customers are called back, and how often',
      access: 'signed_in',
      response: callbackSettingsView,
      handler: () => settings.view(),
    }),
    route({
      method: 'put',
      path: '/settings/callbacks',
      summary: 'Sets it, for promises and attempts from now on',
      access: ['admin'],
      body: callbackSettingsView,
      response: callbackSettingsView,
      handler: ({ user, body }) => settings.change(body, user.id),
    }),
    route({
      method: 'get',
      path: '/settings/callbacks/preview',
      summary: 'When a promise made now would be dialled under such settings',
      access: ['admin'],
      query: callbackSettingsQuery,
      response: callbackPreview,
      handler: async ({ query }) => settings.preview(query),
    }),
  ]
}
