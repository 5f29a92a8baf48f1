import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** A TCP port of the loopback that nobody listens on now. */
export async function freeTcpPort(host = '127.0.0.1'): Promise<number> {
  const server = createServer().listen(0, host)
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no free TCP port')
  return address.port
}

/** Below what the system gives to sockets that ask for no port of their own, which come at any time. */
const [FIRST_PORT, PORTS] = [20_000, 12_000]
const TRIES = 50

/** A UDP port of the loopback that nobody listens on now, and that nobody gets by chance. */
export async function freeUdpPort(host = '127.0.0.1'): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORTS)
    // oxlint-disable-next-line no-await-in-loop -- one after the other, until one is free
    if (await canBind(port, host)) return port
  }
  throw new Error('no free UDP port')
}

async function canBind(port: number, host: string): Promise<boolean> {
  const socket = createSocket('udp4').bind(port, host)
  try {
    await once(socket, 'listening')
    return true
  } catch {
    return false
  } finally {
    socket.close()
  }
}
