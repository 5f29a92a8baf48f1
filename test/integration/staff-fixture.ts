import type { Role } from '../../server/contract/staff.ts'
import { createApp } from '../../server/http/app.ts'
import { createMetrics } from '../../server/http/metrics.ts'
import { createAuditService } from '../../server/staff/audit-service.ts'
import { sessionRoutes } from '../../server/staff/session-routes.ts'
import { createSessionService } from '../../server/staff/session-service.ts'
import { staffRoutes } from '../../server/staff/staff-routes.ts'
import { createStaffService } from '../../server/staff/staff-service.ts'
import { createTestClock } from '../support/clock.ts'
import { openTestDatabase, type TestDialect } from '../support/database.ts'
import { clientOf, TEST_ORIGIN } from '../support/http.ts'
import { createTestIds } from '../support/ids.ts'
import { silentLogger } from '../support/logger.ts'
import { createFakeNotifier } from '../support/notifier.ts'

export const PASSWORD = 'correct horse battery'

/** The people's side of the service on a real database, with a clock that tests drive. */
export async function openStaffService(dialect: TestDialect) {
  const database = await openTestDatabase(dialect)
  const clock = createTestClock('2026-11-23T02:00:00.000Z')
  const notifier = createFakeNotifier()
  const newId = createTestIds()
  const audit = createAuditService({ database, clock, newId })
  /** Whose phones left the queues, in order. */
  const phonesLost: string[] = []
  const onPhoneLost = async (staffId: string) => void phonesLost.push(staffId)
  const record = audit.record
  const staff = createStaffService({ database, clock, newId, notifier, audit: record, onPhoneLost })
  await staff.load()
  const sessions = createSessionService({
    database,
    clock,
    notifier,
    staff,
    audit: audit.record,
    sessionHours: 12,
  })
  const routes = [
    ...sessionRoutes(sessions, { maxAgeSeconds: 12 * 3600, secure: false }),
    ...staffRoutes(staff, audit),
  ]
  const app = createApp({
    routes,
    resolveSession: sessions.resolve,
    checks: [],
    metrics: createMetrics(),
    logger: silentLogger,
    newId,
    publicUrl: TEST_ORIGIN,
    trustProxy: 1,
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
      password: PASSWORD,
    })
  }

  const people = { staff, sessions, audit, phonesLost, onPhoneLost }
  return { app, routes, database, clock, notifier, ...people, anonymous, signIn, hire }
}

export type StaffFixture = Awaited<ReturnType<typeof openStaffService>>
