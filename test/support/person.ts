import { io } from 'socket.io-client'
import { z } from 'zod'
import { callbackView } from '../../server/contract/callbacks.ts'
import { callRow, ownCall } from '../../server/contract/calls.ts'
import { agentState, deskSnapshot } from '../../server/contract/desk.ts'
import { serviceStatus } from '../../server/contract/health.ts'
import { outgoingCall } from '../../server/contract/outgoing-calls.ts'
import { ticketPresence } from '../../server/contract/casework/presence.ts'
import { notificationView } from '../../server/contract/casework/notifications.ts'
import { pbxStatus, queuesPatch, queuesSnapshot } from '../../server/contract/queues.ts'
import { screenPop } from '../../server/contract/screen-pop.ts'
import type { ServerEvents } from '../../server/contract/socket-events.ts'
import { type SessionUser, sessionView } from '../../server/contract/staff.ts'
import { helpView } from '../../server/contract/supervision/help.ts'
import { ticketRow } from '../../server/contract/tickets.ts'

type NewsValues = { [K in keyof ServerEvents]: Parameters<ServerEvents[K]>[0] }
type NewsType = keyof NewsValues
type NewsOf<K extends NewsType> = NewsValues[K]

/** What may come over the socket; news that is not as the contract says fails the test. */
const NEWS: { [K in keyof NewsValues]: z.ZodType<NewsValues[K]> } = {
  desk_snapshot: deskSnapshot,
  screen_pop: screenPop,
  desk_call: ownCall.nullable(),
  call_updated: callRow,
  outgoing_call: outgoingCall,
  agent_state: agentState,
  ticket_updated: ticketRow,
  ticket_presence: ticketPresence,
  callback_updated: callbackView,
  notification: notificationView,
  help_changed: helpView,
  outages_changed: z.undefined(),
  queues_snapshot: queuesSnapshot,
  queues_patch: queuesPatch,
  pbx_status: z.array(pbxStatus),
  service_status: serviceStatus,
  alarms_changed: z.undefined(),
  wall_board: z.never(),
  client_outdated: z.object({ appVersion: z.string() }),
}
/** Limit of an answer that never comes: who waits longer would not be told what for. */
const HANGS_MS = 30_000
type Method = 'POST' | 'PATCH' | 'PUT' | 'DELETE'

/** A person's browser without the page: HTTP with their cookie, and a live socket. */
export interface Person {
  readonly user: SessionUser
  readonly cookie: string
  get<S extends z.ZodType>(path: string, answer: S): Promise<z.output<S>>
  send<S extends z.ZodType>(
    method: Method,
    path: string,
    body: unknown,
    answer: S,
  ): Promise<z.output<S>>
  /** Opens the live socket; acknowledges every pop, as a page does. */
  listen(): Promise<Listener>
}

export interface Listener {
  /** Resolves with the first news of this kind that fits, past ones included. */
  waitFor<K extends NewsType>(type: K, fits: (value: NewsOf<K>) => boolean): Promise<NewsOf<K>>
  /** Everything of this kind so far. */
  all<K extends NewsType>(type: K): NewsOf<K>[]
  close(): void
}

/** An answer of the service that is not 2xx; `status` and its words. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: number
  /** Of the header: when to try again. */
  readonly retryAfter: string | null
  constructor({ status, headers }: Response, words: string) {
    super(`${status}: ${words}`)
    this.status = status
    this.retryAfter = headers.get('retry-after')
  }
}

/** Signs in at a running service. Throws Refused. */
export async function signIn(url: string, username: string, password: string): Promise<Person> {
  const reply = await request(url, null, 'POST', '/session', { username, password })
  const cookie = (reply.headers.getSetCookie()[0] ?? '').split(';')[0] ?? ''
  const { user } = sessionView.parse(await reply.json())
  return {
    user,
    cookie,
    get: async (path, answer) =>
      answer.parse(await read(await request(url, cookie, 'GET', path, null))),
    send: async (method, path, body, answer) =>
      answer.parse(await read(await request(url, cookie, method, path, body))),
    listen: () => listen(url, cookie),
  }
}

async function request(
  url: string,
  cookie: string | null,
  method: string,
  path: string,
  body: unknown,
): Promise<Response> {
  const reply = await fetch(`${url}/api${path}`, {
    method,
    signal: AbortSignal.timeout(HANGS_MS),
    headers: {
      ...(cookie === null ? {} : { cookie }),
      ...(body === null ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === null ? {} : { body: JSON.stringify(body) }),
  })
  if (!reply.ok) throw new Refused(reply, await reply.text())
  return reply
}

function read(reply: Response): Promise<unknown> | null {
  return reply.status === 204 ? null : reply.json()
}

async function listen(url: string, cookie: string): Promise<Listener> {
  const socket = io(url, {
    transports: ['websocket'],
    extraHeaders: { cookie },
    reconnectionDelay: 50,
    forceNew: true,
  })
  const heard: { type: string; value: unknown }[] = []
  const waiting = new Set<() => void>()
  socket.onAny((type: string, value: unknown, receipt?: (seen: unknown) => void) => {
    heard.push({ type, value })
    if (type === 'screen_pop' && receipt !== undefined) {
      const { id, rev } = screenPop.parse(value)
      receipt({ id, rev })
    }
    for (const look of waiting) look()
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('desk_snapshot', () => resolve())
    socket.once('connect_error', reject)
  })

  function all<K extends NewsType>(type: K): NewsOf<K>[] {
    const schema = NEWS[type]
    return heard.filter((news) => news.type === type).map((news) => schema.parse(news.value))
  }

  function waitFor<K extends NewsType>(
    type: K,
    fits: (value: NewsOf<K>) => boolean,
  ): Promise<NewsOf<K>> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = all(type).find(fits)
        if (found === undefined) return
        waiting.delete(look)
        resolve(found)
      }
      waiting.add(look)
      look()
    })
  }

  return { all, waitFor, close: () => void socket.disconnect() }
}
