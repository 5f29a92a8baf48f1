import type { Alarm } from '#contract/supervision/alarms.ts'
import type { ServiceStatus } from '#contract/health.ts'
import type { Instant } from '#contract/primitives.ts'
import type { QueuesSnapshot } from '#contract/queues.ts'
import type { WallBoard } from '#contract/supervision/wall.ts'
import type { Database } from '../db/transaction.ts'
import type { Logger } from '../logger.ts'
import type { Clock, Notifier } from '../ports.ts'
import { wallBoardOf } from './wall-board.ts'
import { liveAmong, noteSeen } from './wall-store.ts'

export interface WallBoardDeps {
  database: Database
  clock: Clock
  logger: Logger
  notifier: Pick<Notifier, 'wallBoard' | 'closeWalls'>
  /** The build of the pages. */
  appVersion: string
  board: () => QueuesSnapshot
  openAlarms: () => readonly Alarm[]
  serviceStatus: () => ServiceStatus
  countPromises: () => Promise<{ late: number; atRisk: number }>
}

/** The longest time without a word to a screen, and until one that was withdrawn elsewhere is cut. */
export const WALL_BEAT_MS = 3_000
const SEEN_EVERY_MS = 60_000

export type WallBoardService = ReturnType<typeof createWallBoardService>

/** What connected screens are shown; while there is none, nothing is read and nothing sent. */
export function createWallBoardService(deps: WallBoardDeps) {
  const { database, clock, notifier } = deps
  /** How many pages of each screen are connected. */
  const pages = new Map<string, number>()
  let promises: WallBoard['promises'] = null
  let lookedMs = Number.NEGATIVE_INFINITY
  let seenMs = Number.NEGATIVE_INFINITY
  let sent = ''

  function opened(deviceId: string): void {
    pages.set(deviceId, (pages.get(deviceId) ?? 0) + 1)
  }

  function closed(deviceId: string): void {
    const left = (pages.get(deviceId) ?? 0) - 1
    if (left > 0) pages.set(deviceId, left)
    else pages.delete(deviceId)
  }

  function show(): WallBoard {
    const { database: state } = deps.serviceStatus()
    const { appVersion } = deps
    const sources = {
      appVersion,
      board: deps.board(),
      database: state,
      promises,
      alarms: deps.openAlarms(),
    }
    return wallBoardOf({ now: clock.now(), ...sources })
  }

  /** Sends what changed; reads the database once per beat. */
  async function look(now: Instant): Promise<void> {
    if (pages.size === 0) return
    const nowMs = clock.monotonicMs()
    const isBeat = nowMs - lookedMs >= WALL_BEAT_MS
    if (isBeat) {
      lookedMs = nowMs
      await readRows(now)
    }
    const known = [
      deps.board().rev,
      ...deps.openAlarms().map(({ id, acknowledgedAt }) => id + acknowledgedAt),
    ].join(' ')
    if (!isBeat && known === sent) return
    sent = known
    notifier.wallBoard(show())
  }

  /** Without the database the screens go on with what is in memory, and say how old the rest is. */
  async function readRows(now: Instant): Promise<void> {
    try {
      await cutWithdrawn(now)
      promises = { ...(await deps.countPromises()), asOf: now }
    } catch (error) {
      deps.logger.warn({ err: error }, 'what screens on the wall show could not be read')
    }
  }

  async function cutWithdrawn(now: Instant): Promise<void> {
    const ids = [...pages.keys()]
    const live = await liveAmong(database.db, ids)
    const gone = ids.filter((id) => !live.includes(id))
    if (gone.length > 0) notifier.closeWalls(gone)
    if (live.length === 0 || clock.monotonicMs() - seenMs < SEEN_EVERY_MS) return
    seenMs = clock.monotonicMs()
    await noteSeen(database.db, live, now)
  }

  return { opened, closed, show, look, isConnected: (id: string) => pages.has(id) }
}
