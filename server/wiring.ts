import type { CustomerRef } from '#contract/customers.ts'
import type { TicketRow } from '#contract/tickets.ts'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type AmiTelephony, type AmiTelephonyOptions, createAmiTelephony } from './ami/telephony.ts'
import { calendarRoutes } from './calendar/calendar-routes.ts'
import { createCalendarService } from './calendar/calendar-service.ts'
import { createAttemptService } from './callbacks/attempt-service.ts'
import { callbackRoutes } from './callbacks/callback-routes.ts'
import { createCallbackService } from './callbacks/callback-service.ts'
import { createDialer } from './callbacks/dialer.ts'
import { callRoutes } from './calls/call-routes.ts'
import { createCallService } from './calls/call-service.ts'
import { callsById, linkTicket, ticketCalls } from './calls/linked-call-store.ts'
import { type Config } from './config.ts'
import { createCustomerService } from './customers/customer-service.ts'
import { customerRoutes } from './customers/customer-routes.ts'
import { formatForeign } from './customers/foreign-number-service.ts'
import type { Database, Trx } from './db/transaction.ts'
import type { DomainFact } from './domain-fact.ts'
import { createDeskService } from './desk/desk-service.ts'
import { deskRoutes } from './desk/desk-routes.ts'
import { createApp } from './http/app.ts'
import { createListener } from './http/listener.ts'
import { countByName, createMetrics } from './http/metrics.ts'
import type { Route } from './http/route.ts'
import { type Logger } from './logger.ts'
import type { Clock } from './ports.ts'
import { createAgentStateService } from './queues/agent-state-service.ts'
import { createMemberService } from './queues/member-service.ts'
import { queueRoutes } from './queues/queue-routes.ts'
import { createQueueService } from './queues/queue-service.ts'
import { createSocketServer } from './realtime/socket-server.ts'
import { createStaffFeature } from './staff/staff-feature.ts'
import { mayWatchQueues } from './staff/staff.ts'
import { newUuid, systemClock } from './system-clock.ts'
import { createCallTicketService } from './tickets/call-ticket-service.ts'
import { createPopService } from './pops/pop-service.ts'
import { selectOpenTickets, selectTicketsOfPop } from './tickets/open-ticket-store.ts'
import { ticketRoutes } from './tickets/ticket-routes.ts'
import { createTicketService } from './tickets/ticket-service.ts'
import { createWorkflow } from './workflow.ts'

/** How long an agent's phone rings for a promised callback, in seconds. */
const AGENT_RING_SECONDS = 25
const PAGES = fileURLToPath(new URL('../agent-ui/dist', import.meta.url))

/** What tests put in the place of real parts. */
export interface StartOverrides {
  clock?: Clock
  /** The clock that promises fall due by; the same as `clock` when left out. */
  promiseClock?: Clock
  logger?: Logger
  /** Stands where the PBXs would be. */
  createTelephony?: (options: AmiTelephonyOptions) => AmiTelephony
}

export function wire(
  config: Config,
  database: Database,
  logger: Logger,
  overrides: StartOverrides,
) {
  const clock = overrides.clock ?? systemClock
  const promiseClock = overrides.promiseClock ?? clock
  const newId = newUuid
  const { hotlineQueues } = config
  const version = appVersion()
  const metrics = createMetrics()
  const sockets = createSocketServer({ clock, logger, publicUrl: config.publicUrl })
  const { notifier } = sockets

  const people = createStaffFeature({
    database,
    clock,
    newId,
    notifier,
    state: onFact,
    settings: {
      sessionHours: config.sessionHours,
      secure: config.publicUrl.startsWith('https:'),
      adminPassword: config.adminPassword,
    },
  })
  const { staff, sessions, audit } = people
  const customers = createCustomerService({
    database,
    clock,
    newId,
    formatForeign,
    openTicketsFor: (db, of) => tickets.openTicketsFor(db, of),
  })
  const calendar = createCalendarService({
    database,
    redateOpenTickets: (trx, dueAt) => tickets.redateOpen(trx, dueAt),
    recordAudit: audit.record,
  })
  const callTickets = createCallTicketService({
    clock,
    newId,
    notifier: { ticketUpdated: (ticket) => void announceOpened(ticket) },
    dueAt: calendar.dueAt,
    describeNumber: customers.describe,
    findByNumber: customers.findByNumber,
    staffById: staff.byId,
    linkCall: (trx, link) => linkTicket(trx.db, link),
  })
  const pops = createPopService({
    database,
    clock,
    newId,
    notifier,
    logger,
    describeNumber: customers.describe,
    findByNumbers: customers.findByNumbers,
    customersById: customers.refsById,
    callsById,
    openTickets: selectOpenTickets,
    ticketsOfPop: selectTicketsOfPop,
  })
  const tickets = createTicketService({
    database,
    clock,
    newId,
    notifier,
    callTickets,
    dueAt: calendar.dueAt,
    describeNumber: customers.describe,
    findByNumber: customers.findByNumber,
    customersById: customers.refsById,
    rememberChoice: customers.rememberChoice,
    staffById: staff.byId,
    callsOf: (ticketId) => ticketCalls(database.db, ticketId, agentName),
    callbacksOf: (ticketId) => callbacks.ofTicket(ticketId),
    touchPops: pops.touch,
  })
  const createTelephony = overrides.createTelephony ?? createAmiTelephony
  const telephony = createTelephony({
    pbxs: config.pbxs.map(({ id, host, port, username, secret, dialer: dialling }) => ({
      pbxId: id,
      tracker: { host, port, user: username, secret },
      dialler: { host, port, user: dialling.username, secret: dialling.secret },
    })),
    clock,
    logger,
    count: countByName(metrics),
    onCallEvent: (event) => calls.handle(event),
    onQueueEvent: (event) => queues.handle(event),
    onStatus(status) {
      queues.setPbxStatus(status)
      agentStates.onPbxStatus(status)
      dialer.wake()
    },
  })
  const attempts = createAttemptService({
    clock: promiseClock,
    notifier,
    readNumber: customers.describe,
    noteOnTicket: callTickets.note,
    attachCall: callTickets.attachCallbackCall,
  })
  const dialer = createDialer({
    database,
    clock: promiseClock,
    newId,
    telephony,
    attempts,
    notifier,
    logger,
    readNumber: customers.describe,
    agents: (staffIds) => agentStates.reachOf(staffIds),
    ringSeconds: AGENT_RING_SECONDS,
  })
  const callbacks = createCallbackService({
    database,
    clock: promiseClock,
    newId,
    telephony,
    attempts,
    dialer,
    readNumber: customers.describe,
    noteOnTicket: callTickets.note,
    findTicket: tickets.promisedTicket,
    staffById: staff.activeById,
    delayMinutes: config.callbackDelayMinutes,
  })
  const queues = createQueueService({
    database,
    clock,
    notifier,
    logger,
    hotlineQueues,
    pbxIds: config.pbxs.map((pbx) => pbx.id),
    readNumber: customers.describe,
    customerNames: async (db, keys) => chosenNames(await customers.findByNumbers(db, keys)),
    staffName: (extension) => staff.byExtension(extension)?.displayName ?? null,
    onMembers: (pbxId, extensions) => agentStates.onMembers(pbxId, extensions),
  })
  const agentStates = createAgentStateService({
    database,
    clock,
    notifier,
    telephony,
    logger,
    hotlineQueues,
    staffById: staff.byId,
    staffByExtension: staff.byExtension,
    membershipsOf: queues.membershipsOf,
    memberOf: queues.memberOf,
    extensionsOn: queues.extensionsOn,
    onReach: () => dialer.wake(),
  })
  const members = createMemberService({
    database,
    telephony,
    hotlineQueues,
    staffByExtension: staff.byExtension,
    membershipsOf: queues.membershipsOf,
    audit: audit.record,
  })
  const calls = createCallService({
    database,
    clock,
    newId,
    logger,
    rules: { hotlineQueues: new Set(hotlineQueues), isInternal: isExtension },
    describeNumber: customers.describe,
    staffByExtension: staff.byExtension,
    onFact: createWorkflow({
      staffIdOf: (extension) => staff.byExtension(extension)?.id ?? null,
      tickets: callTickets,
      pops,
      callbacks,
      queues,
      announceCall: (callId, staffIds) => void announceCall(callId, staffIds),
    }),
  })
  const desk = createDeskService({
    clock,
    appVersion: version,
    stateOf: agentStates.get,
    setState: agentStates.set,
    currentCall: async ({ extension }) => {
      const callId = extension === null ? null : calls.talkingOn(extension)
      return callId === null ? null : calls.rowOf(callId)
    },
    livePops: pops.liveFor,
    openCallbacks: callbacks.openOf,
    countCallbacksDue: callbacks.dueCount,
    countOpenTickets: tickets.countOpen,
  })

  function agentName(extension: string): string {
    return staff.byExtension(extension)?.displayName ?? extension
  }

  /** The agent who waits for the pop comes before everybody's lists. */
  async function announceOpened(ticket: TicketRow): Promise<void> {
    await pops.sent()
    notifier.ticketUpdated(ticket)
  }

  async function announceCall(callId: string, staffIds: string[]): Promise<void> {
    await pops.sent()
    try {
      const row = await calls.rowOf(callId)
      if (row !== null) notifier.callUpdated(staffIds, row)
    } catch (error) {
      logger.error({ err: error, callId }, 'a call could not be announced')
    }
  }

  /** What follows from the facts of staff. */
  async function onFact(trx: Trx, fact: DomainFact): Promise<void> {
    if (fact.type === 'staff_signed_out') {
      trx.afterCommit(() => void goOffline(fact.staffId, null))
    }
    if (fact.type === 'staff_phone_lost') {
      trx.afterCommit(() => void goOffline(fact.staffId, fact.extension))
    }
  }

  async function goOffline(staffId: string, lostExtension: string | null): Promise<void> {
    try {
      await (lostExtension === null
        ? agentStates.onSignOut(staffId)
        : agentStates.onPhoneLost(staffId, lostExtension))
    } catch (error) {
      logger.error({ err: error, staffId }, 'a phone could not be taken out of the queues')
    }
  }

  const routes: Route[] = [
    ...people.routes,
    ...deskRoutes(desk),
    ...callRoutes(calls),
    ...ticketRoutes(tickets),
    ...callbackRoutes(callbacks),
    ...customerRoutes(customers),
    ...calendarRoutes(calendar),
    ...queueRoutes(queues, members),
  ]
  const app = createApp({
    routes,
    resolveSession: sessions.resolve,
    checks: [
      {
        name: 'database',
        check: () => database.ping().then(() => ({ ok: true, detail: 'usable' })),
      },
      ...config.pbxs.map(({ id }) => ({ name: `pbx ${id}`, check: () => pbxCheck(id) })),
    ],
    metrics,
    logger,
    newId,
    publicUrl: config.publicUrl,
    trustProxy: config.trustProxy,
    appVersion: version,
    pagesFolder: existsSync(PAGES) ? PAGES : null,
  })
  const listener = createListener(app)

  function pbxCheck(id: string) {
    const status = telephony.status().find((pbx) => pbx.pbxId === id)
    const ok = status?.link === 'ready'
    return { ok, detail: status?.problem ?? status?.link ?? 'unknown' }
  }

  metrics.gauge('hotline_events_waiting', 'Events taken in and not yet saved', () =>
    calls.backlog(),
  )
  metrics.gauge('hotline_sockets', 'Open browser sockets', () => sockets.connections())

  async function start(): Promise<{ url: string; oneTimePassword: string | null }> {
    const oneTimePassword = await people.start()
    await calendar.load()
    await agentStates.load()
    await queues.start()
    await calls.load()
    await pops.reconcile()
    const url = await listener.listen(config.port, config.host)
    sockets.attach(listener.server, {
      deskSnapshot: desk.snapshot,
      queuesSnapshot: queues.snapshot,
      mayWatchQueues: (user) => mayWatchQueues(user.role),
      appVersion: version,
      identifySession: sessions.identify,
      liveSessions: sessions.liveAmong,
      onReceipt: pops.receipt,
    })
    pops.start()
    telephony.start()
    await dialer.start()
    return { url, oneTimePassword }
  }

  async function idle(): Promise<void> {
    await calls.idle()
    await pops.idle()
  }

  async function stop(): Promise<void> {
    await dialer.stop()
    await telephony.stop()
    await calls.stop()
    sockets.stop()
    await listener.close()
    await pops.stop()
    agentStates.stop()
    await agentStates.settled()
    queues.stop()
  }

  return { routes, start, idle, stop }
}

/** Only callers who are known for certain are shown by name. */
function chosenNames(owners: ReadonlyMap<string, { chosen: CustomerRef | null }>) {
  return new Map([...owners].flatMap(([key, { chosen }]) => (chosen ? [[key, chosen.name]] : [])))
}

/** Our own phones are 2 to 6 digits; carriers' endpoints have names. */
function isExtension(endpoint: string): boolean {
  return /^\d{2,6}$/.test(endpoint)
}

/** Changes with every build of the pages, so that an open page learns that it is outdated. */
function appVersion(): string {
  const page = `${PAGES}/index.html`
  if (!existsSync(page)) return 'unbuilt'
  return createHash('sha256').update(readFileSync(page)).digest('hex').slice(0, 12)
}
