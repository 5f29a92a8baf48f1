import type { Ticket } from '#contract/tickets.ts'
import type { OutageRef } from '#contract/casework/outages.ts'
import type { DayHours } from '../callbacks/policy/calling-hours.ts'
import type { Db } from '../db/schema.ts'
import type { Database } from '../db/transaction.ts'
import type { Logger } from '../logger.ts'
import type { Clock, NewId, Notifier, StateFact } from '../ports.ts'
import type { Schedule } from '../schedule/schedule-feature.ts'
import { outageName } from './outage.ts'
import { selectOutageOf } from './outage-store.ts'
import { createOpenOutagesService, type OutageTicket } from './open-outages-service.ts'
import { outageRoutes } from './outage-routes.ts'
import { createOutageService } from './outage-service.ts'
import { createOutageSettingsService } from './outage-settings-service.ts'
import { createReleaseService } from './release-service.ts'
import { createWatchService } from './watch-service.ts'

export interface OutagesDeps {
  database: Database
  clock: Clock
  newId: NewId
  logger: Logger
  state: StateFact
  notifier: Pick<Notifier, 'outagesChanged'>
  schedule: Pick<Schedule, 'loop' | 'recur'>
  /** Whether this ticket's customer can be called at all. */
  isCallable: (db: Db, ticketId: string) => Promise<boolean>
  /** Released children are called back within these. */
  callingHours: () => DayHours
}

/** Between two looks at children to release: calls go in between. */
const PAUSE_MS = 20
const LOOK_EVERY_MS = 60_000

export type Outages = ReturnType<typeof createOutages>

/** Area outages: seen in the calls, opened as a parent ticket, and their children released. */
export function createOutages(deps: OutagesDeps) {
  const known = createOpenOutagesService(deps)
  const settings = createOutageSettingsService(deps)
  const watch = createWatchService({ ...deps, settings: settings.read })
  const releases = createReleaseService(deps)
  const loop = deps.schedule.loop({
    name: 'tickets of outages that are over',
    longestSleepMs: LOOK_EVERY_MS,
    shortestPauseMs: PAUSE_MS,
    work: releases.sweep,
    nextDueAt: releases.nextDueAt,
  })
  const outages = createOutageService({ ...deps, known, wake: loop.wake })
  deps.schedule.recur({
    name: 'signs of area outages',
    cron: '* * * * *',
    runAtStart: true,
    async work(now) {
      await known.load()
      await watch.look(now)
    },
  })

  /** The outage that a ticket is linked to, or may be. */
  async function outageOf(
    db: Db,
    row: {
      status: string
      is_outage: number
      parent_outage_id: string | null
      area: string | null
      service: string | null
      customer_id: string | null
    },
  ): Promise<Pick<Ticket, 'outage' | 'outageOffer'>> {
    const isOver = row.status === 'closed' || row.status === 'cancelled'
    if (isOver || row.is_outage === 1) return { outage: null, outageOffer: null }
    const { customer_id: customerId, parent_outage_id: parentOutageId, area, service } = row
    const asksContracts = parentOutageId === null && area === null && customerId !== null
    const areas = await known.areasOf(db, asksContracts ? [customerId] : [])
    return known.of(db, { parentOutageId, area, service, customerId }, areas)
  }

  /** The same for many pops at once: linked or not, their callers are told of it. */
  async function outagesFor(
    db: Db,
    customerIds: readonly string[],
  ): Promise<(ticket: OutageTicket) => OutageRef | null> {
    const areas = await known.areasOf(db, customerIds)
    return (ticket) => {
      const { outage, outageOffer } = known.of(db, ticket, areas)
      return outage ?? outageOffer
    }
  }

  return {
    service: outages,
    settings,
    routes: outageRoutes(outages, settings),
    loop,
    linked: outages.linked,
    nameOf,
    end: outages.end,
    outageOf,
    outagesFor,
    /** Reads the outages that are open. */
    start: known.load,
  }
}

/** Code and name of the outage that this ticket stands for, as lines tell it; null when it is none. */
async function nameOf(db: Db, ticketId: string): Promise<string | null> {
  const row = await selectOutageOf(db, ticketId)
  return row === undefined ? null : `${row.code} · ${outageName(row)}`
}
