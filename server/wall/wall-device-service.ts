import {
  MOST_WALL_DEVICES,
  WALL_CODE_HOURS,
  type WallDevice,
  type WallDeviceCreate,
  type WallDeviceList,
  type WallDeviceMade,
} from '#contract/supervision/wall.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Database } from '../db/transaction.ts'
import { NotFound, TooManyRequests, unprocessable } from '../errors.ts'
import type { Clock, NewId, Notifier, StateFact } from '../ports.ts'
import { hashToken } from '../staff/password.ts'
import { networkOf } from '../staff/sign-in-throttle.ts'
import { plusMs } from '../time.ts'
import { readCode } from './wall-code.ts'
import * as store from './wall-store.ts'
import { noteWrong, waitOf, type WrongCodes } from './wrong-codes.ts'

export interface WallDeviceDeps {
  database: Database
  clock: Clock
  newId: NewId
  notifier: Pick<Notifier, 'closeWalls'>
  /** Takes `wall_device_changed`, in the transaction of the change. */
  state: StateFact
  staffById: (staffId: string) => { id: string; displayName: string } | null
  /** What opens a screen; nobody guesses it. */
  newCode: () => string
  /** For the screen's cookie. */
  newToken: () => string
  isConnected: (deviceId: string) => boolean
}

const CODE_MS = WALL_CODE_HOURS * 3_600_000

export type WallDeviceService = ReturnType<typeof createWallDeviceService>

/** The screens on the wall: made and withdrawn by administrators, opened once with their code. */
export function createWallDeviceService(deps: WallDeviceDeps) {
  const { database, clock, state } = deps
  let wrong: WrongCodes = new Map()

  function toView(row: store.StoredDevice): WallDevice {
    const maker = deps.staffById(row.made_by)
    return {
      id: row.id,
      name: row.name,
      madeBy: { id: row.made_by, displayName: maker?.displayName ?? '' },
      madeAt: row.made_at,
      codeUntil: row.code_until,
      openedAt: row.opened_at,
      lastSeenAt: row.last_seen_at,
      isConnected: deps.isConnected(row.id),
    }
  }

  async function list(): Promise<WallDeviceList> {
    return { items: (await store.listDevices(database.db, MOST_WALL_DEVICES)).map(toView) }
  }

  /** Throws InvalidInput (422) when there are too many. */
  async function make({ name }: WallDeviceCreate, user: SessionUser): Promise<WallDeviceMade> {
    const code = deps.newCode()
    const now = clock.now()
    const row = {
      id: deps.newId(),
      name,
      code_hash: hashToken(readCode(code) ?? code),
      code_until: plusMs(now, CODE_MS),
      cookie_hash: null,
      made_by: user.id,
      made_at: now,
      opened_at: null,
      last_seen_at: null,
      withdrawn_at: null,
    }
    await database.transaction(async (trx) => {
      const known = await store.listDevices(trx.db, MOST_WALL_DEVICES)
      if (known.length >= MOST_WALL_DEVICES) {
        const detail = `there are ${MOST_WALL_DEVICES} screens: withdraw one that is not needed`
        throw unprocessable('', detail, 'wall_devices_full')
      }
      await store.insertDevice(trx.db, row)
      await state(trx, { type: 'wall_device_changed', change: 'made', actorId: user.id, name })
    })
    return { device: toView(row), code }
  }

  /** Its page is closed with the commit. Throws NotFound. */
  async function withdraw(id: string, user: SessionUser): Promise<void> {
    await database.transaction(async (trx) => {
      const device = await store.withdrawDevice(trx.db, id, clock.now())
      if (device === undefined) throw new NotFound('screen', id)
      const fact = { type: 'wall_device_changed', change: 'withdrawn', ...device } as const
      await state(trx, { ...fact, actorId: user.id })
      trx.afterCommit(() => deps.notifier.closeWalls([id]))
    })
  }

  /**
   * Exchanges a code for the token of a cookie, once. Throws TooManyRequests after too many wrong ones
   * from a network, InvalidInput (422) for one that is wrong, used, withdrawn or too old.
   */
  async function open(typed: string, address: string): Promise<{ token: string; name: string }> {
    const network = networkOf(address)
    const wait = waitOf(wrong, network, clock.monotonicMs())
    if (wait > 0) throw new TooManyRequests('too many wrong codes from here: wait', wait)
    // counted first: tries that come together are as many
    wrong = noteWrong(wrong, network, clock.monotonicMs())
    const code = readCode(typed)
    const token = deps.newToken()
    const opened = code === null ? undefined : await exchange(code, token)
    if (opened === undefined) {
      const detail = 'this code opens no screen: it is wrong, was used, or is older than a day'
      throw unprocessable('code', detail, 'wall_code_wrong')
    }
    wrong = new Map([...wrong].filter(([other]) => other !== network))
    return { token, name: opened.name }
  }

  function exchange(code: string, token: string) {
    return database.transaction(async (trx) => {
      const hashes = { codeHash: hashToken(code), cookieHash: hashToken(token) }
      const opened = await store.openDevice(trx.db, { ...hashes, now: clock.now() })
      if (opened !== undefined) {
        const fact = { type: 'wall_device_changed', change: 'opened', actorId: null } as const
        await state(trx, { ...fact, name: opened.name })
      }
      return opened
    })
  }

  /** The screen of a cookie's token; null when it is none, or withdrawn. */
  async function identify(token: string): Promise<{ id: string; name: string } | null> {
    return (await store.findByCookie(database.db, hashToken(token))) ?? null
  }

  return { list, make, withdraw, open, identify }
}
