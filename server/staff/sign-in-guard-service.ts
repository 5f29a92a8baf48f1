import type { Database, Trx } from '../db/transaction.ts'
import { TooManyRequests } from '../errors.ts'
import type { Clock } from '../ports.ts'
import { instantOfMs } from '../time.ts'
import { hashToken, newSessionToken } from './password.ts'
import { forgetOldOrigins, rememberOrigins, staffFrom } from './sign-in-origin-store.ts'
import {
  type CountedKey,
  keysOf,
  networkOf,
  REMEMBERED_DAYS,
  type TryFrom,
} from './sign-in-throttle.ts'
import {
  type CountedFailure,
  countFailure,
  deleteOldThrottles,
  giveBackFailure,
  readWait,
} from './sign-in-throttle-store.ts'

export interface SignInGuardDeps {
  database: Database
  clock: Clock
}

/** Who tries to sign in, and from where. */
export interface GuardedTry {
  username: string
  address: string
  /** The browser's own cookie of an earlier sign-in; null when it sent none. */
  deviceToken: string | null
}

export interface Origin extends TryFrom {
  /** Somebody has signed in by this browser before: it keeps its cookie. */
  isDeviceKept: boolean
}

const DAY_MS = 24 * 3_600_000
/** Counted failures of before this say nothing. */
const THROTTLE_DAYS = 7

export type SignInGuard = ReturnType<typeof createSignInGuard>

/** Slows guessing down without keeping an owner, an office or a neighbour out. */
export function createSignInGuard({ database, clock }: SignInGuardDeps) {
  const daysAgo = (days: number) => instantOfMs(clock.nowMs() - days * DAY_MS)

  /** Takes as long for a name that nobody has (`staffId` null) as for one that somebody has. */
  async function originOf(attempt: GuardedTry, staffId: string | null): Promise<Origin> {
    const { username, address, deviceToken } = attempt
    const network = networkOf(address)
    const device = deviceToken === null ? null : `device:${hashToken(deviceToken)}`
    const since = daysAgo(REMEMBERED_DAYS)
    const byDevice = device === null ? [] : await staffFrom(database.db, device, since)
    const byNetwork = await staffFrom(database.db, `address:${network}`, since)
    const isIn = (known: readonly string[]) => staffId !== null && known.includes(staffId)
    const knownBy = isIn(byDevice) ? 'device' : isIn(byNetwork) ? 'network' : null
    return { username, network, device, knownBy, isDeviceKept: byDevice.length > 0 }
  }

  /** Throws TooManyRequests while a wait is running; counts nothing. */
  async function refuseWaiting(origin: Origin): Promise<void> {
    const wait = await readWait(database.db, keysOf(origin), clock.nowMs())
    if (wait > 0) throw tooMany(wait)
  }

  /**
   * Counts the try as failed before the password is looked at, so that many at once cannot slip
   * through; `giveBack` undoes it after a success. Throws TooManyRequests and counts nothing while a
   * wait is running.
   */
  function count(origin: Origin): Promise<CountedFailure[]> {
    return database.transaction(async (trx) => {
      const counted: CountedFailure[] = []
      for (const key of keysOf(origin)) {
        // oxlint-disable-next-line no-await-in-loop -- one connection, always in the same order
        counted.push(await countOne(trx, key))
      }
      return counted
    })
  }

  async function countOne(trx: Trx, key: CountedKey): Promise<CountedFailure> {
    const counted = await countFailure(trx.db, key, clock.nowMs())
    if (counted !== null) return counted
    throw tooMany(Math.max(1, await readWait(trx.db, [key], clock.nowMs())))
  }

  async function giveBack(trx: Trx, counted: readonly CountedFailure[]): Promise<void> {
    // oxlint-disable-next-line no-await-in-loop -- one connection, in the order of counting
    for (const one of counted) await giveBackFailure(trx.db, one)
    await deleteOldThrottles(trx.db, daysAgo(THROTTLE_DAYS))
  }

  /** From now on this person is known here. Answers what the browser must keep as its cookie. */
  async function remember(
    trx: Trx,
    staffId: string,
    origin: Origin,
    deviceToken: string | null,
  ): Promise<string> {
    const token = origin.isDeviceKept && deviceToken !== null ? deviceToken : newSessionToken()
    const origins = [`device:${hashToken(token)}`, `address:${origin.network}`]
    await rememberOrigins(trx.db, staffId, origins, clock.now())
    await forgetOldOrigins(trx.db, staffId, daysAgo(REMEMBERED_DAYS))
    return token
  }

  return { originOf, refuseWaiting, count, giveBack, remember }
}

function tooMany(wait: number): TooManyRequests {
  return new TooManyRequests(`too many tries: wait ${wait} seconds and try again`, wait)
}
