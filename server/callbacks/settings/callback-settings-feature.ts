import { callbackSettingsRoutes } from './callback-settings-routes.ts'
import {
  type CallbackSettingsDeps,
  createCallbackSettingsService,
} from './callback-settings-service.ts'

/** What administrators set of promises. */
export function createCallbackSettings(deps: CallbackSettingsDeps) {
  const service = createCallbackSettingsService(deps)
  return { ...service, start: service.load, routes: callbackSettingsRoutes(service) }
}
