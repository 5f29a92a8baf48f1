import type { Server, Socket } from 'socket.io'
import type { ClientEvents, ServerEvents } from '../contract/socket-events.ts'
import type { SessionUser } from '../contract/staff.ts'

/** Whose socket it is. */
export interface SocketData {
  user: SessionUser
  sessionId: string
}

type NoEvents = Record<string, never>
export type HotlineServer = Server<ClientEvents, ServerEvents, NoEvents, SocketData>
export type HotlineSocket = Socket<ClientEvents, ServerEvents, NoEvents, SocketData>

/** Supervisors and administrators: the live queues. */
export const QUEUES_ROOM = 'queues'

/** All tabs and devices of one person. */
export function staffRoom(staffId: string): string {
  return `staff:${staffId}`
}
