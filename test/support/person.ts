import { io, type Socket } from 'socket.io-client'
import type { SessionUser } from '../../server/contract/staff.ts'
import type { ServerEvents } from '../../server/contract/socket-events.ts'

type News = { [K in keyof ServerEvents]: { type: K; value: Parameters<ServerEvents[K]>[0] } }
type NewsOf<K extends keyof ServerEvents> = News[K]['value']

/** A person's browser without the page: HTTP with their cookie, and a live socket. */
export interface Person {
  readonly user: SessionUser
  readonly cookie: string
  get<T>(path: string): Promise<T>
  send<T>(method: 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T>
  /** Opens the live socket; acknowledges every pop, as a page does. */
  listen(): Promise<Listener>
}

export interface Listener {
  /** Resolves with the first news of this kind that fits, past ones included. */
  waitFor<K extends keyof ServerEvents>(
    type: K,
    fits: (value: NewsOf<K>) => boolean,
  ): Promise<NewsOf<K>>
  /** Everything of this kind so far. */
  all<K extends keyof ServerEvents>(type: K): NewsOf<K>[]
  close(): void
}

/** An answer of the service that is not 2xx; `status` and its words. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: number
  constructor(status: number, words: string) {
    super(`${status}: ${words}`)
    this.status = status
  }
}

/** Signs in at a running service. Throws Refused. */
export async function signIn(url: string, username: string, password: string): Promise<Person> {
  const { reply, body } = await request<{ user: SessionUser }>(url, null, 'POST', '/session', {
    username,
    password,
  })
  const cookie = (reply.headers.getSetCookie()[0] ?? '').split(';')[0] ?? ''
  return {
    user: body.user,
    cookie,
    get: async <T>(path: string) => (await request<T>(url, cookie, 'GET', path)).body,
    send: async <T>(method: string, path: string, given?: unknown) =>
      (await request<T>(url, cookie, method, path, given ?? {})).body,
    listen: () => listen(url, cookie),
  }
}

async function request<T>(
  url: string,
  cookie: string | null,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ reply: Response; body: T }> {
  const reply = await fetch(`${url}/api${path}`, {
    method,
    headers: {
      ...(cookie === null ? {} : { cookie }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!reply.ok) throw new Refused(reply.status, await reply.text())
  const parsed = reply.status === 204 ? null : await reply.json()
  return { reply, body: parsed as T }
}

interface Waiting {
  fits: (type: string, value: unknown) => boolean
  resolve: (value: unknown) => void
}

async function listen(url: string, cookie: string): Promise<Listener> {
  const socket: Socket = io(url, {
    transports: ['websocket'],
    extraHeaders: { cookie },
    reconnection: true,
    reconnectionDelay: 50,
    forceNew: true,
  })
  const heard: { type: string; value: unknown }[] = []
  const waiting = new Set<Waiting>()
  socket.onAny((type: string, value: unknown, receipt?: (seen: unknown) => void) => {
    heard.push({ type, value })
    if (type === 'screen_pop' && receipt !== undefined) receipt(receiptFor(value))
    for (const one of waiting) if (one.fits(type, value)) one.resolve(value)
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('desk_snapshot', () => resolve())
    socket.once('connect_error', reject)
  })
  return {
    waitFor: (type, fits) => waitFor(heard, waiting, type, fits),
    all: <K extends keyof ServerEvents>(type: K) =>
      heard.filter((news) => news.type === type).map((news) => news.value as NewsOf<K>),
    close: () => socket.disconnect(),
  }
}

function receiptFor(pop: unknown): unknown {
  if (typeof pop !== 'object' || pop === null || !('id' in pop) || !('rev' in pop)) return null
  return { id: pop.id, rev: pop.rev }
}

async function waitFor<K extends keyof ServerEvents>(
  heard: readonly { type: string; value: unknown }[],
  waiting: Set<Waiting>,
  type: K,
  fits: (value: NewsOf<K>) => boolean,
): Promise<NewsOf<K>> {
  const isIt = (kind: string, value: unknown): boolean => kind === type && fits(value as NewsOf<K>)
  const past = heard.find((news) => isIt(news.type, news.value))
  if (past !== undefined) return past.value as NewsOf<K>
  const entry: Waiting = { fits: isIt, resolve: () => undefined }
  const news = new Promise<unknown>((resolve) => {
    entry.resolve = resolve
  })
  waiting.add(entry)
  try {
    return (await news) as NewsOf<K>
  } finally {
    waiting.delete(entry)
  }
}
