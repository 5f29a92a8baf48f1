import type { SessionUser } from '#contract/staff.ts'
import type { Database } from '../../server/db/transaction.ts'
import type { MembershipOrder } from '../../server/ports.ts'
import type { QueueEventBody } from '../../server/queues/queue-event.ts'
import { openTestHouse, type TestHouseOptions } from './house.ts'
import { aMember } from './queue-events.ts'

export type QueueFloor = Awaited<ReturnType<typeof openQueueFloor>>

/** The house with a scripted PBX whose queues show what it is told, unless `pbx.isDeaf`. */
export async function openQueueFloor(database: Database, options: TestHouseOptions = {}) {
  const { queues: names = ['hotline'], pbxIds = ['pbx1'] } = options
  const house = await openTestHouse(database, options)
  const { ears, telephony, clock, queues } = house
  const pbx = { isDeaf: false }

  function happen(body: QueueEventBody, pbxId = pbxIds[0] ?? 'pbx1'): void {
    ears.onQueueEvent({ pbxId, at: clock.now(), ...body })
  }

  telephony.onMembership((order, pbxId) => {
    if (!pbx.isDeaf) happen(shownAfter(order), pbxId)
  })

  function addPerson(name: string, extension: string | null): Promise<SessionUser> {
    return house.hire({ id: name, username: name, displayName: name, role: 'agent', extension })
  }

  /** The link of a PBX changes; while it is away nothing is heard of it. */
  function setLink(pbxId: string, link: 'ready' | 'connecting' | 'syncing'): void {
    telephony.setLink(pbxId, link)
    ears.onStatus(telephony.status())
  }

  /** A connection made: what the PBX shows first, then ready. */
  function connect(snapshot: Extract<QueueEventBody, { type: 'queue_snapshot' }>, pbxId = 'pbx1') {
    setLink(pbxId, 'syncing')
    happen(snapshot, pbxId)
    setLink(pbxId, 'ready')
  }

  async function open(): Promise<void> {
    await queues.start()
    for (const pbxId of pbxIds) connect(emptySnapshot(names), pbxId)
    await queues.settled()
  }

  return { ...house, pbx, happen, addPerson, setLink, connect, open }
}

/** What a PBX shows once it has done as told. */
export function shownAfter({ queue, extension, state, reason }: MembershipOrder): QueueEventBody {
  const isPaused = state === 'paused'
  const pause = { paused: isPaused, pauseReason: isPaused ? reason : null }
  const member = aMember(extension, { queue, ...pause })
  if (state === 'offline') return { type: 'member_removed', queue, interface: member.interface }
  return { type: 'member_status', member }
}

export function emptySnapshot(queues: readonly string[] = ['hotline']) {
  return {
    type: 'queue_snapshot' as const,
    queues: queues.map((queue) => ({ queue, strategy: 'ringall' })),
    members: [],
    callers: [],
  }
}
