import { NO_CALLS } from '#contract/supervision/figures.ts'
import type { LiveQueue, QueueMember, QueuesPatch, QueuesSnapshot } from '#contract/queues.ts'

export type PatchResult =
  | { kind: 'applied'; snapshot: QueuesSnapshot }
  /** Already contained in the snapshot. */
  | { kind: 'old' }
  /** News between the snapshot and this patch are missing: ask for a snapshot. */
  | { kind: 'gap' }

/** Applies the next patch; `rev` grows by one each. */
export function applyQueuesPatch(snapshot: QueuesSnapshot, patch: QueuesPatch): PatchResult {
  if (patch.rev <= snapshot.rev) return { kind: 'old' }
  if (patch.rev !== snapshot.rev + 1) return { kind: 'gap' }
  const queues = patch.queues.reduce(changeQueue, snapshot.queues)
  return {
    kind: 'applied',
    snapshot: {
      ...snapshot,
      rev: patch.rev,
      asOf: patch.asOf,
      pbx: patch.pbx ?? snapshot.pbx,
      queues,
      ...(patch.owed === undefined ? {} : { owed: patch.owed }),
    },
  }
}

type QueueChange = QueuesPatch['queues'][number]

function changeQueue(queues: LiveQueue[], change: QueueChange): LiveQueue[] {
  const isChanged = (queue: LiveQueue) => queue.pbxId === change.pbxId && queue.name === change.name
  const known = queues.find(isChanged) ?? emptyQueue(change.pbxId, change.name)
  const changed: LiveQueue = {
    ...known,
    waiting: change.waiting ?? known.waiting,
    members: changeMembers(known.members, change),
    unsupported: change.unsupported ?? known.unsupported,
    today: change.today ?? known.today,
  }
  return queues.some(isChanged)
    ? queues.map((queue) => (isChanged(queue) ? changed : queue))
    : [...queues, changed]
}

function emptyQueue(pbxId: string, name: string): LiveQueue {
  return {
    pbxId,
    name,
    waiting: [],
    members: [],
    today: NO_CALLS,
  }
}

function changeMembers(members: QueueMember[], change: QueueChange): QueueMember[] {
  if (!change.members && !change.removedMembers) return members
  const rows = new Map(members.map((member) => [member.extension, member]))
  for (const extension of change.removedMembers ?? []) rows.delete(extension)
  for (const member of change.members ?? []) rows.set(member.extension, member)
  return [...rows.values()].toSorted((a, b) => a.extension.localeCompare(b.extension))
}

/** Customers on the line; who keeps a place and hung up is none. */
export function customersWaiting({ waiting }: Pick<LiveQueue, 'waiting'>): LiveQueue['waiting'] {
  return waiting.filter(({ isPlace }) => !isPlace)
}

/** The longest wait of the callers now waiting, in ms; null when nobody waits. */
export function longestWaitMs(queue: LiveQueue, nowMs: number): number | null {
  const joined = customersWaiting(queue).map((caller) => Date.parse(caller.joinedAt))
  return joined.length === 0 ? null : Math.max(0, nowMs - Math.min(...joined))
}
