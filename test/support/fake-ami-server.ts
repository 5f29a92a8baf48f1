import { createServer, type Socket } from 'node:net'
import { once } from 'node:events'
import { createFakePbx, type FakePbx } from './fake-ami-pbx.ts'
import { decodeAction, encodeFrame, type Frame, type ReceivedAction } from './fake-ami-frames.ts'

/** What a handler answers: frames, raw text, or null for silence. */
export type Reply = Frame | Frame[] | string | null
export type ActionHandler = (action: ReceivedAction) => Reply | Promise<Reply>

export interface FakeAmiOptions {
  /** First line of each connection; null sends none. */
  greeting?: string | null
  /** `refuse` answers Authentication failed and closes; `ignore` never answers. */
  login?: 'accept' | 'refuse' | 'ignore'
  user?: string
  secret?: string
  /** Whether FullyBooted follows a login. */
  fullyBooted?: boolean
  /** Seconds since this PBX started, as FullyBooted says. */
  uptime?: number
  /** What the clock of this PBX shows, in epoch milliseconds. */
  nowMs?: () => number
}

/**
 * An AMI server on loopback that plays an Asterisk for tests: real TCP, scripted answers. Every
 * action has an answer from `pbx` unless a test replaces it by `on`.
 */
export interface FakeAmi {
  readonly port: number
  /** In the form of AMI_URL. */
  readonly url: string
  readonly pbx: FakePbx
  /** Every action so far, logins included. */
  readonly received: readonly ReceivedAction[]
  /** Changes how later connections are met. */
  readonly options: Required<FakeAmiOptions>
  actions(name: string): ReceivedAction[]
  /** Replaces the answer to an action, until replaced again. */
  on(name: string, handler: ActionHandler): void
  /** Resolves at the next action of this name that arrives after the call. */
  next(name: string): Promise<ReceivedAction>
  /**
   * Sends events to every signed-in connection that did not log in with `Events: off`. Frames with an
   * Event and no Privilege get one, as Asterisk gives every event.
   */
  send(...frames: Frame[]): void
  /** Sends bytes as they are to every signed-in connection that hears events. */
  sendRaw(bytes: string | Uint8Array): void
  /** Open TCP connections now. */
  connections(): number
  /** Resets every connection (`half` lets buffered bytes out first, then closes). */
  dropConnections(how?: 'reset' | 'half'): void
  stop(): Promise<void>
}

interface Session {
  id: number
  socket: Socket
  hearsEvents: boolean
  text: string
}

const DEFAULTS: Required<FakeAmiOptions> = {
  greeting: 'Asterisk Call Manager/11.0.0',
  login: 'accept',
  user: 'tracker',
  secret: 'fake-secret',
  fullyBooted: true,
  uptime: 86_400,
  nowMs: () => Date.now(),
}

export async function startFakeAmi(
  given: FakeAmiOptions & { port?: number } = {},
): Promise<FakeAmi> {
  const { port: wantedPort = 0, ...rest } = given
  const options = { ...DEFAULTS, ...rest }
  const pbx = createFakePbx(() => options.nowMs())
  const received: ReceivedAction[] = []
  const handlers = new Map<string, ActionHandler>()
  const waiting: { name: string; resolve: (action: ReceivedAction) => void }[] = []
  const sessions = new Set<Session>()
  let counter = 0

  const server = createServer((socket) => {
    counter += 1
    const session: Session = { id: counter, socket, hearsEvents: false, text: '' }
    sessions.add(session)
    socket.setNoDelay(true)
    socket.on('error', () => undefined)
    socket.on('close', () => sessions.delete(session))
    socket.on('data', (chunk) => read(session, chunk.toString('utf8')))
    if (options.greeting !== null) socket.write(`${options.greeting}\r\n`)
  })

  function read(session: Session, text: string): void {
    session.text += text
    for (let end = session.text.indexOf('\r\n\r\n'); end >= 0;) {
      const raw = session.text.slice(0, end + 4)
      session.text = session.text.slice(end + 4)
      void answer(session, decodeAction(session.id, raw))
      end = session.text.indexOf('\r\n\r\n')
    }
  }

  async function answer(session: Session, action: ReceivedAction): Promise<void> {
    received.push(action)
    for (const waiter of waiting.splice(0)) {
      if (waiter.name === action.name) waiter.resolve(action)
      else waiting.push(waiter)
    }
    const handler = handlers.get(action.name)
    if (handler !== undefined) return write(session, await handler(action))
    if (action.name === 'login') return login(session, action)
    write(session, pbx.answer(action))
    if (action.name === 'logoff') session.socket.end()
    for (const event of pbx.takeEvents()) send(event)
  }

  function login(session: Session, action: ReceivedAction): void {
    if (options.login === 'ignore') return
    const { username, secret } = action.headers
    const right = username === options.user && secret === options.secret
    if (options.login === 'refuse' || !right) {
      write(session, {
        Response: 'Error',
        ActionID: action.actionId,
        Message: 'Authentication failed',
      })
      session.socket.end()
      return
    }
    session.hearsEvents = action.headers['events'] !== 'off'
    write(session, {
      Response: 'Success',
      ActionID: action.actionId,
      Message: 'Authentication accepted',
    })
    if (options.fullyBooted && session.hearsEvents) write(session, fullyBooted())
  }

  function fullyBooted(): Frame {
    return {
      Event: 'FullyBooted',
      Privilege: 'system,all',
      Timestamp: (options.nowMs() / 1000).toFixed(6),
      Uptime: options.uptime,
      LastReload: options.uptime,
      Status: 'Fully Booted',
    }
  }

  function write(session: Session, reply: Reply): void {
    if (reply === null) return
    const text = typeof reply === 'string' ? reply : [reply].flat().map(encodeFrame).join('')
    session.socket.write(text)
  }

  function send(...frames: Frame[]): void {
    sendRaw(frames.map((frame) => encodeFrame(asEvent(frame))).join(''))
  }

  function sendRaw(bytes: string | Uint8Array): void {
    for (const session of sessions) if (session.hearsEvents) session.socket.write(bytes)
  }

  server.listen(wantedPort, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0

  return {
    port,
    url: `ami://${options.user}:${options.secret}@127.0.0.1:${port}/pbx1`,
    pbx,
    received,
    options,
    actions: (name) => received.filter((action) => action.name === name.toLowerCase()),
    on: (name, handler) => void handlers.set(name.toLowerCase(), handler),
    next: (name) => new Promise((resolve) => waiting.push({ name: name.toLowerCase(), resolve })),
    send,
    sendRaw,
    connections: () => sessions.size,
    dropConnections(how = 'reset') {
      for (const { socket } of sessions) {
        if (how === 'half') socket.end()
        else socket.resetAndDestroy()
      }
    },
    async stop() {
      for (const { socket } of sessions) socket.destroy()
      if (!server.listening) return
      server.close()
      await once(server, 'close')
    },
  }
}

function asEvent(frame: Frame): Frame {
  const { Event, ...rest } = frame
  return Event === undefined ? frame : { Event, Privilege: 'call,all', ...rest }
}
