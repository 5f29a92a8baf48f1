import { randomBytes } from 'node:crypto'
import type { Schedule } from '../schedule/schedule-feature.ts'
import { type WallBoardDeps, WALL_BEAT_MS, createWallBoardService } from './wall-board-service.ts'
import { CODE_LENGTH, codeOf } from './wall-code.ts'
import { createWallDeviceService, type WallDeviceDeps } from './wall-device-service.ts'
import { wallRoutes } from './wall-routes.ts'

export type WallDeps = WallBoardDeps &
  Omit<WallDeviceDeps, 'isConnected' | 'newCode' | 'newToken'> & {
    schedule: Pick<Schedule, 'loop'>
    /** Whether browsers reach the service by https. */
    secure: boolean
  }

/** From one message to a screen to the next. */
const SHORTEST_PAUSE_MS = 300
const TOKEN_BYTES = 32

export type Wall = ReturnType<typeof createWall>

/** The wallboard: the screens that may show it, and what they show. */
export function createWall(deps: WallDeps) {
  const board = createWallBoardService(deps)
  const devices = createWallDeviceService({
    ...deps,
    isConnected: board.isConnected,
    newCode: () => codeOf(randomBytes(CODE_LENGTH)),
    newToken: () => randomBytes(TOKEN_BYTES).toString('base64url'),
  })
  const loop = deps.schedule.loop({
    name: 'screens on the wall',
    longestSleepMs: WALL_BEAT_MS,
    shortestPauseMs: SHORTEST_PAUSE_MS,
    work: board.look,
    nextDueAt: async () => null,
  })
  return {
    routes: wallRoutes(devices, board, deps),
    /** What is shown has changed. */
    refresh: () => loop.wake(),
    /** What the sockets of screens ask and tell. */
    sockets: {
      identify: devices.identify,
      board: board.show,
      onOpened: board.opened,
      onClosed: board.closed,
    },
  }
}
