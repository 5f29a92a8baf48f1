import type { SessionUser, SignIn } from '#contract/staff.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { NotSignedIn } from '../errors.ts'
import type { Clock, Notifier, StateFact } from '../ports.ts'
import type { RecordAudit } from './audit/audit-service.ts'
import { hashToken, type PasswordHashing } from './password.ts'
import {
  deleteExpiredSessionsOf,
  deleteSession,
  extendSession,
  findExpiredStaff,
  findLiveSessionIds,
  findSignedIn,
  findSession,
  hasLiveSession,
  insertSession,
} from './session-store.ts'
import { createSignInGuard, type Origin } from './sign-in-guard-service.ts'
import type { CountedFailure } from './sign-in-throttle-store.ts'
import type { StaffService } from './staff-service.ts'
import { type Credential, findCredential, lockStaff } from './staff-store.ts'
import { instantOfMs } from '../time.ts'

export interface SessionDeps {
  database: Database
  clock: Clock
  notifier: Pick<Notifier, 'disconnect'>
  staff: Pick<StaffService, 'activeById' | 'activeByUsername'>
  audit: RecordAudit
  state: StateFact
  hashing: Pick<PasswordHashing, 'atTurn' | 'verify'>
  /** How long a session lives without a request. */
  sessionHours: number
  /** A token that nobody guesses, for a cookie. */
  newToken: () => string
}

export interface SignInAttempt extends SignIn {
  address: string
  userAgent: string
  /** The browser's cookie of an earlier sign-in; null when it sent none. */
  deviceToken: string | null
}

export interface SignedIn {
  /** For the session's cookie. */
  token: string
  user: SessionUser
  /** For the cookie by which this browser is known again. */
  deviceToken: string
}

/** A right password, and what it was compared with. */
interface Proven {
  user: SessionUser
  credential: Credential
  origin: Origin
  counted: readonly CountedFailure[]
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
const LONGEST_MS = 7 * 24 * 3_600_000
/** What the audit has in the place of a name that nobody has. */
const UNKNOWN_NAME = '(unknown name)'

export type SessionService = ReturnType<typeof createSessionService>

/** Signing in and out. The cookie holds a random token, the database only its hash. */
export function createSessionService(deps: SessionDeps) {
  const { database, clock, notifier, staff, audit, state, hashing } = deps
  const guard = createSignInGuard(deps)
  const idleMs = deps.sessionHours * 3_600_000

  /**
   * Throws NotSignedIn (the same words and time for an unknown user and a wrong password) and
   * TooManyRequests after too many failures. Who has signed in from this browser or network before
   * is not kept waiting by strangers.
   */
  async function signIn(attempt: SignInAttempt): Promise<SignedIn> {
    const user = staff.activeByUsername(attempt.username)
    const origin = await guard.originOf(attempt, user?.id ?? null)
    await guard.refuseWaiting(origin)
    return hashing.atTurn(origin.knownBy === null ? 'stranger' : 'known', async () => {
      const counted = await guard.count(origin)
      const credential = user ? await findCredential(database.db, user.id) : null
      const isRight = await hashing.verify(attempt.password, credential?.hash ?? null)
      if (user && credential && isRight) {
        const opened = await open({ user, credential, origin, counted }, attempt)
        if (opened !== null) return opened
      }
      await recordRefusal(attempt)
      throw new NotSignedIn('the user name or the password is wrong')
    })
  }

  /** Null when the password or the person was changed while the hash was made. */
  function open(
    { user, credential, origin, counted }: Proven,
    attempt: SignInAttempt,
  ): Promise<SignedIn | null> {
    const token = deps.newToken()
    return database.transaction(async (trx) => {
      // a reset waits for this transaction or is seen by it
      await lockStaff(trx.db, user.id)
      const now = await findCredential(trx.db, user.id)
      if (now?.hash !== credential.hash || now.version !== credential.version) return null
      await openSession(trx, hashToken(token), user, attempt)
      await guard.giveBack(trx, counted)
      const deviceToken = await guard.remember(trx, user.id, origin, attempt.deviceToken)
      return { token, user, deviceToken }
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
    await state(trx, { type: 'staff_signed_in', staffId: user.id })
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

  /** Everybody who is signed in: the shift. */
  async function signedIn(): Promise<ReadonlySet<string>> {
    return new Set(await findSignedIn(database.db, clock.now()))
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

  /** Takes away the sessions that are over; who has no other any more is signed out by that, too. */
  async function endExpired(): Promise<void> {
    const over = await findExpiredStaff(database.db, clock.now())
    for (const staffId of over) {
      // oxlint-disable-next-line no-await-in-loop -- one person, one transaction
      await database.transaction(async (trx) => {
        await lockStaff(trx.db, staffId)
        if (!(await deleteExpiredSessionsOf(trx.db, staffId, clock.now()))) return
        if (await hasLiveSession(trx.db, staffId, clock.now())) return
        await state(trx, { type: 'staff_signed_out', staffId })
      })
    }
  }

  return { endExpired, signIn, identify, resolve, liveAmong, signedIn, signOut }
}
