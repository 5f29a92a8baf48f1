import { type PopReceipt, popReceipt, type ScreenPop } from '../contract/screen-pop.ts'
import type { Logger } from '../logger.ts'
import type { Notifier } from '../ports.ts'
import { type HotlineServer, QUEUES_ROOM, staffRoom } from './rooms.ts'

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

  function screenPop(staffId: string, pop: ScreenPop): void {
    onNews([staffId])
    for (const socketId of io.sockets.adapter.rooms.get(staffRoom(staffId)) ?? []) {
      const socket = io.sockets.sockets.get(socketId)
      socket?.timeout(RECEIPT_LIMIT_MS).emit('screen_pop', pop, (silence, seen) => {
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
    deskCall: (staffId, call) => void to([staffId]).emit('desk_call', call),
    agentState: (staffId, state) => void to([staffId]).emit('agent_state', state),
    callUpdated(staffIds, call) {
      if (staffIds.length > 0) to(staffIds).emit('call_updated', call)
    },
    ticketUpdated: (ticket) => void io.emit('ticket_updated', ticket),
    callbackUpdated: (staffIds, callback) =>
      void to(staffIds).to(QUEUES_ROOM).emit('callback_updated', callback),
    notification: (staffId, notification) => void to([staffId]).emit('notification', notification),
    queuesPatch: (patch) => void io.to(QUEUES_ROOM).emit('queues_patch', patch),
    pbxStatus: (status) => void io.emit('pbx_status', status),
    serviceStatus: (status) => void io.emit('service_status', status),
  }
}
