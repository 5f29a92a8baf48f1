import type { IncomingMessage, Server as HttpServer } from 'node:http'
import { Server } from 'socket.io'
import type { PopReceipt } from '../contract/screen-pop.ts'
import { isOwnOrigin } from '../http/origin.ts'
import { type LiveSession, sessionTokenFrom } from '../http/session.ts'
import type { Logger } from '../logger.ts'
import type { Cancel, Clock, Notifier } from '../ports.ts'
import { createNotifier } from './notifier.ts'
import { seesNumbers } from '../teams/masked-number.ts'
import { type HotlineServer, type HotlineSocket, MASKED_ROOM } from './rooms.ts'
import { closeUnreadSockets } from './waiting-bytes.ts'
import { createWallSockets, type WallSocketDeps } from './wall-sockets.ts'
import { welcome, type WelcomeDeps } from './welcome.ts'

/** Sockets whose session ended by itself are closed within this time. */
const SWEEP_MS = 60_000

/** What the sockets need of the services; given when the service is complete. */
export interface SocketDeps extends Omit<WelcomeDeps, 'newsCount'> {
  /**
   * Whose cookie it is. It must not extend the session: a socket’s answer cannot renew the cookie.
   */
  identifySession: (token: string) => Promise<Omit<LiveSession, 'renewedForSeconds'> | null>
  /** Which of these sessions still hold. */
  liveSessions: (ids: string[]) => Promise<ReadonlySet<string>>
  /** A page of this person is here, and gone. */
  onPageOpened: (staffId: string) => void
  onPageClosed: (staffId: string) => void
  /** A browser of this person has shown this revision of the pop. */
  onReceipt: (staffId: string, receipt: PopReceipt) => Promise<void> | void
}

export interface SocketServer {
  /** Usable at once: before `attach` nobody listens. */
  readonly notifier: Notifier
  /** Begins to take sockets on this server. */
  attach(httpServer: HttpServer, deps: SocketDeps): void
  /** Admits screens on the wall, too; before `attach`. */
  attachWalls(deps: WallSocketDeps): void
  connections: () => number
  /** Closes every socket so that browsers try again elsewhere or later. */
  stop(): void
}

export interface SocketServerOptions {
  clock: Clock
  logger: Logger
  publicUrl: string
}

/** Browsers listen here; they say nothing but receipts. Commands are HTTP. */
export function createSocketServer({
  clock,
  logger,
  publicUrl,
}: SocketServerOptions): SocketServer {
  const io: HotlineServer = new Server({
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: 10_000,
    pingInterval: 10_000,
    pingTimeout: 8_000,
    connectTimeout: 5_000,
    allowRequest: (request, decide) => decide(null, isOwnSocket(request, publicUrl)),
  })
  const secure = publicUrl.startsWith('https:')
  const news = new Map<string, number>()
  const newsCount = (staffId: string) => news.get(staffId) ?? 0
  let deps: SocketDeps | null = null
  let stopSweep: Cancel | null = null
  let isStopped = false
  const walls = createWallSockets(io, logger, secure)
  const people = createNotifier({
    io,
    logger,
    onNews(staffIds) {
      for (const staffId of staffIds) news.set(staffId, newsCount(staffId) + 1)
    },
    onReceipt: (staffId, receipt) => void passReceipt(staffId, receipt),
  })
  const notifier = { ...people, ...walls.notifier }

  async function passReceipt(staffId: string, receipt: PopReceipt): Promise<void> {
    try {
      await deps?.onReceipt(staffId, receipt)
    } catch (error) {
      logger.error({ err: error, staffId }, 'a receipt could not be kept')
    }
  }

  function attach(httpServer: HttpServer, given: SocketDeps): void {
    deps = given
    io.use((socket, next) => void admit(socket, { ...given, secure }, logger, next))
    io.on('connection', (socket) => {
      const { id: staffId, role } = socket.data.user
      if (!seesNumbers(role)) void socket.join(MASKED_ROOM)
      given.onPageOpened(staffId)
      socket.on('disconnect', () => given.onPageClosed(staffId))
      void receive(socket, { ...given, newsCount }, logger)
    })
    io.attach(httpServer)
    closeUnreadSockets(io)
    scheduleSweep(given)
  }

  function scheduleSweep(given: SocketDeps): void {
    if (isStopped) return
    stopSweep = clock.after(SWEEP_MS, () => {
      void closeEndedSessions(io, given, logger).then(() => scheduleSweep(given))
    })
  }

  return {
    notifier,
    attach,
    attachWalls: walls.attach,
    connections: () => io.sockets.sockets.size,
    stop() {
      isStopped = true
      stopSweep?.()
      if (deps) io.engine.close()
    },
  }
}

/** A page of another site cannot listen with our cookie. */
function isOwnSocket(request: IncomingMessage, publicUrl: string): boolean {
  const { origin, host } = request.headers
  return isOwnOrigin({ origin, host, secFetchSite: undefined }, publicUrl)
}

async function admit(
  socket: HotlineSocket,
  deps: SocketDeps & { secure: boolean },
  logger: Logger,
  next: (error?: Error) => void,
): Promise<void> {
  try {
    const token = sessionTokenFrom(socket.request.headers.cookie, deps.secure)
    const session = token ? await deps.identifySession(token) : null
    if (!session) {
      next(new Error('not_signed_in'))
      return
    }
    socket.data = { user: session.user, sessionId: session.id }
    next()
  } catch (error) {
    logger.error({ err: error }, 'a socket could not be admitted')
    next(new Error('unavailable'))
  }
}

async function receive(socket: HotlineSocket, deps: WelcomeDeps, logger: Logger): Promise<void> {
  try {
    await welcome(socket, deps)
  } catch (error) {
    logger.error({ err: error, staffId: socket.data.user.id }, 'a socket got no snapshot')
    // Closing the transport, not the socket, makes the browser try again.
    socket.conn.close()
  }
}

async function closeEndedSessions(
  io: HotlineServer,
  { liveSessions }: SocketDeps,
  logger: Logger,
): Promise<void> {
  try {
    const sockets = [...io.sockets.sockets.values()]
    const live = await liveSessions([...new Set(sockets.map((socket) => socket.data.sessionId))])
    for (const socket of sockets) {
      if (!live.has(socket.data.sessionId)) socket.disconnect(true)
    }
  } catch (error) {
    logger.error({ err: error }, 'sessions of open sockets could not be checked')
  }
}
