import type { Instant } from '#contract/primitives.ts'
import type { MemberState } from '#contract/queues.ts'
import { memberStateAt, wrapUpEndsAt } from './member-state.ts'
import type { QueuedCaller, QueueEvent, QueueMemberView } from './queue-event.ts'
import { plusMs } from '../time.ts'

/** One PBX's queues as its events have told so far. Every change makes a new value. */
export interface LivePbx {
  pbxId: string
  queues: ReadonlyMap<string, LiveLine>
}

export interface LiveLine {
  /** In the order of the line: the first is next. */
  callers: readonly QueuedCaller[]
  /** By interface, the member's identity in its queue. */
  members: ReadonlyMap<string, LiveMember>
  /** Members that were seen and are not any more, though nobody said that they were removed. */
  lost: ReadonlyMap<string, LiveMember>
  /** The PBX has such a queue at all; a reload may take it away for a while. */
  exists: boolean
  /** Who left and when, so that a late or doubled join brings nobody back. */
  left: ReadonlyMap<string, Instant>
}

export interface LiveMember {
  view: QueueMemberView
  state: MemberState
  stateSince: Instant
  /** When the view was true, PBX clock: older news changes nothing. */
  heardAt: Instant
}

const EMPTY_LINE: LiveLine = {
  callers: [],
  members: new Map(),
  lost: new Map(),
  exists: false,
  left: new Map(),
}
/** How long a late join of somebody who left is still recognised. */
const REMEMBER_LEFT_MS = 15 * 60_000

export function emptyPbx(pbxId: string): LivePbx {
  return { pbxId, queues: new Map() }
}

/** Folds one event into the PBX's queues. Late and doubled events change nothing. */
export function applyQueueEvent(pbx: LivePbx, event: QueueEvent): LivePbx {
  switch (event.type) {
    case 'caller_joined':
      return changeLine(pbx, event.caller.queue, (line) => join(line, event.caller, event.at))
    case 'caller_left':
      return changeLine(pbx, event.queue, (line) => leave(line, event.uniqueid, event.at))
    case 'member_added':
    case 'member_status':
      return changeLine(pbx, event.member.queue, (line) => seeMember(line, event.member, event.at))
    case 'member_removed':
      return changeLine(pbx, event.queue, (line) => removeMember(line, event.interface, event.at))
    case 'line_seen':
      return changeLine(pbx, event.queue, (line) => reorder(line, event.uniqueids))
    case 'members_seen':
      return seeMembers(pbx, event)
    case 'queue_snapshot':
      return applySnapshot(pbx, event)
  }
}

function changeLine(pbx: LivePbx, queue: string, change: (line: LiveLine) => LiveLine): LivePbx {
  const before = pbx.queues.get(queue) ?? EMPTY_LINE
  const after = change(before)
  if (after === before) return pbx
  return { ...pbx, queues: new Map(pbx.queues).set(queue, after) }
}

function join(line: LiveLine, caller: QueuedCaller, at: Instant): LiveLine {
  const leftAt = line.left.get(caller.uniqueid)
  if (leftAt !== undefined && at <= leftAt) return line
  if (line.callers.some((waiting) => waiting.uniqueid === caller.uniqueid)) return line
  const callers = line.callers.toSpliced(Math.max(0, caller.position - 1), 0, caller)
  return { ...line, callers: inOrder(callers) }
}

function leave(line: LiveLine, uniqueid: string, at: Instant): LiveLine {
  const left = forgotten(line.left, plusMs(at, -REMEMBER_LEFT_MS))
  left.delete(uniqueid)
  left.set(uniqueid, at)
  const callers = line.callers.filter((waiting) => waiting.uniqueid !== uniqueid)
  return { ...line, left, callers: inOrder(callers) }
}

/** A copy without those who left until then. They stand in the order of leaving, the oldest first. */
function forgotten(left: LiveLine['left'], oldest: Instant): Map<string, Instant> {
  const kept = new Map(left)
  for (const [uniqueid, leftAt] of left) {
    if (leftAt > oldest) break
    kept.delete(uniqueid)
  }
  return kept
}

/** Others move up without an event of their own: the place in the line is the position. */
function inOrder(callers: readonly QueuedCaller[]): QueuedCaller[] {
  return callers.map((caller, index) =>
    caller.position === index + 1 ? caller : { ...caller, position: index + 1 },
  )
}

/** Whoever is not named, having joined since, stays behind those who are. */
function reorder(line: LiveLine, uniqueids: readonly string[]): LiveLine {
  const place = (caller: QueuedCaller): number => {
    const index = uniqueids.indexOf(caller.uniqueid)
    return index === -1 ? uniqueids.length : index
  }
  return { ...line, callers: inOrder(line.callers.toSorted((a, b) => place(a) - place(b))) }
}

function seeMember(line: LiveLine, view: QueueMemberView, at: Instant): LiveLine {
  const before = line.members.get(view.interface)
  if (before !== undefined && at < before.heardAt) return line
  const lost = without(line.lost, view.interface)
  const members = new Map(line.members).set(view.interface, track(before, view, at))
  return { ...line, members, lost, exists: true }
}

function track(before: LiveMember | undefined, view: QueueMemberView, at: Instant): LiveMember {
  const state = memberStateAt(view, at)
  const stateSince = before?.state === state ? before.stateSince : at
  return { view: keepReason(before, view), state, stateSince, heardAt: at }
}

/** A later event of the same pause may leave its reason out. */
function keepReason(before: LiveMember | undefined, view: QueueMemberView): QueueMemberView {
  if (!view.paused || view.pauseReason !== null || before?.view.paused !== true) return view
  return { ...view, pauseReason: before.view.pauseReason }
}

function removeMember(line: LiveLine, iface: string, at: Instant): LiveLine {
  if (line.lost.has(iface)) return { ...line, lost: without(line.lost, iface) }
  const before = line.members.get(iface)
  if (before === undefined || at < before.heardAt) return line
  return { ...line, members: without(line.members, iface) }
}

function without<T>(map: ReadonlyMap<string, T>, key: string): ReadonlyMap<string, T> {
  if (!map.has(key)) return map
  return new Map([...map].filter(([one]) => one !== key))
}

/** Compares members alone; what was heard of a member after the question was asked stays. */
function seeMembers(pbx: LivePbx, seen: Extract<QueueEvent, { type: 'members_seen' }>): LivePbx {
  const queues = new Map<string, LiveLine>()
  for (const name of namesIn(pbx, seen)) {
    const before = pbx.queues.get(name) ?? EMPTY_LINE
    const members = membersSeen(before, seen, name)
    for (const [iface, member] of before.members) {
      if (member.heardAt > seen.at) members.set(iface, member)
    }
    queues.set(name, { ...before, members, ...lossOf(before, members, seen, name) })
  }
  return { ...pbx, queues }
}

type Look = Extract<QueueEvent, { type: 'members_seen' | 'queue_snapshot' }>

/** Every queue that is there or was. */
function namesIn(pbx: LivePbx, look: Look): ReadonlySet<string> {
  const seen = [...look.queues, ...look.members].map((row) => row.queue)
  return new Set([...pbx.queues.keys(), ...seen])
}

function membersSeen(before: LiveLine, look: Look, name: string): Map<string, LiveMember> {
  return new Map(
    look.members
      .filter((view) => view.queue === name)
      .map((view) => [view.interface, track(before.members.get(view.interface), view, look.at)]),
  )
}

/** Who was a member and is none now, without a word; and whether the queue is there. */
function lossOf(
  before: LiveLine,
  members: ReadonlyMap<string, LiveMember>,
  look: Look,
  name: string,
): Pick<LiveLine, 'lost' | 'exists'> {
  const gone = [...before.lost, ...before.members].filter(([iface]) => !members.has(iface))
  const exists = look.queues.some((row) => row.queue === name) || members.size > 0
  return { lost: new Map(gone), exists }
}

/** What the snapshot does not show does not exist; how long a member has been in a state is kept. */
function applySnapshot(
  pbx: LivePbx,
  event: Extract<QueueEvent, { type: 'queue_snapshot' }>,
): LivePbx {
  const queues = new Map<string, LiveLine>()
  const waitedFor = event.callers.map((row) => row.queue)
  for (const name of new Set([...namesIn(pbx, event), ...waitedFor])) {
    const before = pbx.queues.get(name) ?? EMPTY_LINE
    const callers = event.callers
      .filter((caller) => caller.queue === name)
      .toSorted((a, b) => a.position - b.position)
      .map((caller) => keepJoin(before, caller))
    const members = membersSeen(before, event, name)
    queues.set(name, {
      callers: inOrder(callers),
      members,
      ...lossOf(before, members, event, name),
      // later ones were written by a clock that has been set back since
      left: new Map([...before.left].filter(([, leftAt]) => leftAt <= event.at)),
    })
  }
  return { ...pbx, queues }
}

/** Nobody wants this phone in the queues any more: what was lost of it stays lost. */
export function forgetLost(pbx: LivePbx, extension: string): LivePbx {
  const queues = [...pbx.queues].map(([name, line]): [string, LiveLine] => {
    const lost = [...line.lost].filter(([, member]) => member.view.extension !== extension)
    return [name, lost.length === line.lost.size ? line : { ...line, lost: new Map(lost) }]
  })
  return { ...pbx, queues: new Map(queues) }
}

/** The join that was heard is exact; QueueStatus tells the wait in whole seconds only. */
function keepJoin(before: LiveLine, caller: QueuedCaller): QueuedCaller {
  const heard = before.callers.find((waiting) => waiting.uniqueid === caller.uniqueid)
  return heard === undefined ? caller : { ...heard, position: caller.position }
}

/** Ends the wrap-ups that are over at `now`. */
export function endWrapUps(pbx: LivePbx, now: Instant): LivePbx {
  let after = pbx
  for (const [name, line] of pbx.queues) {
    for (const [iface, member] of line.members) {
      const endsAt = member.state === 'wrap_up' ? wrapUpEndsAt(member.view) : null
      if (endsAt === null || now < endsAt) continue
      const rested: LiveMember = { ...member, state: 'ready', stateSince: endsAt }
      after = changeLine(after, name, (changed) => ({
        ...changed,
        members: new Map(changed.members).set(iface, rested),
      }))
    }
  }
  return after
}

/** The phones whose membership of any queue is another one than before. */
export function changedExtensions(before: LivePbx, after: LivePbx): string[] {
  const extensions = [...after.queues].flatMap(([name, { members }]) =>
    [...members].flatMap(([iface, member]) =>
      before.queues.get(name)?.members.get(iface) === member ? [] : (member.view.extension ?? []),
    ),
  )
  return [...new Set(extensions)]
}

/** When the next wrap-up ends; null when nobody is in one. */
export function nextWrapUpEnd(pbx: LivePbx): Instant | null {
  let next: Instant | null = null
  for (const line of pbx.queues.values()) {
    for (const member of line.members.values()) {
      const endsAt = member.state === 'wrap_up' ? wrapUpEndsAt(member.view) : null
      if (endsAt !== null && (next === null || endsAt < next)) next = endsAt
    }
  }
  return next
}

/** The phones whose membership an event speaks of; null: any of them. */
export function membersTouched(
  event: QueueEvent,
  before: LivePbx,
): readonly string[] | null | 'none' {
  switch (event.type) {
    case 'caller_joined':
    case 'caller_left':
    case 'line_seen':
      return 'none'
    case 'member_added':
    case 'member_status':
      return event.member.extension === null ? [] : [event.member.extension]
    case 'member_removed': {
      const member = knownMember(before.queues.get(event.queue), event.interface)
      return typeof member?.view.extension === 'string' ? [member.view.extension] : []
    }
    case 'members_seen':
    case 'queue_snapshot':
      return null
  }
}

function knownMember(line: LiveLine | undefined, iface: string): LiveMember | undefined {
  return line?.members.get(iface) ?? line?.lost.get(iface)
}
