import type { ServerEvents } from '#contract/socket-events.ts'
import type { Link } from '../socket.ts'

interface LinkEvents extends ServerEvents {
  connect: () => void
  disconnect: (reason: string) => void
  connect_error: (error: Error) => void
}

type Listener = (...values: unknown[]) => void

/** A socket without a network: the test is the server. */
export interface FakeLink {
  link: Link
  /** What the page called, in order. */
  readonly calls: readonly string[]
  /** As if the library had given up (a refusal) or goes on trying (a lost network). */
  setActive: (active: boolean) => void
  say: <E extends keyof LinkEvents>(event: E, ...values: Parameters<LinkEvents[E]>) => void
}

export function fakeLink(): FakeLink {
  const listeners = new Map<string, Listener[]>()
  const calls: string[] = []
  const socket = {
    active: true,
    on: (event: string, listener: Listener) => {
      listeners.set(event, [...(listeners.get(event) ?? []), listener])
      return socket
    },
    connect: () => calls.push('connect'),
    disconnect: () => calls.push('disconnect'),
    removeAllListeners: () => listeners.clear(),
  }
  return {
    // the overloads of the library cannot be written by hand
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    link: socket as unknown as Link,
    calls,
    setActive: (active) => void (socket.active = active),
    say: (event, ...values) => {
      for (const listener of listeners.get(event) ?? []) listener(...values)
    },
  }
}
