import type { Instant } from '#contract/primitives.ts'
import type { Schedule } from '../schedule/schedule-feature.ts'
import { plusMs } from '../time.ts'
import { handOverRoutes } from './hand-over-routes.ts'
import { createHandOverService, type HandOverDeps } from './hand-over-service.ts'
import { deleteHandOversBefore } from './hand-over-store.ts'
import { askedToCome } from './help.ts'
import { helpRoutes } from './help-routes.ts'
import { createHelpService, type HelpDeps } from './help-service.ts'
import { deleteHelpBefore } from './help-store.ts'
import { messageRoutes } from './message-routes.ts'
import { createMessageService, type MessageDeps } from './message-service.ts'
import { deleteMessagesBefore } from './message-store.ts'

export type ShiftDeps = HelpDeps &
  MessageDeps &
  HandOverDeps & {
    schedule: Pick<Schedule, 'loop' | 'recur'>
  }

export type Shift = ReturnType<typeof createShift>

/** Asks for help are ended this soon after their time, whatever the rows said. */
const LOOK_EVERY_MS = 60_000
const DAY_MS = 86_400_000
/** Help, and messages: no longer than the notifications of them, which are their receipts. */
const WORDS_KEPT_DAYS = 90
/** Hand-overs name customers and their numbers: half a year is long enough to look back on a shift. */
const HAND_OVERS_KEPT_DAYS = 180

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
  deps.schedule.recur({
    name: 'old words of shifts',
    cron: '35 3 * * *',
    work: forgetOld,
  })

  async function forgetOld(now: Instant): Promise<void> {
    const words = plusMs(now, -WORDS_KEPT_DAYS * DAY_MS)
    await deps.database.transaction(async (trx) => {
      await deleteHelpBefore(trx.db, words)
      await deleteMessagesBefore(trx.db, words)
      await deleteHandOversBefore(trx.db, plusMs(now, -HAND_OVERS_KEPT_DAYS * DAY_MS))
    })
  }

  /** Who is told that somebody asks for help. */
  async function supervisorsHere(): Promise<string[]> {
    const present = await deps.signedIn()
    return askedToCome(deps.everybody().filter(({ id }) => present.has(id))).map(({ id }) => id)
  }

  const routes = [...helpRoutes(help), ...messageRoutes(messages), ...handOverRoutes(handOvers)]
  return { help, messages, handOvers, loop, supervisorsHere, routes }
}
