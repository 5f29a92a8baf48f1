import { createCallNews, type CallNewsDeps } from './call-news-service.ts'
import { deskCallOf } from './desk-call.ts'
import { deskRoutes } from './desk-routes.ts'
import { createDeskService, type DeskServiceDeps } from './desk-service.ts'

export type DeskDeps = Omit<DeskServiceDeps, 'currentCall'> & CallNewsDeps

export type Desk = ReturnType<typeof createDesk>

/** What a signed-in person has in front of them; owns no rows of its own. */
export function createDesk(deps: DeskDeps) {
  const service = createDeskService({
    ...deps,
    async currentCall({ extension }) {
      const own = extension === null ? null : deps.callOn(extension)
      if (extension === null || own === null) return null
      const row = (await deps.callRows([own.id])).get(own.id)
      const nameOf = (other: string) => deps.staffByExtension(other)?.displayName ?? null
      return row ? deskCallOf(row, own.call, { extension, nameOf }) : null
    },
  })
  const { callChanged, callsMoved, settled } = createCallNews(deps)
  return {
    routes: deskRoutes(service),
    snapshot: service.snapshot,
    callChanged,
    callsMoved,
    settled,
  }
}
