import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket, connect } from 'node:net'

/** A relay on loopback between the service and a server that must be seen to fail. */
export interface TcpProxy {
  port: number
  /** From now on it accepts, takes everything in and passes nothing on, until `speak`. */
  silence(): void
  /** New connections are relayed again; those of the silent time stay silent for ever. */
  speak(): void
  /** Cuts the connection as soon as a client's bytes that hold this text were passed on. */
  cutAfter(text: string): void
  connections(): number
  close(): Promise<void>
}

export async function openTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  let isSilent = false
  let cutText: string | null = null
  const open = new Map<Socket, { isSilenced: boolean }>()
  const server = createServer((client) => {
    const upstream = connect(target)
    const state = { isSilenced: isSilent }
    open.set(client, state)
    const end = () => {
      open.delete(client)
      client.destroy()
      upstream.destroy()
    }
    client.on('data', (bytes: Buffer) => {
      if (state.isSilenced) return
      const isLast = cutText !== null && bytes.includes(cutText)
      upstream.write(bytes, () => {
        if (!isLast) return
        cutText = null
        // What is written before the end arrives; its answer finds nobody.
        open.delete(client)
        client.destroy()
        upstream.end()
      })
    })
    upstream.on('data', (bytes: Buffer) => {
      if (!state.isSilenced && !client.destroyed) client.write(bytes)
    })
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // oxlint-disable-next-line no-unsafe-type-assertion -- a TCP server's address is never a path
  const { port } = server.address() as AddressInfo
  return {
    port,
    silence() {
      isSilent = true
      for (const state of open.values()) state.isSilenced = true
    },
    speak: () => void (isSilent = false),
    cutAfter: (text) => void (cutText = text),
    connections: () => open.size,
    async close() {
      for (const client of open.keys()) client.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
