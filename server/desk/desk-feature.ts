import { createCallNews, type CallNewsDeps } from './call-news-service.ts'
import { deskRoutes } from './desk-routes.ts'
import { createDeskService, type DeskServiceDeps } from './desk-service.ts'

export type DeskDeps = Omit<DeskServiceDeps, 'currentCall'> & CallNewsDeps

export type Desk = ReturnType<typeof createDesk>

/** What a signed-in person has in front of them; owns no rows of its own. */
export function createDesk(deps: DeskDeps) {
  const service = createDeskService({
    ...deps,
    async currentCall({ extension }) {
      const callId = extension === null ? null : deps.talkingOn(extension)
      return callId === null ? null : ((await deps.callRows([callId])).get(callId) ?? null)
    },
  })
  const { callChanged, settled } = createCallNews(deps)
  return { routes: deskRoutes(service), snapshot: service.snapshot, callChanged, settled }
}
