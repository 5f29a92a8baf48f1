import type { Instant, LocalDate } from '#contract/primitives.ts'
import type { Db } from '../db/schema.ts'
import type { Schedule } from '../schedule/schedule-feature.ts'
import { addDays, localDay } from '../calendar/working-days.ts'
import { type CallListDeps, createCallListService } from './call-list-service.ts'
import { createCallLinks } from './call-link-service.ts'
import { callRoutes } from './call-routes.ts'
import { type CallServiceDeps, createCallService } from './call-service.ts'
import { type CallViewDeps, createCallViewService } from './call-view-service.ts'
import { countBefore, countDay } from './counts/count-service.ts'
import { countRoutes } from './counts/count-routes.ts'
import { dayOfCall } from './counts/count-store.ts'
import { createOwedTicketService } from './owed-ticket-service.ts'
import { type CallMove, moveCalls } from './call-move-store.ts'
import { callsById, ticketCalls } from './linked-call-store.ts'
import { listTalks, type TalkQuery } from './talk-store.ts'

export type CallsDeps = Omit<CallServiceDeps, 'links'> &
  CallViewDeps &
  CallListDeps & {
    schedule: Pick<Schedule, 'loop' | 'work' | 'rewrite'>
  }

/** A ticket that is owed is looked for at least this often, and at the start. */
const OWED_EVERY_MS = 60_000

export type Calls = ReturnType<typeof createCalls>

/** Calls: what the PBXs say becomes conversations, their facts and their history. */
export function createCalls(deps: CallsDeps) {
  const { database, staffByExtensionAt } = deps
  const links = createCallLinks()
  const service = createCallService({ ...deps, links })
  const view = { ...createCallListService(deps), ...createCallViewService(deps) }
  const owed = createOwedTicketService({ ...deps, work: deps.schedule.work })
  const counting = deps.schedule.rewrite({
    name: 'counts of calls',
    rules: '2',
    step: (trx, beforeId) => countBefore(trx, beforeId, staffByExtensionAt),
  })
  const owedLoop = deps.schedule.loop({
    name: 'owed tickets',
    longestSleepMs: OWED_EVERY_MS,
    work: owed.sweep,
    nextDueAt: owed.nextDueAt,
  })
  /**
   * Figures of days before this one miss calls of earlier releases; null: none do. Today is whole from the
   * start, the day that counting has reached is not yet.
   */
  async function countedFrom(): Promise<LocalDate | null> {
    const last = await counting.reached(database.db)
    if (last === null) return null
    const today = localDay(deps.clock.now())
    const reached = (await dayOfCall(database.db, last)) ?? today
    return reached < today ? addDays(reached, 1) : today
  }

  return {
    view,
    routes: [...callRoutes(view), ...countRoutes(countedFrom)],
    handle: service.handle,
    inDoubt: service.inDoubt,
    callOn: service.callOn,
    goingOn: service.goingOn,
    live: service.live,
    /** The id of the call that this phone talks on now, or null. */
    talkingOn: (extension: string) => service.callOn(extension)?.id ?? null,
    numbersOnLine: service.numbersOnLine,
    numbersStaying: service.numbersStaying,
    hasPlaces: service.hasPlaces,
    unansweredSince: service.unansweredSince,
    isColleague: service.isColleague,
    backlog: service.backlog,
    /** Opens what is owed now; the schedule does it by itself. */
    sweepOwed: owedLoop.run,
    idle: service.idle,
    /** Reads what is known, before the PBX is heard and the day is summed up. */
    async start(): Promise<void> {
      await countDay(database, localDay(deps.clock.now()), staffByExtensionAt)
      await service.load()
    },
    rowsOf: view.rowsOf,
    partiesOf: view.partiesOf,
    callsById: (db: Db, ids: readonly string[]) => callsById(db, ids),
    /** The conversations of a ticket, with their agents by name. */
    ofTicket: (ticketId: string) =>
      ticketCalls(
        database.db,
        ticketId,
        (extension, at) => staffByExtensionAt(extension, at)?.displayName ?? extension,
      ),
    /** When an agent and this number talked on calls of a ticket, oldest first. */
    async talksWith(db: Db, query: TalkQuery & { number: string }): Promise<Instant[]> {
      const key = deps.describeNumber(query.number).key
      const talks = await listTalks(db, query)
      return talks
        .filter(({ number }) => key !== null && deps.describeNumber(number).key === key)
        .map(({ at }) => at)
    },
    /** Calls go to another ticket, or some of them back; answers which. */
    moveCalls: (db: Db, move: CallMove, ids?: readonly string[]) => moveCalls(db, move, ids),
    /** Notes on the call's own row which ticket it belongs to. */
    linkTicket: links.link,
  }
}
