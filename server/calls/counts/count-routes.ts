import { countedHistory } from '#contract/supervision/counted-history.ts'
import type { LocalDate } from '#contract/primitives.ts'
import { type Route, route } from '../../http/route.ts'

export function countRoutes(countedFrom: () => Promise<LocalDate | null>): Route[] {
  return [
    route({
      method: 'get',
      path: '/figures/counted',
      summary: 'From which day on figures are whole, while calls of earlier releases are counted',
      access: ['supervisor', 'admin'],
      response: countedHistory,
      handler: async () => ({ from: await countedFrom() }),
    }),
  ]
}
