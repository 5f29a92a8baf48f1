import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { formatFrame, parseAction, splitFrames, type Action, type Headers } from './frames.ts'

/** The classes of `manager.conf`: what a user hears (read) and may do (write). */
export interface AmiUser {
  name: string
  secret: string
  read: readonly string[]
  write: readonly string[]
  /** Names of the events that pass the user's `eventfilter`; null lets all pass. */
  filter: ReadonlySet<string> | null
}

/** What answers an action: the reply's headers, then the events of a list. */
export interface Reply {
  response: Headers
  list?: Headers[]
}

export interface AmiServerOptions {
  port: number
  users: readonly AmiUser[]
  /** Without an answer the action is unknown. */
  answer: (action: Action, user: AmiUser) => Reply | null
  /** Sent to each session that may read `system`, right after its login. */
  fullyBooted: () => Headers
}

export interface AmiServer {
  port: number
  /** Sends an event of a class to every session that may read it. */
  publish: (eventClass: string, event: Headers) => void
  close: () => Promise<void>
}

interface Session {
  socket: Socket
  user: AmiUser | null
  buffered: string
}

const GREETING = 'Asterisk Call Manager/11.0.0\r\n'

/** The manager interface of a small PBX: loopback only, no TLS, no MD5 challenge. */
export async function startAmiServer(options: AmiServerOptions): Promise<AmiServer> {
  const sessions = new Set<Session>()
  const server = createServer((socket) => {
    const session: Session = { socket, user: null, buffered: '' }
    sessions.add(session)
    socket.setEncoding('utf8')
    socket.on('close', () => sessions.delete(session))
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk) => read(session, String(chunk), options))
    socket.write(GREETING)
  })
  server.listen(options.port, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: portOf(server),
    publish: (eventClass, event) => publish(sessions, eventClass, event),
    close: () => close(server, sessions),
  }
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server does not listen')
  return address.port
}

function publish(sessions: Set<Session>, eventClass: string, event: Headers): void {
  const name = event.find(([header]) => header === 'Event')?.[1] ?? ''
  const bytes = formatFrame(event)
  for (const { socket, user } of sessions) {
    if (user === null || !user.read.includes(eventClass)) continue
    if (user.filter === null || user.filter.has(name)) socket.write(bytes)
  }
}

async function close(server: Server, sessions: Set<Session>): Promise<void> {
  for (const { socket } of sessions) socket.destroy()
  server.close()
  await once(server, 'close')
}

function read(session: Session, chunk: string, options: AmiServerOptions): void {
  const { frames, rest } = splitFrames(session.buffered + chunk)
  session.buffered = rest
  for (const frame of frames) {
    const action = parseAction(frame)
    if (session.user === null) logIn(session, action, options)
    else respond(session, session.user, action, options)
  }
}

function logIn(session: Session, action: Action, options: AmiServerOptions): void {
  const name = action.get('action')?.toLowerCase()
  const user = options.users.find((one) => one.name === action.get('username'))
  if (name !== 'login') {
    send(session, action, failure('Permission denied'))
  } else if (user === undefined || user.secret !== action.get('secret')) {
    send(session, action, failure('Authentication failed'))
    session.socket.end()
  } else {
    session.user = user
    send(session, action, success('Authentication accepted'))
    if (user.read.includes('system')) session.socket.write(formatFrame(options.fullyBooted()))
  }
}

function respond(session: Session, user: AmiUser, action: Action, options: AmiServerOptions): void {
  const name = action.get('action') ?? ''
  if (name.toLowerCase() === 'logoff') {
    send(session, action, [
      ['Response', 'Goodbye'],
      ['Message', 'Thanks for all the fish.'],
    ])
    session.socket.end()
    return
  }
  const reply = options.answer(action, user) ?? {
    response: failure(
      `Invalid/unknown command: ${name}. Use Action: ListCommands to show available commands.`,
    ),
  }
  send(session, action, reply.response)
  for (const item of reply.list ?? []) send(session, action, item)
}

/** Writes a frame with the action's id as second header, as Asterisk does. */
function send(session: Session, action: Action, headers: Headers): void {
  const [first, ...others] = headers
  const actionId = action.get('actionid')
  if (first === undefined) return
  const id: Headers = actionId === undefined ? [] : [['ActionID', actionId]]
  session.socket.write(formatFrame([first, ...id, ...others]))
}

export function success(message: string): Headers {
  return [
    ['Response', 'Success'],
    ['Message', message],
  ]
}

export function failure(message: string): Headers {
  return [
    ['Response', 'Error'],
    ['Message', message],
  ]
}
