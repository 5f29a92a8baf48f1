import type { AgentStateName, PauseReason, ShownPause } from '#contract/desk.ts'
import type { Instant } from '#contract/primitives.ts'
import type { MemberState } from '#contract/queues.ts'
import type { TicketPriority } from '#contract/tickets.ts'
import type { PbxObstacle } from '../policy/held-up.ts'
import type { Whereabouts } from '../policy/stand-in.ts'
import { byUrgency } from '../policy/urgency.ts'

/** Where an agent is, as the person said and as the PBX shows. */
export interface AgentReach {
  staffId: string
  extension: string
  wanted: { state: AgentStateName; reason: ShownPause | null }
  /** What the PBX shows of the extension; null when it is a member of no queue there. */
  member: { pbxId: string; state: MemberState } | null
}

/** Pause during which the agent works through promises: queue calls rest, callbacks come. */
const PAUSE_FOR_CALLBACKS: PauseReason = 'back_office'

/**
 * Whether a due promise may ring this agent's phone. Wrap-up counts as free: it is the only moment
 * in which a busy queue leaves the agent alone, and waiting it out would let the queue win for ever.
 * `asked`: the agent pressed "dial now", so a pause or being offline does not matter, a busy phone does.
 */
export function canBeRung(agent: AgentReach, asked: boolean): boolean {
  const device = agent.member?.state ?? null
  if (device === 'in_call' || device === 'ringing') return false
  if (asked) return true
  if (device === null || device === 'unavailable') return false
  return agent.wanted.state === 'ready' || isPausedForCallbacks(agent.wanted)
}

/** Whether this person keeps promises now; a call that they are on ends, and so does the rest after it. */
export function isThere({ wanted, member }: AgentReach): boolean {
  if (member === null || member.state === 'unavailable') return false
  return wanted.state === 'ready' || wanted.reason === 'wrap_up' || isPausedForCallbacks(wanted)
}

/** Whoever is on a pause comes back, as long as their telephone is there. */
export function whereabouts(agent: AgentReach): Whereabouts {
  if (isThere(agent)) return 'there'
  const { wanted, member } = agent
  const canBeBack = member !== null && member.state !== 'unavailable'
  return wanted.state === 'paused' && canBeBack ? 'paused' : 'gone'
}

function isPausedForCallbacks(wanted: AgentReach['wanted']): boolean {
  return wanted.state === 'paused' && wanted.reason === PAUSE_FOR_CALLBACKS
}

/** The PBX that shows the agent's phone, else the first ready one; null when none is ready. */
export function choosePbx(agent: AgentReach, readyPbxIds: readonly string[]): string | null {
  const own = agent.member?.pbxId
  if (own !== undefined) return readyPbxIds.includes(own) ? own : null
  return readyPbxIds[0] ?? null
}

/** The PBXs as the dialler sees them. */
export interface PbxsSeen {
  /** Every PBX that there is. */
  all: readonly string[]
  connected: readonly string[]
  /** Those of the connected ones that may dial. */
  mayDial: readonly string[]
}

/**
 * What keeps this agent from being rung on the side of the PBXs; null when nothing does. A phone that
 * is registered with no connected PBX may be registered with one that is away.
 */
export function barredBy(
  { member }: AgentReach,
  { all, connected, mayDial }: PbxsSeen,
): PbxObstacle | null {
  if (member === null) return null
  if (!connected.includes(member.pbxId)) return 'pbx'
  if (member.state === 'unavailable') return connected.length < all.length ? 'pbx' : null
  return mayDial.includes(member.pbxId) ? null : 'dialplan'
}

export interface DuePromise {
  id: string
  assigneeId: string
  dueAt: string
  /** What is dialled: national digits. */
  number: string
  /** The agent pressed "dial now" and it still stands. */
  isAsked: boolean
  /** The clock may dial it at this hour; "dial now" is a person's own decision. */
  mayCall: boolean
  /** Of its ticket; null without one. */
  priority: TicketPriority | null
}

export interface PlannedDial {
  callbackId: string
  agent: AgentReach
  pbxId: string
  /** The promise is the team's: it becomes this agent's for the attempt. */
  isTeams?: boolean
}

export interface DialSituation {
  agents: ReadonlyMap<string, AgentReach>
  readyPbxIds: readonly string[]
  /** Phones that an attempt has already. */
  busyExtensions: readonly string[]
  /** Customers who talk to us, wait for us or are being called back. */
  busyNumbers: readonly string[]
}

/**
 * Which of the due promises are dialled now: at most one per phone and per customer, and none to a
 * phone or a customer that is busy, what the agent asked for first, then by urgency and age.
 */
export function planDials(
  due: readonly DuePromise[],
  { agents, readyPbxIds, busyExtensions, busyNumbers }: DialSituation,
): PlannedDial[] {
  const taken = new Set(busyExtensions)
  const takenNumbers = new Set(busyNumbers)
  const planned: PlannedDial[] = []
  for (const promise of due.toSorted(byUrgency)) {
    const agent = agents.get(promise.assigneeId)
    if (agent === undefined || taken.has(agent.extension)) continue
    if (takenNumbers.has(promise.number) || !(promise.mayCall || promise.isAsked)) continue
    if (!canBeRung(agent, promise.isAsked)) continue
    const pbxId = choosePbx(agent, readyPbxIds)
    if (pbxId === null) continue
    taken.add(agent.extension)
    takenNumbers.add(promise.number)
    planned.push({ callbackId: promise.id, agent, pbxId })
  }
  return planned
}

/** Who stood still for longer knows no more whose phone and which customer is free. */
const FRESH_SECONDS = 5

/**
 * For how many seconds more the order of an attempt is good that was stored at `takenAt`; none: it must not
 * be written any more, and is planned anew. Who was suspended since does not know what others made of it, nor
 * how long it was when the clock was set back meanwhile.
 */
export function secondsGood(expiresInSeconds: number, takenAt: Instant, nowMs: number): number {
  const ageSeconds = Math.round(Math.abs(nowMs - Date.parse(takenAt)) / 1000)
  return ageSeconds > FRESH_SECONDS ? 0 : expiresInSeconds - ageSeconds
}
