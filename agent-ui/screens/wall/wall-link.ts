import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import type { ServerEvents } from '#contract/socket-events.ts'
import type { WallNews } from '../../state/wall.ts'

type WallEvents = Pick<ServerEvents, 'wall_board'>

/** The part of a Socket.IO client that a screen uses. */
export type WallSocket = Pick<
  Socket<WallEvents, Record<string, never>>,
  'active' | 'on' | 'connect' | 'disconnect' | 'removeAllListeners'
>

const RETRY_MS = 5_000
/** The service's word for a cookie that opens nothing. */
const NO_SCREEN = 'no_screen'

function openSocket(): WallSocket {
  return io('/wall', {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: RETRY_MS,
  })
}

/** Connects with the screen's cookie and tries again for ever, until it is refused or the returned stop is called. */
export function connectWall(tell: (news: WallNews) => void, open = openSocket): () => void {
  const socket = open()
  let retry: ReturnType<typeof setTimeout> | undefined
  socket.on('wall_board', (board) => tell({ type: 'board', board }))
  socket.on('disconnect', (reason) => {
    tell({ type: 'lost' })
    // the library does not come back by itself from a socket that the service closed
    if (reason === 'io server disconnect') socket.connect()
  })
  socket.on('connect_error', ({ message }) => {
    if (message === NO_SCREEN) {
      tell({ type: 'refused' })
      return
    }
    tell({ type: 'lost' })
    if (socket.active) return
    clearTimeout(retry)
    retry = setTimeout(() => socket.connect(), RETRY_MS)
  })
  return () => {
    clearTimeout(retry)
    socket.removeAllListeners()
    socket.disconnect()
  }
}
