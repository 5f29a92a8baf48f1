import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import type { CallRow } from '#contract/calls.ts'
import type { NotificationView } from '#contract/casework/notifications.ts'
import type { PopReceipt, ScreenPop } from '#contract/screen-pop.ts'
import type { ClientEvents, ServerEvents } from '#contract/socket-events.ts'
import type { HelpView } from '#contract/supervision/help.ts'
import type { TicketRow } from '#contract/tickets.ts'
import { live, tell } from './live-store.ts'
import { type NewsLine, newsLine } from './news-line.ts'
import { afterPaint, whenSeen } from './page-sight.ts'
import { tellPresence } from './presence.ts'

/** What the page does besides keeping the news. */
export interface SocketHooks {
  /** The server refused or dropped this socket: the session may be over. */
  onRefused: () => void
  /** Connected again: what changed meanwhile was told to nobody here. */
  onBack: () => void
  onTicketUpdated: (ticket: TicketRow) => void
  /** A call changed that this person took part in; the desk has its own news of it. */
  onCallUpdated: (call: CallRow) => void
  onCallbackUpdated: (ticketId: string | null) => void
  /** The promise of a missed caller changed: the team's worklist is another. */
  onMissedChanged: () => void
  onNotification: (told: NotificationView) => void
  /** Help was asked for, taken or is over. */
  onHelpChanged: (help: HelpView) => void
  /** Area outages changed, and with them what tickets say. */
  onOutagesChanged: () => void
  /** An alarm was opened, ended or acknowledged. */
  onAlarmsChanged: () => void
  /** Patches of the live queues were missed. */
  onQueuesGap: () => void
}

/** The part of a Socket.IO client that the page uses. */
export type Link = Pick<
  Socket<ServerEvents, ClientEvents>,
  'active' | 'on' | 'connect' | 'disconnect' | 'removeAllListeners'
>

/** Asked at every (re)connection: which build this page came with. */
export function greeting(): { appVersion?: string } {
  const { appVersion } = live.get()
  return appVersion === null ? {} : { appVersion }
}

function openLink(): Link {
  return io({
    transports: ['websocket'],
    auth: (send) => send(greeting()),
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
  })
}

const REFUSED_RETRY_MS = 5_000

/** Connects with the session cookie and reconnects by itself until the returned stop is called. */
export function connectSocket(hooks: SocketHooks, open: () => Link = openLink): () => void {
  const socket = open()
  const line = newsLine()
  const stopRetrying = followConnection(socket, hooks)
  socket.on('screen_pop', line.urgent(takePop))
  followDesk(socket, line)
  followRecords(socket, line, hooks)
  followQueues(socket, line, hooks)
  return () => {
    stopRetrying()
    line.close()
    socket.removeAllListeners()
    socket.disconnect()
  }
}

function followConnection(socket: Link, hooks: SocketHooks): () => void {
  let retry: ReturnType<typeof setTimeout> | undefined
  let wasConnected = false
  socket.on('connect', () => {
    tell({ type: 'connection', status: 'connected' })
    if (wasConnected) hooks.onBack()
    wasConnected = true
  })
  socket.on('disconnect', (reason) => {
    tell({ type: 'connection', status: 'disconnected' })
    if (reason !== 'io server disconnect') return
    hooks.onRefused()
    socket.connect()
  })
  socket.on('connect_error', () => {
    tell({ type: 'connection', status: 'disconnected' })
    // an inactive socket was refused by the server; only a lost network is retried by the library
    if (!socket.active) {
      hooks.onRefused()
      clearTimeout(retry)
      retry = setTimeout(() => socket.connect(), REFUSED_RETRY_MS)
    }
  })
  return () => clearTimeout(retry)
}

function followDesk(socket: Link, { inTurn }: NewsLine): void {
  socket.on(
    'desk_snapshot',
    inTurn((snapshot) => tell({ type: 'desk_snapshot', snapshot })),
  )
  socket.on(
    'desk_call',
    inTurn((call) => tell({ type: 'desk_call', call })),
  )
  socket.on(
    'agent_state',
    inTurn((state) => tell({ type: 'agent_state', state })),
  )
  socket.on(
    'service_status',
    inTurn((service) => tell({ type: 'service_status', service })),
  )
  socket.on(
    'client_outdated',
    inTurn(() => tell({ type: 'client_outdated' })),
  )
}

/**
 * Shows a pop, then says so when the page can be seen: of a page behind another nobody has read it.
 * Before the first snapshot nothing is shown and nothing is said.
 */
export function takePop(pop: ScreenPop, receipt: (seen: PopReceipt) => void): void {
  tell({ type: 'screen_pop', pop })
  const rev = live.get().desk?.popRevs[pop.id]
  if (rev === undefined) return
  const say = () => receipt({ id: pop.id, rev: Math.max(rev, pop.rev) })
  whenSeen(pop.id, () => void afterPaint(say))
}

function followRecords(socket: Link, { inTurn }: NewsLine, hooks: SocketHooks): void {
  socket.on(
    'call_updated',
    inTurn((call) => hooks.onCallUpdated(call)),
  )
  socket.on(
    'callback_updated',
    inTurn((callback) => {
      tell({ type: 'callback_updated', callback })
      if (callback.reason === 'missed' || callback.reason === 'asked') hooks.onMissedChanged()
      hooks.onCallbackUpdated(callback.ticket?.id ?? null)
    }),
  )
  socket.on(
    'notification',
    inTurn((told) => hooks.onNotification(told)),
  )
  socket.on(
    'help_changed',
    inTurn((help) => hooks.onHelpChanged(help)),
  )
  socket.on(
    'outages_changed',
    inTurn(() => hooks.onOutagesChanged()),
  )
  socket.on(
    'alarms_changed',
    inTurn(() => hooks.onAlarmsChanged()),
  )
  socket.on('ticket_presence', inTurn(tellPresence))
  socket.on(
    'ticket_updated',
    inTurn((ticket) => hooks.onTicketUpdated(ticket)),
  )
}

function followQueues(socket: Link, { inTurn }: NewsLine, hooks: SocketHooks): void {
  socket.on(
    'queues_snapshot',
    inTurn((snapshot) => tell({ type: 'queues_snapshot', snapshot })),
  )
  socket.on(
    'queues_patch',
    inTurn((patch) => {
      tell({ type: 'queues_patch', patch })
      if (live.get().queuesGap) hooks.onQueuesGap()
    }),
  )
  socket.on(
    'pbx_status',
    inTurn((pbx) => tell({ type: 'pbx_status', pbx })),
  )
}
