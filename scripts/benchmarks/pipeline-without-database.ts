import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import createLibrary from 'asterisk-manager'
import { openAmiConnection } from '../../server/ami/ami-connection.ts'
import { parseAmiEvent } from '../../server/ami/ami-event.ts'
import { toCallEvent } from '../../server/ami/to-call-event.ts'
import { applyEvent } from '../../server/calls/call-book.ts'
import { createCallBook } from '../../server/calls/book-state.ts'
import { bytesOf, eventsOf, recordCalls } from './call-stream.ts'

const CALLS = 1_000
/** As a network delivers them. */
const CHUNK = 64 * 1024

export interface Rate {
  eventsPerSecond: number
}

/** Bytes → our cage → typed events → what they mean → call book, against the bare library's emit. */
export function pipelineSides() {
  const events = eventsOf(recordCalls(CALLS, ['101', '102'], Date.now()))
  const bytes = Buffer.from(bytesOf(events))
  return {
    ours: () => serve(bytes, events.length, hearWithOurs),
    peer: () => serve(bytes, events.length, hearWithPeer),
  }
}

/** Connects to `port` and calls `onEvent` for each event it has dealt with. */
type Hear = (port: number, onEvent: () => void) => void

async function serve(bytes: Buffer, events: number, hear: Hear): Promise<Rate> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const accepted = new Promise<Socket>((resolve) => server.once('connection', resolve))
  const heardAll = new Promise<void>((resolve) => {
    let left = events
    hear(portOf(server), () => {
      left -= 1
      if (left === 0) resolve()
    })
  })
  const socket = await accepted
  socket.write('Asterisk Call Manager/11.0.0\r\n')
  const startedAt = performance.now()
  for (let at = 0; at < bytes.length; at += CHUNK) {
    if (!socket.write(bytes.subarray(at, at + CHUNK))) await once(socket, 'drain')
  }
  await heardAll
  const seconds = (performance.now() - startedAt) / 1000
  socket.destroy()
  server.close()
  return { eventsPerSecond: events / seconds }
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server does not listen')
  return address.port
}

function hearWithOurs(port: number, onEvent: () => void): void {
  const book = createCallBook('pbx1', {
    hotlineQueues: new Set(['hotline']),
    isInternal: (endpoint) => /^\d{2,6}$/.test(endpoint),
  })
  openAmiConnection('127.0.0.1', port, {
    onGreeting: () => undefined,
    onClose: () => undefined,
    onHandlerError: (error) => {
      throw error
    },
    onFrame: (frame) => {
      const event = parseAmiEvent(frame)
      if (event.event !== null) {
        const meaning = toCallEvent('pbx1', event, '2026-11-23T02:00:00.000Z')
        if (meaning !== null) applyEvent(book, meaning)
      }
      onEvent()
    },
  })
}

/** Its own listener stays: it is what emits each event by name. */
function hearWithPeer(port: number, onEvent: () => void): void {
  const library = createLibrary()
  library.on('rawevent', onEvent)
  library.connect(port, '127.0.0.1')
}
