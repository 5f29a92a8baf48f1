import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket, connect } from 'node:net'

/** A relay on loopback between the service and a server that must be seen to fail. */
export interface TcpProxy {
  port: number
  /** From now on it accepts, takes everything in and passes nothing on, until `speak`. */
  silence(): void
  /** From now on every connection breaks, and new ones break at once, until `speak`. */
  refuse(): void
  /** New connections are relayed again; those of the silent time stay silent for ever. */
  speak(): void
  /**
   * Cuts the connection as soon as a client's bytes that hold this text were passed on; with `mark`,
   * only that of a client that has sent this other text before.
   */
  cutAfter(text: string, mark?: string): void
  /** How often `cutAfter` has cut. */
  cuts(): number
  connections(): number
  close(): Promise<void>
}

export async function openTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  let isSilent = false
  let isRefusing = false
  let cut: { text: string; mark: string } | null = null
  let cuts = 0
  const open = new Map<Socket, { isSilenced: boolean }>()
  const server = createServer((client) => {
    client.on('error', () => undefined)
    if (isRefusing) return void client.resetAndDestroy()
    let isMarked = false
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
      isMarked ||= cut !== null && bytes.includes(cut.mark)
      const isLast = cut !== null && isMarked && bytes.includes(cut.text)
      if (isLast) cut = null
      upstream.write(bytes, () => {
        if (!isLast) return
        cuts += 1
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
    refuse() {
      isRefusing = true
      for (const client of open.keys()) client.resetAndDestroy()
    },
    speak() {
      isSilent = false
      isRefusing = false
    },
    cutAfter: (text, mark = text) => void (cut = { text, mark }),
    cuts: () => cuts,
    connections: () => open.size,
    async close() {
      for (const client of open.keys()) client.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
