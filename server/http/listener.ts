import type { RequestListener } from 'node:http'
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { StartError } from '../errors.ts'

export interface Listener {
  readonly server: Server
  /** Answers the address to open. Throws StartError when the port cannot be had. */
  listen(port: number, host: string): Promise<string>
  /** Takes no new connections and waits for the answers under way. */
  close(): Promise<void>
}

/** An answer that takes longer than this at the end is cut off. */
const LAST_ANSWERS_MS = 3000

export function createListener(app: RequestListener): Listener {
  const server = createServer(
    // any other upgrade (h2c, as Java's client offers it) is answered as if nobody had asked
    { shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket' },
    app,
  )
  return {
    server,
    async listen(port, host) {
      server.listen(port, host)
      try {
        await once(server, 'listening')
      } catch (error) {
        throw new StartError(whyNot(error, port, host), { cause: error })
      }
      return addressOf(server, host)
    },
    async close() {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      const cut = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS)
      await closed
      clearTimeout(cut)
    },
  }
}

function addressOf(server: Server, host: string): string {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

function whyNot(error: unknown, port: number, host: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  switch (code) {
    case 'EADDRINUSE':
      return `PORT ${port} is taken by another program on ${host}; choose another one, for example PORT=${port + 1}`
    case 'EACCES':
      return `PORT ${port} needs more rights than this user has; choose one above 1024, for example PORT=8080`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EADDRNOTAVAIL':
      return `HOST ${host} is no address of this machine; for example HOST=127.0.0.1`
    default:
      return `cannot listen on ${host}:${port}: ${code}`
  }
}
