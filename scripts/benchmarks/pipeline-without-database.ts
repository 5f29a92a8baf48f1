import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import createLibrary from 'asterisk-manager'
import { openAmiConnection } from '../../server/ami/ami-connection.ts'
import { createAmiSession, type AmiRequests } from '../../server/ami/ami-session.ts'
import { createResync, type Resync } from '../../server/ami/resync.ts'
import { createCallBook } from '../../server/calls/book/call-book.ts'
import { applyEvent } from '../../server/calls/book/apply-event.ts'
import { createLogger } from '../../server/logger.ts'
import { applyQueueEvent, emptyPbx } from '../../server/queues/live-queue.ts'
import { systemClock } from '../../server/system-clock.ts'
import { recordedStream, type RecordedStream } from './call-stream.ts'

const ROUNDS = 50
/** As a network delivers them. */
const CHUNK = 64 * 1024

export interface Rate {
  eventsPerSecond: number
}

/**
 * Bytes → our cage → session → typed events and their times → what they mean → call book and live
 * queues, against the bare library's parse and emit.
 */
export function pipelineSides() {
  const stream = recordedStream(ROUNDS)
  return {
    ours: () => serve(stream, hearWithOurs),
    peer: () => serve(stream, hearWithPeer),
  }
}

/** Connects to `port` and calls `onEvent` for each event it has dealt with. */
type Hear = (port: number, onEvent: () => void) => Promise<Stop>
type Stop = () => Promise<void>

async function serve({ bytes, frames }: RecordedStream, hear: Hear): Promise<Rate> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const accepted = new Promise<Socket>((resolve) => server.once('connection', resolve))
  const all = Promise.withResolvers<void>()
  let left = frames
  const listening = hear(portOf(server), () => {
    left -= 1
    if (left === 0) all.resolve()
  })
  const socket = await accepted
  answerActions(socket)
  socket.write('Asterisk Call Manager/11.0.0\r\n')
  const stop = await listening
  const startedAt = performance.now()
  for (let at = 0; at < bytes.length; at += CHUNK) {
    if (!socket.write(bytes.subarray(at, at + CHUNK))) await once(socket, 'drain')
  }
  await all.promise
  const seconds = (performance.now() - startedAt) / 1000
  const stopped = stop()
  socket.destroy()
  await stopped
  server.close()
  return { eventsPerSecond: frames / seconds }
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server does not listen')
  return address.port
}

/** The login, and the goodbye. */
function answerActions(socket: Socket): void {
  socket.on('data', (bytes) => {
    const id = /ActionID: (\S+)/.exec(String(bytes))?.[1] ?? ''
    socket.write(`Response: Success\r\nActionID: ${id}\r\n\r\n`)
  })
}

async function hearWithOurs(port: number, onEvent: () => void): Promise<Stop> {
  const ready = Promise.withResolvers<void>()
  const resync = resyncIntoMemory()
  const session = createAmiSession({
    label: 'pbx1 tracker',
    host: '127.0.0.1',
    port,
    user: 'hotline-tracker',
    secret: 'secret',
    events: 'system,call,agent,user',
    clock: systemClock,
    random: Math.random,
    logger: createLogger({ level: 'silent' }),
    count: failOnCount,
    open: openAmiConnection,
    onConnecting: () => resync.reset(),
    sync: () => syncWithEmptyPbx(resync),
    onEvent(frame) {
      resync.onEvent(frame)
      onEvent()
    },
    onStatus: ({ link }) => link === 'ready' && ready.resolve(),
  })
  session.start()
  await ready.promise
  return () => session.stop()
}

/** Its own listener stays: it is what emits each event by name. */
async function hearWithPeer(port: number, onEvent: () => void): Promise<Stop> {
  const library = createLibrary()
  library.on('rawevent', onEvent)
  library.connect(port, '127.0.0.1')
  return async () => undefined
}

/** Every event ends in a call book and in live queues, as in the service. */
function resyncIntoMemory(): Resync {
  const pbxId = 'pbx1'
  const book = createCallBook(pbxId, {
    hotlineQueues: new Set(['hotline']),
    isPhone: (endpoint) => /^\d{2,6}$/.test(endpoint),
  })
  let queues = emptyPbx(pbxId)
  return createResync({
    pbxId,
    clock: systemClock,
    logger: createLogger({ level: 'silent' }),
    count: failOnCount,
    onCallEvent: (event) => void applyEvent(book, event),
    onQueueEvent: (event) => {
      queues = applyQueueEvent(queues, event)
    },
    onSpyEvent: () => undefined,
    callsInDoubt: () => [],
    onReload: () => undefined,
    onClockChange: () => undefined,
  })
}

/** A PBX that has no calls yet: from here on every event is dealt with as it comes. */
async function syncWithEmptyPbx(resync: Resync): Promise<void> {
  const nothing: AmiRequests = { request: async () => ({}), list: async () => [] }
  resync.onEvent({ event: 'FullyBooted', uptime: '1' })
  await resync.sync(nothing)
}

/** What is counted is what went wrong, and then the figure would be worth nothing. */
function failOnCount(what: string): never {
  throw new Error(`the pipeline counted ${what}`)
}
