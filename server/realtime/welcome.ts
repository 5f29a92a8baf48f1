import type { DeskSnapshot } from '../contract/desk.ts'
import type { QueuesSnapshot } from '../contract/queues.ts'
import type { SessionUser } from '../contract/staff.ts'
import { seesNumbers, shownTo } from '../teams/masked-number.ts'
import { type HotlineSocket, maskedStaffRoom, QUEUES_ROOM, staffRoom } from './rooms.ts'

/** A person with news every few milliseconds gets the snapshot after joining instead of before. */
const TRIES = 5

export interface WelcomeDeps {
  deskSnapshot: (user: SessionUser) => Promise<DeskSnapshot>
  queuesSnapshot: () => QueuesSnapshot
  mayWatchQueues: (user: SessionUser) => boolean
  /** How many messages about this person were sent so far. */
  newsCount: (staffId: string) => number
  appVersion: string
}

/**
 * Gives a new socket its snapshot first and live news from then on, with no gap between: when news
 * about the person went out while the snapshot was read, it is read again.
 */
export async function welcome(socket: HotlineSocket, deps: WelcomeDeps): Promise<void> {
  const { user } = socket.data
  if (socket.handshake.auth['appVersion'] !== undefined) sayWhenOutdated(socket, deps.appVersion)
  for (let tries = 0; tries < TRIES; tries++) {
    const before = deps.newsCount(user.id)
    const snapshot = await deps.deskSnapshot(user)
    if (deps.newsCount(user.id) === before) {
      socket.emit('desk_snapshot', shownTo(user.role, snapshot))
      join(socket, deps)
      return
    }
  }
  join(socket, deps)
  socket.emit('desk_snapshot', shownTo(user.role, await deps.deskSnapshot(user)))
}

function join(socket: HotlineSocket, deps: WelcomeDeps): void {
  const { id, role } = socket.data.user
  void socket.join(seesNumbers(role) ? staffRoom(id) : maskedStaffRoom(id))
  const queues = deps.queuesSnapshot()
  if (!deps.mayWatchQueues(socket.data.user)) {
    // who sees no queues must still see that a PBX is away
    if (queues.pbx.some(({ link }) => link !== 'ready')) socket.emit('pbx_status', queues.pbx)
    return
  }
  socket.emit('queues_snapshot', queues)
  void socket.join(QUEUES_ROOM)
}

function sayWhenOutdated(socket: HotlineSocket, appVersion: string): void {
  if (socket.handshake.auth['appVersion'] !== appVersion) {
    socket.emit('client_outdated', { appVersion })
  }
}
