import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { Server } from 'socket.io'
import { type AnsweredRows, openRawAnswers } from './answered-rows.ts'

/**
 * The peer of the pop: the bare library's event, the same rows made durable by better-sqlite3 alone,
 * then straight to the browser; nothing is asked or decided, nobody is signed in.
 * `node relay.ts AMI_PORT DATABASE ROWS COUNT` prints the port of its sockets.
 */
interface BareLibrary {
  on(event: 'agentconnect', listener: (event: unknown) => void): void
}
type CreateLibrary = (
  port: number,
  host: string,
  user: string,
  secret: string,
  events: boolean,
) => BareLibrary

const createLibrary: CreateLibrary = createRequire(import.meta.url)('asterisk-manager')
const http = createServer()
const io = new Server(http, { transports: ['websocket'] })
const [amiPort = '', file = '', rowsFile = '', count = ''] = process.argv.slice(2)
const rows: AnsweredRows = JSON.parse(readFileSync(rowsFile, 'utf8'))
const raw = openRawAnswers(file, rows, Number(count))
createLibrary(Number(amiPort), '127.0.0.1', 'hotline-tracker', 'simulator', true).on(
  'agentconnect',
  (event) => {
    raw.answer()
    io.emit('screen_pop', event)
  },
)
http.listen(0, '127.0.0.1', () => {
  const address = http.address()
  if (address !== null && typeof address !== 'string') console.log(address.port)
})
