import type { WallBoard } from '../contract/supervision/wall.ts'
import { wallTokenFrom } from '../http/wall-cookie.ts'
import type { Logger } from '../logger.ts'
import type { Notifier } from '../ports.ts'
import type { HotlineServer, HotlineSocket } from './rooms.ts'

/** What the sockets of screens need of the services. */
export interface WallSocketDeps {
  /** The screen of a cookie's token; null when it is none, or withdrawn. */
  identify: (token: string) => Promise<{ id: string } | null>
  board: () => WallBoard
  onOpened: (deviceId: string) => void
  onClosed: (deviceId: string) => void
}

/**
 * Screens on the wall listen in a namespace of their own: no room of people is reached from it, and
 * what is told to everybody is not told there.
 */
export function createWallSockets(io: HotlineServer, logger: Logger, secure: boolean) {
  const screens = io.of('/wall')
  const devices = new WeakMap<HotlineSocket, string>()

  function attach(deps: WallSocketDeps): void {
    screens.use((socket, next) => void admit(socket, deps, next))
    screens.on('connection', (socket) => {
      const deviceId = devices.get(socket)
      if (deviceId === undefined) {
        socket.disconnect(true)
        return
      }
      deps.onOpened(deviceId)
      socket.on('disconnect', () => deps.onClosed(deviceId))
      socket.emit('wall_board', deps.board())
    })
  }

  async function admit(
    socket: HotlineSocket,
    deps: WallSocketDeps,
    next: (error?: Error) => void,
  ): Promise<void> {
    try {
      const token = wallTokenFrom(socket.request.headers.cookie, secure)
      const device = token ? await deps.identify(token) : null
      if (device) devices.set(socket, device.id)
      next(device ? undefined : new Error('no_screen'))
    } catch (error) {
      logger.error({ err: error }, 'the socket of a screen could not be admitted')
      next(new Error('unavailable'))
    }
  }

  const notifier: Pick<Notifier, 'wallBoard' | 'closeWalls'> = {
    wallBoard: (board) => void screens.emit('wall_board', board),
    closeWalls(deviceIds) {
      for (const socket of screens.sockets.values()) {
        if (deviceIds.includes(devices.get(socket) ?? '')) socket.disconnect(true)
      }
    },
  }
  return { attach, notifier }
}
