import { type PopReceipt, popReceipt, type ScreenPop } from '../contract/screen-pop.ts'
import type { Logger } from '../logger.ts'
import type { Notifier } from '../ports.ts'
import { shownTo } from '../teams/masked-number.ts'
import {
  type HotlineServer,
  MASKED_ROOM,
  maskedStaffRoom,
  QUEUES_ROOM,
  staffRoom,
} from './rooms.ts'

/** A browser that shows a pop says so at once; later than this the pop is sent again anyway. */
const RECEIPT_LIMIT_MS = 15_000

export interface NotifierDeps {
  io: HotlineServer
  logger: Logger
  /** A browser has shown this revision. */
  onReceipt: (staffId: string, receipt: PopReceipt) => void
  /** Called with everybody that a message is about, before it is sent. */
  onNews: (staffIds: readonly string[]) => void
}

/** Screens on the wall are told elsewhere. */
export type PeopleNotifier = Omit<Notifier, 'wallBoard' | 'closeWalls'>

/** The port to people’s browsers over Socket.IO: plain emits, packed once per room. */
export function createNotifier({ io, logger, onReceipt, onNews }: NotifierDeps): PeopleNotifier {
  function to(staffIds: readonly string[]) {
    onNews(staffIds)
    return io.to(staffIds.map(staffRoom))
  }

  /** Masks it, once, for pages in these rooms; while there is none, nothing is done. */
  function inMasked<T>(
    inRooms: readonly string[],
    value: T,
    emit: (to: ReturnType<HotlineServer['to']>, shown: T) => void,
  ): void {
    const { rooms } = io.sockets.adapter
    if (inRooms.some((room) => rooms.has(room))) emit(io.to([...inRooms]), masked(value))
  }

  /** To those of them who see no numbers; nobody is left out of `to` for it. */
  function toMasked<T>(
    staffIds: readonly string[],
    value: T,
    emit: (to: ReturnType<HotlineServer['to']>, shown: T) => void,
  ): void {
    inMasked(staffIds.map(maskedStaffRoom), value, emit)
  }

  function screenPop(staffId: string, pop: ScreenPop): void {
    onNews([staffId])
    const { rooms } = io.sockets.adapter
    const socketIds = [staffRoom(staffId), maskedStaffRoom(staffId)].flatMap((room) => [
      ...(rooms.get(room) ?? []),
    ])
    for (const socketId of socketIds) {
      const socket = io.sockets.sockets.get(socketId)
      if (socket === undefined) continue
      const shown = shownTo(socket.data.user.role, pop)
      socket.timeout(RECEIPT_LIMIT_MS).emit('screen_pop', shown, (silence, seen) => {
        if (!silence) takeReceipt(staffId, seen)
      })
    }
  }

  function takeReceipt(staffId: string, seen: unknown): void {
    const receipt = popReceipt.safeParse(seen)
    if (receipt.success) onReceipt(staffId, receipt.data)
    else logger.debug({ staffId }, 'a browser sent a receipt that is none')
  }

  function disconnect(who: Parameters<Notifier['disconnect']>[0]): void {
    for (const socket of io.sockets.sockets.values()) {
      const isMeant =
        'staffId' in who
          ? socket.data.user.id === who.staffId
          : socket.data.sessionId === who.sessionId
      if (isMeant) socket.disconnect(true)
    }
  }

  return {
    screenPop,
    disconnect,
    deskCall(staffId, call) {
      to([staffId]).emit('desk_call', call)
      toMasked([staffId], call, (pages, shown) => pages.emit('desk_call', shown))
    },
    agentState(staffId, state) {
      to([staffId]).emit('agent_state', state)
      toMasked([staffId], state, (pages, shown) => pages.emit('agent_state', shown))
    },
    callUpdated(staffIds, call) {
      if (staffIds.length === 0) return
      to(staffIds).emit('call_updated', call)
      toMasked(staffIds, call, (pages, shown) => pages.emit('call_updated', shown))
    },
    outgoingCallUpdated(staffId, call) {
      to([staffId]).emit('outgoing_call', call)
      toMasked([staffId], call, (pages, shown) => pages.emit('outgoing_call', shown))
    },
    ticketUpdated(ticket) {
      io.except(MASKED_ROOM).emit('ticket_updated', ticket)
      inMasked([MASKED_ROOM], ticket, (pages, shown) => pages.emit('ticket_updated', shown))
    },
    ticketPresence(staffIds, presence) {
      const rooms = staffIds.flatMap((id) => [staffRoom(id), maskedStaffRoom(id)])
      io.to(rooms).emit('ticket_presence', presence)
    },
    callbackUpdated(staffIds, callback) {
      to(staffIds).to(QUEUES_ROOM).emit('callback_updated', callback)
      toMasked(staffIds, callback, (pages, shown) => pages.emit('callback_updated', shown))
    },
    notification(staffId, notification) {
      to([staffId]).emit('notification', notification)
      toMasked([staffId], notification, (pages, shown) => pages.emit('notification', shown))
    },
    helpChanged: (help) =>
      void io.to([staffRoom(help.agent.id), QUEUES_ROOM]).emit('help_changed', help),
    alarmsChanged: () => void io.to(QUEUES_ROOM).emit('alarms_changed'),
    outagesChanged: () => void io.emit('outages_changed'),
    queuesPatch: (patch) => void io.to(QUEUES_ROOM).emit('queues_patch', patch),
    pbxStatus: (status) => void io.emit('pbx_status', status),
    serviceStatus: (status) => void io.emit('service_status', status),
  }
}

/** As who sees no numbers is told it. */
function masked<T>(value: T): T {
  return shownTo('field', value)
}
