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

/** The port to the browsers over Socket.IO: plain emits, packed once per room. */
export function createNotifier({ io, logger, onReceipt, onNews }: NotifierDeps): Notifier {
  function to(staffIds: readonly string[]) {
    onNews(staffIds)
    return io.to(staffIds.map(staffRoom))
  }

  /** Those of them who see no numbers; nobody is left out of `to` for it. */
  function toMasked(staffIds: readonly string[]) {
    return io.to(staffIds.map(maskedStaffRoom))
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
      toMasked([staffId]).emit('desk_call', masked(call))
    },
    agentState(staffId, state) {
      to([staffId]).emit('agent_state', state)
      toMasked([staffId]).emit('agent_state', state)
    },
    callUpdated(staffIds, call) {
      if (staffIds.length === 0) return
      to(staffIds).emit('call_updated', call)
      toMasked(staffIds).emit('call_updated', masked(call))
    },
    outgoingCallUpdated(staffId, call) {
      to([staffId]).emit('outgoing_call', call)
      toMasked([staffId]).emit('outgoing_call', masked(call))
    },
    ticketUpdated(ticket) {
      io.except(MASKED_ROOM).emit('ticket_updated', ticket)
      io.to(MASKED_ROOM).emit('ticket_updated', masked(ticket))
    },
    callbackUpdated(staffIds, callback) {
      to(staffIds).to(QUEUES_ROOM).emit('callback_updated', callback)
      if (staffIds.length > 0) toMasked(staffIds).emit('callback_updated', masked(callback))
    },
    notification(staffId, notification) {
      to([staffId]).emit('notification', notification)
      toMasked([staffId]).emit('notification', masked(notification))
    },
    queuesPatch: (patch) => void io.to(QUEUES_ROOM).emit('queues_patch', patch),
    pbxStatus: (status) => void io.emit('pbx_status', status),
    serviceStatus: (status) => void io.emit('service_status', status),
  }
}

/** As who sees no numbers is told it. */
function masked<T>(value: T): T {
  return shownTo('field', value)
}
