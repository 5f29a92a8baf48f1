import type { SessionUser, SignIn } from '#contract/staff.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { NotSignedIn, TooManyRequests } from '../errors.ts'
import type { Clock, Notifier, StateFact } from '../ports.ts'
import type { RecordAudit } from './audit-service.ts'
import { hashToken, newSessionToken, verifyPassword } from './password.ts'
import {
  deleteExpiredSessions,
  deleteSession,
  extendSession,
  findLiveSessionIds,
  findSession,
  hasLiveSession,
  insertSession,
} from './session-store.ts'
import {
  ACCOUNT_RULE,
  ADDRESS_RULE,
  afterFailure,
  networkOf,
  waitSeconds,
} from './sign-in-throttle.ts'
import {
  clearThrottle,
  type CountedFailure,
  deleteOldThrottles,
  lockThrottle,
  giveBackFailure,
  saveThrottle,
} from './sign-in-throttle-store.ts'
import type { StaffService } from './staff-service.ts'
import { findPasswordHash, lockStaff } from './staff-store.ts'
import { instantOfMs } from '../time.ts'

export interface SessionDeps {
  database: Database
  clock: Clock
  notifier: Pick<Notifier, 'disconnect'>
  staff: Pick<StaffService, 'activeById' | 'activeByUsername'>
  audit: RecordAudit
  state: StateFact
  /** How long a session lives without a request. */
  sessionHours: number
}

export interface SignInAttempt extends SignIn {
  address: string
  userAgent: string
}

/** Whose session it is, and its new life when this request extended it. */
export interface LiveSession {
  id: string
  user: SessionUser
  renewedForSeconds?: number
}

/** A session is written again only when its last sign of life is this old. */
const RENEW_AFTER_MS = 5 * 60_000
/** However busy, a session ends this long after the sign-in. */
const UNKNOWN_NAME = '(unknown name)'
const LONGEST_MS = 7 * 24 * 3_600_000

export type SessionService = ReturnType<typeof createSessionService>

/** Signing in and out. The cookie holds a random token, the database only its hash. */
export function createSessionService(deps: SessionDeps) {
  const { database, clock, notifier, staff, audit, state } = deps
  const idleMs = deps.sessionHours * 3_600_000

  /**
   * Throws NotSignedIn (the same words and time for an unknown user and a wrong password) and
   * TooManyRequests after too many failures of the account or the address.
   */
  async function signIn(attempt: SignInAttempt): Promise<{ token: string; user: SessionUser }> {
    const countedOnAddress = await countAttempt(attempt)
    const user = staff.activeByUsername(attempt.username)
    const hash = user ? await findPasswordHash(database.db, user.id) : null
    const isRight = await verifyPassword(attempt.password, hash)
    if (!user || !isRight) {
      await recordRefusal(attempt)
      throw new NotSignedIn('the user name or the password is wrong')
    }
    const token = newSessionToken()
    await database.transaction(async (trx) => {
      await openSession(trx, hashToken(token), user, attempt)
      await clearThrottle(trx.db, accountKey(attempt))
      await giveBackFailure(trx.db, addressKey(attempt), countedOnAddress)
    })
    return { token, user }
  }

  /**
   * Counts the try as failed before the password is looked at, so that many at once cannot slip
   * through; a success takes it back.
   */
  async function countAttempt(attempt: SignInAttempt): Promise<CountedFailure> {
    const nowMs = clock.nowMs()
    return database.transaction(async ({ db }) => {
      const account = await lockThrottle(db, accountKey(attempt), clock.now())
      const address = await lockThrottle(db, addressKey(attempt), clock.now())
      const wait = Math.max(waitSeconds(account, nowMs), waitSeconds(address, nowMs))
      if (wait > 0) {
        throw new TooManyRequests(`too many tries: wait ${wait} seconds and try again`, wait)
      }
      const counted = afterFailure(address, ADDRESS_RULE, nowMs)
      await saveThrottle(db, accountKey(attempt), afterFailure(account, ACCOUNT_RULE, nowMs))
      await saveThrottle(db, addressKey(attempt), counted)
      return { before: address, counted }
    })
  }

  /** Only a name that somebody has is kept: people type passwords into the field of the name. */
  async function recordRefusal({ username, address }: SignInAttempt): Promise<void> {
    const known = staff.activeByUsername(username)
    await database.transaction((trx) =>
      audit(trx, {
        actorId: null,
        action: 'session.refused',
        subject: known?.username ?? UNKNOWN_NAME,
        detail: { address },
      }),
    )
  }

  async function openSession(
    trx: Trx,
    id: string,
    user: SessionUser,
    { address, userAgent }: SignInAttempt,
  ): Promise<void> {
    const now = clock.now()
    await deleteExpiredSessions(trx.db, now)
    await deleteOldThrottles(trx.db, instantOfMs(clock.nowMs() - LONGEST_MS))
    await insertSession(trx.db, {
      id,
      staff_id: user.id,
      created_at: now,
      last_seen_at: now,
      expires_at: instantOfMs(clock.nowMs() + idleMs),
      address,
      user_agent: userAgent,
    })
    await audit(trx, {
      actorId: user.id,
      action: 'session.signed_in',
      subject: user.username,
      detail: { address },
    })
  }

  async function find(token: string) {
    const row = await findSession(database.db, hashToken(token), clock.now())
    const user = row ? staff.activeById(row.staff_id) : null
    return row && user ? { row, user } : null
  }

  /** Whose cookie it is; null when the session is unknown or over, or its person inactive. */
  async function identify(token: string): Promise<{ id: string; user: SessionUser } | null> {
    const found = await find(token)
    return found && { id: found.row.id, user: found.user }
  }

  /**
   * The same for a request that is a sign of life: now and then the session is extended by it, and
   * `renewedForSeconds` says how long its cookie must live from now on.
   */
  async function resolve(token: string): Promise<LiveSession | null> {
    const found = await find(token)
    if (!found) return null
    const { user, row } = found
    const nowMs = clock.nowMs()
    if (nowMs - Date.parse(row.last_seen_at) < RENEW_AFTER_MS) return { id: row.id, user }
    const endMs = Math.min(nowMs + idleMs, Date.parse(row.created_at) + LONGEST_MS)
    await extendSession(database.db, row.id, clock.now(), instantOfMs(endMs))
    return { id: row.id, user, renewedForSeconds: Math.ceil((endMs - nowMs) / 1000) }
  }

  /** Which of these sessions still hold, for the sockets that live on them. */
  async function liveAmong(ids: string[]): Promise<ReadonlySet<string>> {
    return new Set(await findLiveSessionIds(database.db, ids, clock.now()))
  }

  /**
   * Ends the session and, once that is safe, its live sockets. States `staff_signed_out` when the
   * person has no other live session: one browser of several leaves their phone alone.
   */
  async function signOut(sessionId: string, user: SessionUser): Promise<void> {
    await database.transaction(async (trx) => {
      // two last sessions that end at once must not each take the other for alive
      await lockStaff(trx.db, user.id)
      await deleteSession(trx.db, sessionId)
      await audit(trx, { actorId: user.id, action: 'session.signed_out', subject: user.username })
      if (!(await hasLiveSession(trx.db, user.id, clock.now()))) {
        await state(trx, { type: 'staff_signed_out', staffId: user.id })
      }
      trx.afterCommit(() => notifier.disconnect({ sessionId }))
    })
  }

  return { signIn, identify, resolve, liveAmong, signOut }
}

function accountKey({ username }: SignInAttempt): string {
  return `account:${username}`
}

function addressKey({ address }: SignInAttempt): string {
  return `address:${networkOf(address)}`
}
