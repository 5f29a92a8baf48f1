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
    snapshot: { rev: patch.rev, asOf: patch.asOf, pbx: patch.pbx ?? snapshot.pbx, queues },
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
    today: { offered: 0, answered: 0, abandoned: 0, asked: 0 },
  }
}

function changeMembers(members: QueueMember[], change: QueueChange): QueueMember[] {
  if (!change.members && !change.removedMembers) return members
  const rows = new Map(members.map((member) => [member.extension, member]))
  for (const extension of change.removedMembers ?? []) rows.delete(extension)
  for (const member of change.members ?? []) rows.set(member.extension, member)
  return [...rows.values()].toSorted((a, b) => a.extension.localeCompare(b.extension))
}

/** Abandonment rate = abandoned / (offered − asked) in percent; null while nobody else came. */
export function abandonmentPercent(today: LiveQueue['today']): number | null {
  return percentOf(today.abandoned, today)
}

/** Answer rate = answered / (offered − asked) in percent; null while nobody else came. */
export function answerPercent(today: LiveQueue['today']): number | null {
  return percentOf(today.answered, today)
}

/** Of those who wanted to be answered in the queue: who asked to be called back chose otherwise. */
function percentOf(calls: number, { offered, asked }: LiveQueue['today']): number | null {
  const base = offered - asked
  return base <= 0 ? null : (calls / base) * 100
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
