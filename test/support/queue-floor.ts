import type { SessionUser } from '#contract/staff.ts'
import { normalizeVn } from '../../server/customers/phone-number.ts'
import type { Database } from '../../server/db/transaction.ts'
import type { MembershipOrder } from '../../server/ports.ts'
import { createAgentStateService } from '../../server/queues/agent-state-service.ts'
import { createMemberService } from '../../server/queues/member-service.ts'
import type { QueueEventBody } from '../../server/queues/queue-event.ts'
import { createQueueService } from '../../server/queues/queue-service.ts'
import { createTestClock } from './clock.ts'
import { silentLogger } from './logger.ts'
import { createFakeNotifier } from './notifier.ts'
import { insertPerson } from './promise-ledger.ts'
import { aMember } from './queue-events.ts'
import { createFakeTelephony } from './telephony.ts'

/**
 * A hotline's floor: live queues, agents' states and supervisors' commands wired as main.ts does, on
 * a scripted PBX that shows what it is told unless `pbx.isDeaf`.
 */
export function createQueueFloor(
  database: Database,
  given: { queues?: string[]; pbxIds?: string[]; start?: string } = {},
) {
  const { queues = ['hotline'], pbxIds = ['pbx1'] } = given
  const clock = createTestClock(given.start ?? '2026-11-23T02:00:00.000Z')
  const notifier = createFakeNotifier()
  const telephony = createFakeTelephony(pbxIds)
  const people = new Map<string, SessionUser>()
  const byExtension = (extension: string) =>
    [...people.values()].find((person) => person.extension === extension) ?? null
  const names = new Map<string, string>()
  const askedNames: string[][] = []
  const audited: { action: string; subject: string; detail: Record<string, string> }[] = []
  const pbx = { isDeaf: false }
  let reached = 0
  const shared = { database, clock, notifier, logger: silentLogger, hotlineQueues: queues }

  const live = createQueueService({
    ...shared,
    pbxIds,
    readNumber: (raw, withheld) => normalizeVn(raw, { withheld }),
    customerNames: async (_db, keys) => knownNames(names, askedNames, keys),
    staffName: (extension) => byExtension(extension)?.displayName ?? null,
    onMembers: (pbxId, extensions) => states.onMembers(pbxId, extensions),
  })
  const states = createAgentStateService({
    ...shared,
    telephony,
    staffById: (staffId) => people.get(staffId) ?? null,
    staffByExtension: byExtension,
    membershipsOf: live.membershipsOf,
    memberOf: live.memberOf,
    extensionsOn: live.extensionsOn,
    onReach: () => void (reached += 1),
  })
  const members = createMemberService({
    ...shared,
    telephony,
    staffByExtension: byExtension,
    membershipsOf: live.membershipsOf,
    audit: async (_trx, record) => void audited.push(record),
  })

  function happen(body: QueueEventBody, pbxId = pbxIds[0] ?? 'pbx1'): void {
    live.handle({ pbxId, at: clock.now(), ...body })
  }

  telephony.onMembership((order, pbxId) => {
    if (!pbx.isDeaf) happen(shownAfter(order), pbxId)
  })

  async function addPerson(name: string, extension: string | null): Promise<SessionUser> {
    const user = { id: name, username: name, displayName: name, role: 'agent', extension } as const
    await insertPerson(database, user)
    people.set(name, user)
    return user
  }

  /** The link of a PBX changes; while it is away nothing is heard of it. */
  function setLink(pbxId: string, link: 'ready' | 'connecting' | 'syncing'): void {
    telephony.setLink(pbxId, link)
    live.setPbxStatus(telephony.status())
    states.onPbxStatus(telephony.status())
  }

  /** A connection made: what the PBX shows first, then ready. */
  function connect(snapshot: Extract<QueueEventBody, { type: 'queue_snapshot' }>, pbxId = 'pbx1') {
    setLink(pbxId, 'syncing')
    happen(snapshot, pbxId)
    setLink(pbxId, 'ready')
  }

  async function open(): Promise<void> {
    await live.start()
    await states.load()
    for (const pbxId of pbxIds) connect(emptySnapshot(queues), pbxId)
    await states.settled()
  }

  function close(): void {
    live.stop()
    states.stop()
  }

  const parts = {
    clock,
    notifier,
    telephony,
    live,
    states,
    members,
    names,
    askedNames,
    audited,
    pbx,
  }
  const verbs = { addPerson, happen, setLink, connect, open, close }
  return { ...parts, ...verbs, reachCount: () => reached }
}

function knownNames(names: Map<string, string>, asked: string[][], keys: string[]) {
  asked.push(keys)
  return new Map([...names].filter(([key]) => keys.includes(key)))
}

/** What a PBX shows once it has done as told. */
function shownAfter({ queue, extension, state, reason }: MembershipOrder): QueueEventBody {
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
