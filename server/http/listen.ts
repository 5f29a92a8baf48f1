import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { StartError } from '../errors.ts'

/** Begins to listen; answers the port (of use when 0 was asked). Throws StartError in one line. */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    throw new StartError(reasonOf(error, host, port))
  }
  return portOf(server.address()) ?? port
}

function reasonOf(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  switch (code) {
    case 'EADDRINUSE':
      return `PORT: ${port} is taken by another program on ${host}; for example PORT=${port + 1}`
    case 'EACCES':
      return `PORT: ${port} may not be used by this user; for example PORT=8080`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST: ${host} is not an address of this machine; for example HOST=0.0.0.0`
    default:
      return `cannot listen on ${host}:${port}: ${code}`
  }
}

function portOf(address: string | AddressInfo | null): number | null {
  return address !== null && typeof address === 'object' ? address.port : null
}
