import type { HotlineServer } from './rooms.ts'

/** More than a page is ever behind by: a page that comes back gets a snapshot anyway. */
const MOST_WAITING_BYTES = 2 * 1024 * 1024

/**
 * Closes a socket when so much waits for it that it cannot be reading: its pongs prove nothing, and
 * what waits is held in memory. What the network already took is bounded by the same measure.
 */
export function closeUnreadSockets(io: HotlineServer): void {
  io.engine.on('connection', (connection: EngineConnection) => {
    let waitingBytes = 0
    connection.on('flush', () => {
      waitingBytes = 0
    })
    connection.on('packetCreate', ({ data }) => {
      if (waitingBytes > MOST_WAITING_BYTES) connection.close(true)
      waitingBytes += data?.length ?? 0
    })
  })
}

/** The little that is used of an engine.io socket; `close(true)` waits for nothing to be read. */
interface EngineConnection {
  on(event: 'flush', listener: () => void): void
  on(event: 'packetCreate', listener: (packet: { data?: { length: number } }) => void): void
  close(discard: boolean): void
}
