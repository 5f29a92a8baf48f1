import { type Config, readConfig } from './config.ts'
import { openDatabase } from './db/database.ts'
import { acquireInstanceLock, type InstanceLock } from './db/instance-lock.ts'
import { migrateToLatestOrThrow } from './db/migrator.ts'
import type { Database } from './db/transaction.ts'
import { StartError } from './errors.ts'
import type { Route } from './http/route.ts'
import { createLogger, type Logger } from './logger.ts'
import { ownLogFiles, readableSecrets } from './secret-files.ts'
import type { StartOverrides } from './start-overrides.ts'
import { wire } from './wiring.ts'

export interface RunningService {
  /** Where it listens, e.g. `http://127.0.0.1:8080`. */
  url: string
  routes: readonly Route[]
  /** Printed once; null when there is staff or ADMIN_PASSWORD was given. */
  oneTimePassword: string | null
  /** Resolves with the reason when the database is no longer ours: the service must end. */
  lost: Promise<string>
  /** Resolves when every event heard so far is saved. */
  idle(): Promise<void>
  /** Ends in order and loses nothing: no new dials, no new events, what was heard is saved. */
  stop(): Promise<void>
}

/** Builds and starts the whole service. Throws StartError with one line for people. */
export async function startService(
  config: Config,
  overrides: StartOverrides = {},
): Promise<RunningService> {
  const logger = overrides.logger ?? createLogger({ level: config.logLevel })
  const lost = Promise.withResolvers<string>()
  const lock = await acquireInstanceLock(config.databaseUrl, lost.resolve)
  const endings: (() => Promise<void>)[] = [() => lock.release()]
  try {
    const database = await (overrides.openDatabase ?? openDatabase)(config.databaseUrl, {
      onTaskError: (error) => logger.error({ err: error }, 'news could not be sent after a commit'),
    })
    endings.push(() => database.close())
    await migrateToLatestOrThrow(database)
    const hotline = wire(config, whileHeld(database, lock), logger, overrides)
    endings.push(() => hotline.stop())
    const { url, oneTimePassword } = await hotline.start()
    warnOfReadableSecrets(config, logger)
    logger.info({ url, pbxs: config.pbxs.map((pbx) => pbx.id) }, 'serving')
    const { routes, idle } = hotline
    const stop = (): Promise<void> => endAll(endings)
    return { url, routes, oneTimePassword, lost: lost.promise, idle, stop }
  } catch (error) {
    await endAll(endings)
    throw error
  }
}

/**
 * The database, except that no transaction begins while PostgreSQL has taken our lock away: another
 * service may have it. Work waits as for any other outage. The few single statements beside them
 * (receipts, the age of a session) say the same whoever writes them.
 */
function whileHeld(database: Database, lock: InstanceLock): Database {
  const requireLock = (): void => {
    if (!lock.isHeld())
      throw new Error('PostgreSQL is away: the lock on the database is being taken again')
  }
  return {
    ...database,
    async transaction(work) {
      requireLock()
      return database.transaction(work)
    },
    async ping() {
      requireLock()
      await database.ping()
    },
  }
}

function warnOfReadableSecrets({ databaseUrl }: Config, logger: Logger): void {
  for (const { what, fix } of readableSecrets(databaseUrl, process.cwd(), ownLogFiles())) {
    logger.warn(`${what}: ${fix}`)
  }
}

/** The last begun ends first, each before the next; safe to ask for twice. */
async function endAll(endings: (() => Promise<void>)[]): Promise<void> {
  // oxlint-disable-next-line no-await-in-loop
  for (let end = endings.pop(); end; end = endings.pop()) await end()
}

async function main(): Promise<void> {
  const service = await startService(readConfig())
  if (service.oneTimePassword !== null) {
    console.log(`first sign-in: user admin, one-time password ${service.oneTimePassword}`)
  }
  console.log(`the hotline service is at ${service.url}`)
  const signal = await Promise.race([signalled('SIGINT'), signalled('SIGTERM'), service.lost])
  if (!signal.startsWith('SIG')) console.error(signal)
  await service.stop()
  process.exitCode = signal.startsWith('SIG') ? 0 : 1
}

function signalled(name: NodeJS.Signals): Promise<string> {
  return new Promise((resolve) => process.once(name, resolve))
}

if (import.meta.main) {
  try {
    // what is made from here on (database, lock) is its owner's alone
    process.umask(0o077)
    await main()
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
