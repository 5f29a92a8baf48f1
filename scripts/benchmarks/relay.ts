import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { Server } from 'socket.io'

/**
 * The peer of the pop: the bare library's event straight to the browser, nothing stored, nobody
 * signed in. `node relay.ts AMI_PORT` prints the port of its sockets.
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
const amiPort = Number(process.argv[2])
createLibrary(amiPort, '127.0.0.1', 'hotline-tracker', 'simulator', true).on(
  'agentconnect',
  (event) => io.emit('screen_pop', event),
)
http.listen(0, '127.0.0.1', () => {
  const address = http.address()
  if (address !== null && typeof address !== 'string') console.log(address.port)
})
