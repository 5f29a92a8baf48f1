import type { SessionUser } from '#contract/staff.ts'
import { settingsOf } from '../../server/callbacks/policy/callback-rules.ts'
import type { DayHours } from '../../server/callbacks/policy/calling-hours.ts'
import type { Database } from '../../server/db/transaction.ts'
import { buildHouse } from '../../server/house.ts'
import type { TelephonyEars } from '../../server/ports.ts'
import { ANY_HOUR } from './domain/any-hour.ts'
import { createCheapHashing } from './cheap-hashing.ts'
import { createTestClock, type TestClock } from './clock.ts'
import { createTestIds } from './ids.ts'
import { silentLogger } from './logger.ts'
import { createFakeNotifier } from './notifier.ts'
import { createFakeTelephony, type FakeTelephony } from './telephony.ts'

export interface TestHouseOptions {
  queues?: string[]
  pbxIds?: string[]
  hotlineNumber?: string
  /** Where the driven clock begins. */
  start?: string
  clock?: TestClock
  telephony?: FakeTelephony
  /** At any hour unless given. */
  callbackHours?: DayHours
  callbackRetries?: number
  /** 10 unless given. */
  shortestTalkSeconds?: number
  faultsSolvedOnCall?: boolean
  /** Nobody answers in the page unless given. */
  browserPhone?: { url: string; key: string }
  /** A folder that is nowhere, and made only when a file comes, unless given. */
  attachmentsDir?: string
  attachmentsMaxMb?: number
  /** 0, which is never, unless given. */
  offlineWithoutPageMinutes?: number
}

/** Ids of one house are never those of another on the same database. */
let houses = 0

export type TestHouse = Awaited<ReturnType<typeof openTestHouse>>

/**
 * The house as the program builds it, on a real database; only the PBXs, the browsers and the clock
 * are the test's. Nothing has been started but what everything else looks things up in.
 */
export async function openTestHouse(database: Database, options: TestHouseOptions = {}) {
  const { queues: hotlineQueues = ['hotline'], pbxIds = ['pbx1'] } = options
  const clock = options.clock ?? createTestClock(options.start)
  const notifier = createFakeNotifier()
  const telephony = options.telephony ?? createFakeTelephony(pbxIds)
  const heard: { ears: TelephonyEars | null } = { ears: null }
  const login = { username: 'test', secret: 'test' }
  const house = buildHouse({
    settings: {
      pbxs: pbxIds.map((id) => ({ id, host: '127.0.0.1', port: 1, ...login, dialer: login })),
      hotlineNumber: options.hotlineNumber ?? '19000382',
      hotlineQueues,
      callbacks: settingsOf({
        hours: options.callbackHours ?? ANY_HOUR,
        delayMinutes: 30,
        retries: options.callbackRetries ?? 0,
        customerFirstQueue: null,
      }),
      callbackConfirm: true,
      browserPhone: options.browserPhone ?? null,
      sealingKey: options.browserPhone?.key ?? null,
      shortestTalkSeconds: options.shortestTalkSeconds ?? 10,
      faultsSolvedOnCall: options.faultsSolvedOnCall ?? true,
      attachmentsDir: options.attachmentsDir ?? '/dev/null/no-folder',
      attachmentsMaxMb: options.attachmentsMaxMb ?? 1,
      sessionHours: 12,
      offlineWithoutPageMinutes: options.offlineWithoutPageMinutes ?? 0,
      wrapUpSeconds: 0,
      adminPassword: null,
      secure: false,
      appVersion: 'test',
    },
    database,
    clock,
    newId: createTestIds(`house${++houses}`),
    notifier,
    logger: silentLogger,
    hashing: createCheapHashing(),
    createTelephony(ears) {
      heard.ears = ears
      return telephony
    },
  })
  const { ears } = heard
  if (ears === null) throw new Error('the house asked for no telephony')
  await house.people.staff.load()
  await house.calendar.start()
  await house.teams.start()
  await house.clocks.start()
  await house.callbackSettings.start()
  await house.guidance.start()
  await house.outages.start()
  await house.control.start()

  /** A person who works here, in the memory of the house too. */
  async function hire(person: SessionUser): Promise<SessionUser> {
    await insertPerson(database, person)
    await house.people.staff.load()
    return person
  }

  return { ...house, database, clock, notifier, telephony, ears, hire }
}

const AT = '2026-11-01T00:00:00.000Z'

/** A person's row, for tests that only need one to exist. */
export async function insertPerson(database: Database, person: SessionUser): Promise<void> {
  await database.db
    .insertInto('staff')
    .values({
      id: person.id,
      username: person.username,
      display_name: person.displayName,
      role: person.role,
      extension: person.extension,
      active: 1,
      password_hash: 'x',
      version: 1,
      created_at: AT,
      updated_at: AT,
    })
    .execute()
}
