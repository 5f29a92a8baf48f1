import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'

/**
 * Above the lab's RTP and below what the system gives to sockets that ask for no port of their own:
 * such a socket comes at any time, also after a port is found free and before Asterisk binds it.
 */
const [FIRST_PORT, PORTS] = [30_000, 2_700]
const TRIES = 50
/** Free as they look, these are about to be used: two ports of one lab or of two labs at once must differ. */
const handedOut: Server[] = []
const REMEMBERED = 200

/** A TCP port of the loopback that nobody listens on now, and that nobody gets by chance. */
export function freeTcpPort(host = '127.0.0.1'): Promise<number> {
  return freePort('TCP', (port) => canListen(port, host))
}

/** A UDP port of the loopback that nobody listens on now, and that nobody gets by chance. */
export function freeUdpPort(host = '127.0.0.1'): Promise<number> {
  return freePort('UDP', (port) => canBind(port, host))
}

async function freePort(kind: string, isFree: (port: number) => Promise<boolean>): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORTS)
    // oxlint-disable-next-line no-await-in-loop -- one after the other, until one is free
    if ((await takeName(port)) && (await isFree(port))) return port
  }
  throw new Error(`no free ${kind} port`)
}

/** Takes the name of this port, which one process of the machine can have, until it ends or takes many others. */
async function takeName(port: number): Promise<boolean> {
  const name = createServer().listen(`\0hotline-lab-port-${port}`).unref()
  try {
    await once(name, 'listening')
  } catch {
    return false
  }
  handedOut.push(name)
  if (handedOut.length > REMEMBERED) handedOut.shift()?.close()
  return true
}

async function canListen(port: number, host: string): Promise<boolean> {
  const server = createServer().listen(port, host)
  try {
    await once(server, 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
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
