import { createCalendar } from './calendar/calendar-feature.ts'
import { createCallbackSettings } from './callbacks/settings/callback-settings-feature.ts'
import { createCalls } from './calls/calls-feature.ts'
import type { HouseSettings } from './config.ts'
import { buildCallwork } from './callwork.ts'
import { buildCasework } from './casework.ts'
import { createCustomers } from './customers/customers-feature.ts'
import type { Database } from './db/transaction.ts'
import { createWeather } from './db/weather.ts'
import type { LiveFact } from './domain-fact.ts'
import type { Logger } from './logger.ts'
import type { Clock, NewId, Notifier, StateFact, Telephony, TelephonyEars } from './ports.ts'
import { createPops } from './pops/pops-feature.ts'
import { createSchedule } from './schedule/schedule-feature.ts'
import type { PasswordHashing } from './staff/password.ts'
import { createSearch } from './search/search-feature.ts'
import { createStaffFeature } from './staff/staff-feature.ts'
import { createViews } from './views/views-feature.ts'
import { createWorkflow } from './workflow.ts'
import { withSupervision } from './workflows/supervision-workflow.ts'

export interface HouseDeps<T extends Telephony> {
  settings: HouseSettings & { secure: boolean; appVersion: string }
  database: Database
  clock: Clock
  newId: NewId
  notifier: Notifier
  logger: Logger
  hashing: PasswordHashing
  createTelephony: (ears: TelephonyEars) => T
}

export type House = ReturnType<typeof buildHouse<Telephony>>

/** Every feature, joined by the workflow and by look-ups; no sockets, no HTTP server. */
export function buildHouse<T extends Telephony>(deps: HouseDeps<T>) {
  const { settings, database, clock, newId, notifier, logger } = deps
  const { hotlineQueues } = settings
  const state: StateFact = (trx, fact) => workflow.onFact(trx, fact)
  const live = (fact: LiveFact): void => workflow.onLive(fact)
  const weather = createWeather({
    clock,
    logger,
    onChange: ({ database: is, since }) => notifier.serviceStatus({ database: is, since }),
  })
  const common = { database, clock, newId, notifier, logger, state, live, weather, hotlineQueues }

  const schedule = createSchedule(common)
  const people = createStaffFeature({ ...common, schedule, hashing: deps.hashing, settings })
  const { byId: staffById, byExtension: staffByExtension, activeById } = people.staff
  const { byExtensionAt: staffByExtensionAt, phonesOf } = people.staff
  const customers = createCustomers({
    ...common,
    schedule,
    hotlineNumber: settings.hotlineNumber,
    openTicketsFor: (db, owner) => tickets.openTicketsFor(db, owner),
    findCustomers: (order) => search.findCustomers(order),
    numberOfTicket: (db, ticketId) => tickets.numberOf(db, ticketId),
    callRows: (ids) => calls.rowsOf(ids),
  })
  const search = createSearch({ ...common, ...customers, schedule })
  const calendar = createCalendar({ ...common, schedule })
  const callbackSettings = createCallbackSettings({ ...common, first: settings.callbacks })
  const { rules } = callbackSettings
  const known = { ...customers, staffById, staffByExtension, staffByExtensionAt, phonesOf }
  const telephony = deps.createTelephony({
    onCallEvent: (event) => ears.onCallEvent(event),
    onQueueEvent: (event) => ears.onQueueEvent(event),
    onSpyEvent: (event) => control.hearSpy(event),
    callsInDoubt: (pbxId, snapshot) => calls.inDoubt(pbxId, snapshot),
    callingHours: () => rules().hours,
    deviceOf: (extension) => desk.deviceOf(extension),
    hasOtherPhone: (extension) => desk.hadBrowserPhone(extension) || queues.hasStray(extension),
    onStatus: (status) => live({ type: 'pbx_status_changed', status }),
  })
  const calls = createCalls({
    ...common,
    ...known,
    schedule,
    findTickets: search.findTickets,
    setAside: schedule.setAside.record,
    isPhone: (pbxId, endpoint) =>
      staffByExtension(endpoint) !== null || queues.hasMember(pbxId, endpoint),
    resync: (pbxId) => telephony.resync(pbxId),
    askJournal: (pbxId, caller) => telephony.askJournal(pbxId, caller),
  })
  const casework = buildCasework({
    ...common,
    ...known,
    settings,
    schedule,
    calendar,
    calls,
    people,
    callingHours: () => rules().hours,
    callbacksOf: (ticketId) => callbacks.service.ofTicket(ticketId),
    findTickets: search.findTickets,
    isCallable: (db, ticketId) => callbacks.isCallable(db, ticketId),
    openAlarms: () => alarms.open(),
    endedAlarms: (since, limit) => alarms.endedUnseen(since, limit),
    callbacksLeft: (user, limit) => callbacks.leftOver(user, limit),
    whyPromisesStay: (db, promises, id) => callbacks.moving.whyNotBack(db, promises, id),
  })
  const { tickets } = casework
  const pops = createPops({
    ...common,
    ...known,
    schedule,
    callsById: calls.callsById,
    promisesOfCalls: (db, callIds) => callbacks.promisesOfCalls(db, callIds),
    openTickets: tickets.openTickets,
    ticketsOfPops: tickets.ticketsOfPops,
    outagesFor: casework.outages.outagesFor,
  })
  const { queues, callbacks, desk, control, ears, wall, alarms } = buildCallwork({
    ...common,
    ...known,
    settings,
    telephony,
    schedule,
    people,
    calls,
    casework,
    rules,
    livePops: pops.liveFor,
    serviceStatus: weather.status,
  })
  const phones = { calls, queues, callbacks, desk, control, wall, alarms }
  const inner = createWorkflow({
    staffIdOf: (extension, at) =>
      (at ? staffByExtensionAt(extension, at) : staffByExtension(extension))?.id ?? null,
    shortestTalkSeconds: settings.shortestTalkSeconds,
    audit: people.audit.record,
    ...phones,
    ...casework,
    pops,
    customers,
    search,
    personById: activeById,
    newId,
  })
  const workflow = withSupervision({ ...phones, audit: people.audit.record }, inner)
  const views = createViews({ ...common, staffById, countTickets: tickets.service.countOf })
  const features = { people, customers, calendar, ...phones, callbackSettings, views }
  const routes = Object.values({ ...features, schedule, ...casework }).flatMap((one) => one.routes)
  const around = { pops, search, schedule, telephony, weather, workflow, routes }
  return { ...features, ...casework, ...around }
}
