import type { Schedule } from '../schedule/schedule-feature.ts'
import { handOverRoutes } from './hand-over-routes.ts'
import { createHandOverService, type HandOverDeps } from './hand-over-service.ts'
import { helpRoutes } from './help-routes.ts'
import { createHelpService, type HelpDeps } from './help-service.ts'
import { messageRoutes } from './message-routes.ts'
import { createMessageService, type MessageDeps } from './message-service.ts'

export type ShiftDeps = HelpDeps & MessageDeps & HandOverDeps & { schedule: Pick<Schedule, 'loop'> }

export type Shift = ReturnType<typeof createShift>

/** Asks for help are ended this soon after their time, whatever the rows said. */
const LOOK_EVERY_MS = 60_000

/** People of one shift with one another: help, messages, and the hand-over to the next. */
export function createShift(deps: ShiftDeps) {
  const help = createHelpService(deps)
  const messages = createMessageService(deps)
  const handOvers = createHandOverService({ ...deps, openHelp: help.listOpen })
  const loop = deps.schedule.loop({
    name: 'requests for help',
    longestSleepMs: LOOK_EVERY_MS,
    work: help.expire,
    nextDueAt: help.nextExpiry,
  })
  const routes = [...helpRoutes(help), ...messageRoutes(messages), ...handOverRoutes(handOvers)]
  return { help, messages, handOvers, loop, routes }
}
