import type { Role } from '../../server/contract/staff.ts'
import { createApp } from '../../server/http/app.ts'
import { createMetrics } from '../../server/http/metrics.ts'
import type { DomainFact } from '../../server/domain-fact.ts'
import { createSchedule } from '../../server/schedule/schedule-feature.ts'
import { createStaffFeature } from '../../server/staff/staff-feature.ts'
import { createCheapHashing } from '../support/cheap-hashing.ts'
import { createTestClock } from '../support/clock.ts'
import { openTestDatabase, type TestDialect } from '../support/database.ts'
import { clientOf, TEST_ORIGIN } from '../support/http.ts'
import { createTestIds } from '../support/ids.ts'
import { silentLogger } from '../support/logger.ts'
import { createFakeNotifier } from '../support/notifier.ts'
import { createSignInCrowd } from '../support/sign-in-crowd.ts'

export const PASSWORD = 'correct horse battery'

/** The people's side of the service on a real database, with a clock that tests drive. */
export async function openStaffService(
  dialect: TestDialect,
  settings: { sessionHours: number; trustProxy?: number } = { sessionHours: 12 },
  passwords = createCheapHashing(),
) {
  const database = await openTestDatabase(dialect)
  const clock = createTestClock('2026-11-23T02:00:00.000Z')
  const notifier = createFakeNotifier()
  const newId = createTestIds()
  /** What was stated and committed, in order. */
  const facts: DomainFact[] = []
  const schedule = createSchedule({ database, clock, newId, logger: silentLogger })
  const { hashing, atOnce } = createSignInCrowd(passwords)
  const people = createStaffFeature({
    schedule,
    database,
    clock,
    newId,
    notifier,
    hashing,
    state: async (trx, fact) => {
      // the tests sign in all the time
      if (fact.type !== 'staff_signed_in') trx.afterCommit(() => void facts.push(fact))
    },
    settings: { ...settings, secure: false, adminPassword: PASSWORD },
  })
  const { staff, sessions, audit, routes } = people
  await staff.load()
  const app = createApp({
    browserPhone: null,
    routes,
    resolveSession: sessions.resolve,
    checks: [],
    metrics: createMetrics(),
    logger: silentLogger,
    newId,
    publicUrl: TEST_ORIGIN,
    trustProxy: settings.trustProxy ?? 1,
    monitoringToken: null,
    appVersion: 'test',
    pagesFolder: null,
  })
  const anonymous = clientOf(app)

  /** Signs in and answers a client with the cookie. */
  async function signIn(username: string, password = PASSWORD) {
    const answer = await anonymous.post('/session', { username, password })
    const cookie = (answer.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? ''
    return { answer, cookie, client: clientOf(app, cookie) }
  }

  async function hire(username: string, role: Role = 'agent', extension: string | null = null) {
    return staff.create(null, {
      username,
      displayName: username.toUpperCase(),
      role,
      extension,
      mobile: null,
      password: PASSWORD,
    })
  }

  const told = { notifier, facts }
  return {
    app,
    routes,
    database,
    clock,
    newId,
    schedule,
    hashing,
    atOnce,
    staff,
    sessions,
    audit,
    ...told,
    anonymous,
    signIn,
    hire,
  }
}

export type StaffFixture = Awaited<ReturnType<typeof openStaffService>>
