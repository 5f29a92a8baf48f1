import { expect } from 'vitest'
import { type Role, staffMember } from '../../server/contract/staff.ts'
import { readConfig } from '../../server/config.ts'
import { type RunningService, startService } from '../../server/main.ts'
import type { Clock } from '../../server/ports.ts'
import type { StartOverrides } from '../../server/start-overrides.ts'
import { createCheapHashing } from './cheap-hashing.ts'
import {
  createMigratedDatabase,
  createScratchDatabase,
  type Scratch,
  type TestDialect,
} from './database.ts'
import { silentLogger } from './logger.ts'
import { type Person, signIn } from './person.ts'
import { eventually } from './eventually.ts'

/** Of everybody whom `startHotline` takes on. */
export const PASSWORD = 'correct horse battery'

export interface HotlineOptions {
  amiUrl: string
  dialerUrl?: string
  dialect?: TestDialect
  env?: Record<string, string>
  clock?: Clock
  createTelephony?: StartOverrides['createTelephony']
  openDatabase?: StartOverrides['openDatabase']
  /** Where the service finds its database, for tests that stand in between. */
  databaseUrlFor?: (databaseUrl: string) => Promise<string>
  /** Fills the database before the service starts; its administrator must be `admin` with PASSWORD. */
  prepare?: (databaseUrl: string) => Promise<void>
  /** A database of the test's own instead of a new one; the test removes it. */
  databaseUrl?: string
}

/** The whole service as `npm start` runs it, on a free port and a database of its own. */
export interface Hotline {
  readonly url: string
  /** DATABASE_URL, for tests that look at rows. */
  readonly databaseUrl: string
  readonly service: RunningService
  readonly admin: Person
  /** Takes somebody on and signs them in. */
  hire(username: string, role: Role, extension?: string): Promise<Person>
  signIn(username: string): Promise<Person>
  /** Stops and starts again on the same database and port. */
  restart(): Promise<void>
  /** Resolves when `/readyz` says ready and everything that was learnt by then is saved. */
  ready(): Promise<void>
  stop(): Promise<void>
}

export async function startHotline(options: HotlineOptions): Promise<Hotline> {
  const scratch = await databaseFor(options)
  await options.prepare?.(scratch.url)
  const env = {
    AMI_URL: options.amiUrl,
    DATABASE_URL: (await options.databaseUrlFor?.(scratch.url)) ?? scratch.url,
    PORT: '0',
    ADMIN_PASSWORD: PASSWORD,
    LOG_LEVEL: 'silent',
    // Tests run day and night.
    CALLBACK_HOURS: '00:00-24:00',
    // Real calls of tests are short.
    SHORTEST_TALK_SECONDS: '0',
    // The labs of tests have a wrapuptime of 0.
    WRAP_UP_SECONDS: '0',
    ...(options.dialerUrl === undefined ? {} : { AMI_DIALER_URL: options.dialerUrl }),
    ...options.env,
  }
  const overrides = {
    logger: silentLogger,
    hashing: createCheapHashing(),
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.createTelephony === undefined ? {} : { createTelephony: options.createTelephony }),
    ...(options.openDatabase === undefined ? {} : { openDatabase: options.openDatabase }),
  }
  let service = await startService(readConfig(env), overrides)
  const { port } = new URL(service.url)
  const admin = await signIn(service.url, 'admin', PASSWORD)
  return {
    get url() {
      return service.url
    },
    databaseUrl: scratch.url,
    get service() {
      return service
    },
    admin,
    async hire(username, role, extension) {
      const body = {
        username,
        displayName: username,
        role,
        extension: extension ?? null,
        password: PASSWORD,
      }
      await admin.send('POST', '/staff', body, staffMember)
      return signIn(service.url, username, PASSWORD)
    },
    signIn: (username) => signIn(service.url, username, PASSWORD),
    async restart() {
      await service.stop()
      service = await startService(readConfig({ ...env, PORT: port }), overrides)
    },
    async ready() {
      await eventually(async () => expect((await fetch(`${service.url}/readyz`)).status).toBe(200))
      await service.idle()
    },
    async stop() {
      await service.stop()
      await scratch.remove()
    },
  }
}

/** Who fills the database gets one that is not there yet. */
async function databaseFor(options: HotlineOptions): Promise<Scratch> {
  const { databaseUrl, dialect = 'sqlite', prepare } = options
  if (databaseUrl !== undefined) return { url: databaseUrl, remove: async () => undefined }
  return prepare === undefined ? createMigratedDatabase(dialect) : createScratchDatabase(dialect)
}
