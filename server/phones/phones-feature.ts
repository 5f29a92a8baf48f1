import { phoneRoutes } from './phone-routes.ts'
import { createPhoneService, type PhoneServiceDeps } from './phone-service.ts'

export type PhonesDeps = PhoneServiceDeps

export type Phones = ReturnType<typeof createPhones>

/** The two phones of a person, the one on their desk and the page, of which one at a time rings. */
export function createPhones(deps: PhonesDeps) {
  const service = createPhoneService(deps)
  const { deviceOf, hadBrowserPhone, load } = service
  return { routes: phoneRoutes(service), deviceOf, hadBrowserPhone, start: load }
}
