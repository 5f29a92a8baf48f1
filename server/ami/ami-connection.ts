import { channel } from 'node:diagnostics_channel'
import { Socket } from 'node:net'
import createLibrary from 'asterisk-manager'
import type { AmiFrame } from './ami-frame.ts'
import { withoutUnusedHeaders } from './unused-headers.ts'

/**
 * The cage around asterisk-manager, the only file that imports it. One object is one TCP connection
 * and one instance of the library, never reused: its parser keeps half frames across connections.
 *
 * The library opens the socket and parses the bytes; nothing else of it is used. Its own `rawevent`
 * listener is removed (it throws on doubled headers and shares one name space between events and
 * ActionIDs), and its `login`, `action`, `keepConnected` and `disconnect` are never called: `action`
 * holds what it cannot send and replays it later. Writing needs the socket, which the library keeps
 * to itself; Node announces every new client socket on the diagnostics channel `net.client.socket`,
 * synchronously and to public subscribers, so the cage listens there for exactly the one call that
 * opens it. No internals are patched and no credentials are given to the library. Its reader is fed
 * by the cage, because the library takes a bare line feed for the end of a header: Asterisk ends
 * lines by CRLF, and a caller can put `%0a` into the number that AMI then prints as it is. Headers
 * that nobody reads are left out before, which halves the library's work.
 */
export interface AmiConnection {
  /** Writes bytes now; false when the socket can no longer be written. */
  write(bytes: string): boolean
  /** Ends it at once, whatever it was doing. `onClose` follows. */
  destroy(reason: string): void
  /** Characters received so far; the heartbeat compares it. */
  received(): number
}

export interface AmiConnectionHandlers {
  /** The greeting came and is Asterisk's. `version` is the AMI protocol's, `11.0.0`. */
  onGreeting(version: string): void
  /** One complete frame, in arrival order. */
  onFrame(frame: AmiFrame): void
  /** Once, last. `reason` is one line for people. */
  onClose(reason: string): void
  /** A handler threw; the connection goes on. */
  onHandlerError(error: unknown): void
}

export type OpenAmiConnection = (
  host: string,
  port: number,
  handlers: AmiConnectionHandlers,
) => AmiConnection

/** More without a complete frame is no AMI, or an attempt to fill the memory. */
export const MAX_FRAME_CHARS = 1024 * 1024
const GREETING = /^Asterisk Call Manager\/([0-9.]{1,20})\r?$/
const MAX_GREETING_CHARS = 200
/**
 * The library takes lines off the front of one long array, which costs more the longer it is: in a
 * storm 64 KiB at once take 5 to 7 % longer than in parts (`scripts/bench pipeline`).
 */
const FED_AT_ONCE = 8 * 1024

export const openAmiConnection: OpenAmiConnection = (host, port, handlers) => {
  const library = createLibrary()
  library.removeAllListeners('rawevent')
  let reason = 'the PBX closed the connection'
  let received = 0
  let unframed = 0
  let greeting: string | null = ''
  let endedInCr = false

  library.on('error', (error) => (reason = describe(error, `${host}:${port}`)))
  library.on('close', () => guard(() => handlers.onClose(reason)))
  library.on('rawevent', (frame) => {
    unframed = 0
    if (greeting === null && !socket.destroyed) guard(() => handlers.onFrame(frame))
  })
  const socket = socketOpenedBy(() => library.connect(port, host))
  const readers = socket.listeners('data')
  socket.removeAllListeners('data')
  socket.on('data', (text: string) => {
    received += text.length
    if (unframed > MAX_FRAME_CHARS) return destroy('a frame is larger than 1 MiB')
    if (greeting !== null) checkGreeting(greeting + text)
    unframed += text.length
    const safe = withoutBareLineFeeds(withoutUnusedHeaders(text), endedInCr)
    endedInCr = text.endsWith('\r')
    for (let at = 0; at < safe.length; at += FED_AT_ONCE) {
      const part = safe.slice(at, at + FED_AT_ONCE)
      for (const read of readers) read.call(socket, part)
    }
  })

  function checkGreeting(soFar: string): void {
    const end = soFar.indexOf('\n')
    const version = GREETING.exec(soFar.slice(0, end))?.[1]
    if (end >= 0 && version !== undefined) {
      greeting = null
      guard(() => handlers.onGreeting(version))
    } else if (end >= 0 || soFar.length > MAX_GREETING_CHARS) {
      destroy('what listens there is not an Asterisk manager interface')
    } else greeting = soFar
  }

  function guard(handler: () => void): void {
    try {
      handler()
    } catch (error) {
      handlers.onHandlerError(error)
    }
  }

  function destroy(why: string): void {
    reason = why
    socket.destroy()
  }

  return {
    write(bytes) {
      if (!socket.writable) return false
      socket.write(bytes, 'utf8')
      return true
    },
    destroy,
    received: () => received,
  }
}

/** Vertical tabs instead: AMI never sends them, and what reads numbers ends at them. */
function withoutBareLineFeeds(text: string, followsCr: boolean): string {
  if (!hasBareLineFeed(text)) return text
  const safe = text.replace(/(?<!\r)\n/g, '\v')
  return followsCr && safe.startsWith('\v') ? `\n${safe.slice(1)}` : safe
}

/** Twice as fast as the expression above, which nearly no text needs. */
function hasBareLineFeed(text: string): boolean {
  const CR = 13
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    if (text.charCodeAt(at - 1) !== CR) return true
  }
  return false
}

/** The client socket that `open` creates. */
function socketOpenedBy(open: () => void): Socket {
  const sockets = channel('net.client.socket')
  let opened: Socket | undefined
  const take = (message: unknown) => {
    if (isSocketMessage(message)) opened ??= message.socket
  }
  sockets.subscribe(take)
  try {
    open()
  } finally {
    sockets.unsubscribe(take)
  }
  if (opened === undefined) throw new Error('this Node does not announce its client sockets')
  return opened
}

function isSocketMessage(message: unknown): message is { socket: Socket } {
  return (
    typeof message === 'object' &&
    message !== null &&
    'socket' in message &&
    message.socket instanceof Socket
  )
}

function describe(error: Error, where: string): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.message
  return code === 'ECONNRESET'
    ? 'the PBX cut the connection'
    : `${where} cannot be reached: ${code}`
}
