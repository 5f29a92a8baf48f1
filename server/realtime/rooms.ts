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

/** Everybody who sees no numbers (`teams/masked-number.ts`). */
export const MASKED_ROOM = 'masked'

/** All tabs and devices of one person who sees no numbers. */
export function maskedStaffRoom(staffId: string): string {
  return `masked-staff:${staffId}`
}

/** All tabs and devices of one person who sees numbers. */
export function staffRoom(staffId: string): string {
  return `staff:${staffId}`
}
