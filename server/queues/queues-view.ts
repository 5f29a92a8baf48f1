import type { AgentDay } from '#contract/supervision/agent-day.ts'
import { type CallCounts, NO_CALLS } from '#contract/supervision/figures.ts'
import type { Instant } from '#contract/primitives.ts'
import type { PhoneNumber } from '#contract/customers.ts'
import {
  type LiveQueue,
  type MemberCall,
  type QueueMember,
  type QueuesPatch,
  type WaitingCaller,
  waitingCaller,
} from '#contract/queues.ts'
import { isPlace } from '../calls/callback-call/place-channel.ts'
import type { LiveLine, LiveMember, LivePbx } from './live-queue.ts'
import type { QueuedCaller } from './queue-event.ts'

/** What the rows say of who waits. */
export type WaitingFacts = Pick<WaitingCaller, 'customerName' | 'promise' | 'outage'>

/** What a page needs beyond the PBX's own words; asked per row. */
export interface ViewSources {
  numberOf: (caller: QueuedCaller) => PhoneNumber
  factsOf: (phoneKey: string | null) => WaitingFacts | null
  /** The person of an extension; null when it belongs to nobody. */
  staffName: (extension: string) => string | null
  /** Whether its person has a page open; null when it belongs to nobody. */
  hasPage: (extension: string) => boolean | null
  /** Since when a caller waits who joined more than once; null when that is not known. */
  unansweredSince: (pbxId: string, uniqueid: string) => Instant | null
  /** The supervisor who hears this phone, and how; null when nobody does. */
  heardBy: (extension: string) => Pick<QueueMember, 'heardBy' | 'heardAs'> | null
  /** The stored call that this phone is on. */
  callOf: (extension: string) => string | null
  /** Whom they talk to on it; the same object while nothing changed, null until it is stored. */
  partyOf: (callId: string) => MemberCall | null
  /** The supervisor who paused this phone in this queue; null when nobody else did. */
  pausedBy: (extension: string, queue: string) => string | null
  today: (pbxId: string, queue: string) => CallCounts
  /** What the person of a phone did today; the same object while nothing changed. */
  dayOf: (extension: string) => AgentDay
}

/** One row per hotline queue of this PBX, also while the PBX has not spoken of it yet. */
export function viewQueues(
  pbx: LivePbx,
  queues: readonly string[],
  sources: ViewSources,
): LiveQueue[] {
  return queues.map((name) => {
    const line = pbx.queues.get(name)
    return {
      pbxId: pbx.pbxId,
      name,
      waiting: (line?.callers ?? []).map((caller) => viewCaller(pbx.pbxId, caller, sources)),
      members: [...(line?.members.values() ?? [])]
        .flatMap((member) => viewMember(member, name, sources))
        .toSorted((a, b) => (a.extension < b.extension ? -1 : 1)),
      ...unsupportedOf(line),
      today: sources.today(pbx.pbxId, name),
    }
  })
}

/** Whom an agent to whom they were sent did not answer waits since they came, not since they are back. */
function joinedFirst(pbxId: string, { uniqueid, joinedAt }: QueuedCaller, sources: ViewSources) {
  const since = sources.unansweredSince(pbxId, uniqueid)
  return since !== null && since < joinedAt ? since : joinedAt
}

function viewCaller(pbxId: string, caller: QueuedCaller, sources: ViewSources): WaitingCaller {
  const number = sources.numberOf(caller)
  return {
    uniqueid: caller.uniqueid,
    number,
    ...(sources.factsOf(number.key) ?? { customerName: null }),
    position: caller.position,
    joinedAt: joinedFirst(pbxId, caller, sources),
    isPlace: isPlace(caller.uniqueid),
  }
}

/** Interfaces that are no phone (`Local/…`) are named, and have no row: nobody could act on them. */
function unsupportedOf(line: LiveLine | undefined): Pick<LiveQueue, 'unsupported'> {
  const members = [...(line?.members.values() ?? [])]
  const unsupported = members.flatMap(({ view }) => (view.extension === null ? view.interface : []))
  return unsupported.length === 0 ? {} : { unsupported: unsupported.toSorted() }
}

function viewMember(member: LiveMember, queue: string, sources: ViewSources): QueueMember[] {
  const { extension, memberName, pauseReason, paused, penalty } = member.view
  if (extension === null) return []
  const callId = member.state === 'in_call' ? sources.callOf(extension) : null
  const party = callId === null ? null : sources.partyOf(callId)
  const pausedBy = paused ? sources.pausedBy(extension, queue) : null
  const heard = sources.heardBy(extension)
  const row: QueueMember = {
    extension,
    displayName: sources.staffName(extension) ?? memberName,
    state: member.state,
    pauseReason: paused ? pauseReason : null,
    stateSince: member.stateSince,
    today: sources.dayOf(extension),
    hasPage: sources.hasPage(extension),
  }
  if (pausedBy !== null) row.pausedBy = pausedBy
  if (callId !== null) row.callId = callId
  if (party !== null) row.onCall = party
  if (penalty !== 0) row.penalty = penalty
  if (heard !== null) Object.assign(row, heard)
  return [row]
}

type QueuePatch = QueuesPatch['queues'][number]

/** The rows that differ, whole; nothing for queues that are the same. */
export function diffQueues(
  before: readonly LiveQueue[],
  after: readonly LiveQueue[],
): QueuePatch[] {
  return after.flatMap((queue) => {
    const old = before.find((row) => row.pbxId === queue.pbxId && row.name === queue.name)
    const patch = diffQueue(old ?? { ...NOTHING, pbxId: queue.pbxId, name: queue.name }, queue)
    return Object.keys(patch).length === 2 ? [] : [patch]
  })
}

const NOTHING: Omit<LiveQueue, 'pbxId' | 'name'> = {
  waiting: [],
  members: [],
  today: NO_CALLS,
}

function diffQueue(before: LiveQueue, after: LiveQueue): QueuePatch {
  return {
    pbxId: after.pbxId,
    name: after.name,
    ...(isSameLine(before.waiting, after.waiting) ? {} : { waiting: after.waiting }),
    ...diffMembers(before.members, after.members),
    ...(isSame(before.unsupported, after.unsupported)
      ? {}
      : { unsupported: after.unsupported ?? [] }),
    ...(isSame(before.today, after.today) ? {} : { today: after.today }),
  }
}

/** Nearly always the rows of one queue are as they were; both are sorted alike. */
function diffMembers(
  before: readonly QueueMember[],
  after: readonly QueueMember[],
): Pick<QueuePatch, 'members' | 'removedMembers'> {
  const isAsBefore = (row: QueueMember, index: number) => isSameMember(before[index], row)
  if (before.length === after.length && after.every(isAsBefore)) return {}
  const known = new Map(before.map((member) => [member.extension, member]))
  const members = after.filter((member) => !isSameMember(known.get(member.extension), member))
  const present = new Set(after.map((member) => member.extension))
  const removedMembers = [...known.keys()].filter((extension) => !present.has(extension))
  return {
    ...(members.length === 0 ? {} : { members }),
    ...(removedMembers.length === 0 ? {} : { removedMembers }),
  }
}

/** Field by field and by name: a floor of a hundred phones is compared five times a second. */
function isSameMember(a: QueueMember | undefined, b: QueueMember): boolean {
  return (
    a !== undefined &&
    a.extension === b.extension &&
    a.displayName === b.displayName &&
    a.state === b.state &&
    a.stateSince === b.stateSince &&
    a.pauseReason === b.pauseReason &&
    a.pausedBy === b.pausedBy &&
    a.penalty === b.penalty &&
    a.heardBy === b.heardBy &&
    a.heardAs === b.heardAs &&
    a.today === b.today &&
    a.hasPage === b.hasPage &&
    a.callId === b.callId &&
    a.onCall === b.onCall
  )
}

const CALLER_FIELDS = waitingCaller.keyof().options

function isSameLine(a: readonly WaitingCaller[], b: readonly WaitingCaller[]): boolean {
  return a.length === b.length && b.every((row, index) => isSameCaller(a[index], row))
}

function isSameCaller(a: WaitingCaller | undefined, b: WaitingCaller): boolean {
  return a !== undefined && CALLER_FIELDS.every((field) => isSame(a[field], b[field]))
}

/** Nearly always the same object; of plain values that are not, the text tells. */
function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}
