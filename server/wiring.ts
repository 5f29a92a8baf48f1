import { createAmiTelephony } from './ami/telephony.ts'
import { toPbxOptions } from './ami/pbx.ts'
import type { Config } from './config.ts'
import type { Database } from './db/transaction.ts'
import { buildHouse } from './house.ts'
import { createApp } from './http/app.ts'
import { createListener } from './http/listener.ts'
import { countByName, createMetrics, showFigures } from './http/metrics.ts'
import { builtPages } from './http/pages.ts'
import { boardCheck, calendarCheck, databaseCheck, pbxCheck } from './http/readiness.ts'
import type { Logger } from './logger.ts'
import type { StartOverrides } from './start-overrides.ts'
import { createSocketServer } from './realtime/socket-server.ts'
import { createPasswordHashing } from './staff/password.ts'
import { mayWatchQueues } from './staff/staff.ts'
import { newUuid, systemClock } from './system-clock.ts'

/** The whole process: the house of features between the PBXs, the browsers and HTTP. */
export function wire(
  config: Config,
  database: Database,
  logger: Logger,
  overrides: StartOverrides,
) {
  const { clock = systemClock } = overrides
  const pages = builtPages()
  const isSecure = config.publicUrl.startsWith('https:')
  const metrics = createMetrics()
  const sockets = createSocketServer({ clock, logger, publicUrl: config.publicUrl })
  const createTelephony = overrides.createTelephony ?? createAmiTelephony
  const house = buildHouse({
    settings: { ...config, secure: isSecure, appVersion: pages.version },
    database,
    clock,
    newId: newUuid,
    notifier: sockets.notifier,
    logger,
    hashing: overrides.hashing ?? createPasswordHashing(),
    createTelephony: (ears) =>
      createTelephony({
        pbxs: config.pbxs.map(toPbxOptions),
        mustConfirm: config.callbackConfirm,
        count: countByName(metrics),
        clock,
        logger,
        ...ears,
      }),
  })
  const { people, calendar, calls, pops, queues, callbacks, desk } = house
  const { schedule, telephony, weather, control, routes } = house
  const pbxs = () => telephony.status()
  const app = createApp({
    ...config,
    routes,
    resolveSession: people.sessions.resolve,
    checks: [
      databaseCheck(database, weather.status),
      ...config.pbxs.map(({ id }) => pbxCheck(id, pbxs)),
      boardCheck(weather.status, pbxs, () => calls.idle().then(queues.flush)),
      calendarCheck(calendar.warnings),
    ],
    metrics,
    logger,
    newId: newUuid,
    appVersion: pages.version,
    pagesFolder: pages.folder,
  })
  const listener = createListener(app)
  showFigures(metrics, { eventsWaiting: calls.backlog, sockets: sockets.connections, pbxs })

  async function start(): Promise<{ url: string; oneTimePassword: string | null }> {
    const oneTimePassword = await people.start()
    await desk.start()
    const { clocks, guidance, teams, outages, callbackSettings, alarms } = house
    const settled = [calendar, clocks, guidance, teams, outages, callbackSettings, control, alarms]
    await Promise.all(settled.map((one) => one.start()))
    logger.info(callbackSettings.inForce(), 'callbacks are made by these rules')
    await calls.start()
    await queues.start()
    await pops.load()
    const url = await listener.listen(config.port, config.host)
    sockets.attachWalls(house.wall.sockets)
    sockets.attach(listener.server, {
      deskSnapshot: desk.snapshot,
      queuesSnapshot: queues.snapshot,
      mayWatchQueues: (user) => mayWatchQueues(user.role),
      appVersion: pages.version,
      identifySession: people.sessions.identify,
      liveSessions: people.sessions.liveAmong,
      onReceipt: pops.receipt,
      onPageOpened: queues.pageOpened,
      onPageClosed: queues.pageClosed,
    })
    pops.start()
    telephony.start()
    await callbacks.start()
    schedule.start()
    return { url, oneTimePassword }
  }

  /** Resolves when everything heard so far is saved and told. */
  async function idle(): Promise<void> {
    await calls.idle()
    await desk.settled()
    await pops.idle()
  }

  async function stop(): Promise<void> {
    await Promise.all([schedule.stop(), callbacks.stop()])
    await telephony.stop()
    for (const one of [weather, control]) one.stop()
    await idle()
    sockets.stop()
    await listener.close()
    await pops.stop()
    await queues.stop()
  }

  return { routes, start, idle, stop }
}
