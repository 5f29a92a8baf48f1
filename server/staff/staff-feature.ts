import type { Database } from '../db/transaction.ts'
import type { Route } from '../http/route.ts'
import { markToken } from '../http/session.ts'
import type { Clock, NewId, Notifier, StateFact } from '../ports.ts'
import type { Schedule } from '../schedule/schedule-feature.ts'
import { type AuditService, createAuditService } from './audit/audit-service.ts'
import { newSessionToken, type PasswordHashing } from './password.ts'
import { sessionRoutes } from './session-routes.ts'
import { createSessionService, type SessionService } from './session-service.ts'
import { staffRoutes } from './staff-routes.ts'
import { createStaffService, type StaffService } from './staff-service.ts'

/** Sessions that end by their time are over at once, and seen to be within this. */
const SWEEP_MS = 60_000

export interface StaffFeatureDeps {
  database: Database
  clock: Clock
  newId: NewId
  notifier: Pick<Notifier, 'disconnect'>
  schedule: Pick<Schedule, 'loop'>
  /** Takes `staff_signed_in`, `staff_signed_out` and `staff_phone_lost`. */
  state: StateFact
  hashing: PasswordHashing
  settings: {
    /** How long a session lives without a request. */
    sessionHours: number
    /** Whether browsers reach the service by https. */
    secure: boolean
    /** Of the user `admin`, made at the very first start; null makes a one-time password. */
    adminPassword: string | null
  }
}

export interface StaffFeature {
  staff: StaffService
  sessions: SessionService
  audit: AuditService
  routes: Route[]
  /** Reads everybody, before anything else starts. Answers the one-time password to print, or null. */
  start(): Promise<string | null>
}

/** Who works here, their sessions, and the trail of who did what. */
export function createStaffFeature(deps: StaffFeatureDeps): StaffFeature {
  const { settings } = deps
  const audit = createAuditService(deps)
  const staff = createStaffService({ ...deps, audit: audit.record })
  const { sessionHours, secure } = settings
  const sessions = createSessionService({
    ...deps,
    staff,
    audit: audit.record,
    sessionHours,
    newToken: () => markToken(newSessionToken(), secure),
  })
  deps.schedule.loop({
    name: 'ended sessions',
    longestSleepMs: SWEEP_MS,
    work: sessions.endExpired,
    nextDueAt: async () => null,
  })
  return {
    staff,
    sessions,
    audit,
    routes: [
      ...sessionRoutes(sessions, { maxAgeSeconds: sessionHours * 3600, secure }),
      ...staffRoutes(staff, audit),
    ],
    async start() {
      await staff.load()
      return staff.ensureFirstAdmin(settings.adminPassword)
    },
  }
}
