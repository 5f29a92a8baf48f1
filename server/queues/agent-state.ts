import { type AgentState, type ShownPause, shownPause } from '#contract/desk.ts'
import type { Instant } from '#contract/primitives.ts'

/** What the person wants to be; stored. */
export type WantedState = Pick<AgentState, 'state' | 'reason' | 'since'> & {
  /** Of the pause `wrap_up`: when it ends by itself. */
  wrapUpUntil?: Instant
}

/** One queue membership as the PBX shows it now. */
export interface Membership {
  pbxId: string
  queue: string
  paused: boolean
  pauseReason: string | null
  /** The phone is registered there. */
  isReachable: boolean
  /** It is the phone at which this person is not: their desk phone while they answer in the page. */
  isStray?: true
}

/**
 * A membership that a PBX showed and shows no more, though nobody took it away: a reload or a module
 * that was loaded anew forgets members without an event. `exists`: the queue itself is there.
 */
export interface LostMembership {
  pbxId: string
  queue: string
  exists: boolean
}

/** `hasStray`: by a phone at which the person is not, which is never what is wanted. */
export type ShownState = Pick<AgentState, 'state' | 'reason'> & { hasStray?: true }

/** Nobody has said anything yet: whatever the PBX shows is true. */
export const NEVER_SET = { state: 'offline', reason: null } as const

/**
 * What the memberships on one PBX amount to: a member of no queue is offline, a member paused in
 * every queue is paused, everybody else is offered calls. A supervisor may so take an agent out of
 * one queue of several without that being undone.
 */
export function shownOn(pbxId: string, memberships: readonly Membership[]): ShownState {
  const here = memberships.filter((membership) => membership.pbxId === pbxId)
  const [first] = here
  if (first === undefined) return { state: 'offline', reason: null }
  const stray = here.some((membership) => membership.isStray) ? ({ hasStray: true } as const) : {}
  if (here.some((membership) => !membership.paused))
    return { state: 'ready', reason: null, ...stray }
  return { state: 'paused', reason: readReason(first.pauseReason), ...stray }
}

/** Reasons given at the PBX can be any words; the page's labels know ours only. */
function readReason(words: string | null): ShownPause | null {
  const known = shownPause.safeParse(words)
  return known.success ? known.data : null
}

/** Whether the PBX shows what is wanted; a reason that it does not tell is no difference. */
export function isShown(wanted: ShownState, shown: ShownState): boolean {
  if (wanted.state !== shown.state || shown.hasStray) return false
  return wanted.state !== 'paused' || shown.reason === null || shown.reason === wanted.reason
}

/** What is known of a person's phone, over all PBXs. */
export interface PhoneSeen {
  memberships: readonly Membership[]
  lost: readonly LostMembership[]
  pbxs: readonly PbxView[]
}

/** What a person is told of their wish: whether it is so, and whether their phone can ring at all. */
export function compareSeen(
  wanted: ShownState,
  { memberships, lost, pbxs }: PhoneSeen,
): Pick<AgentState, 'confirmed' | 'phone'> {
  const isLost = wanted.state !== 'offline' && lost.length > 0
  const confirmed = !isLost && isConfirmed(wanted, memberships, pbxs)
  return isUnreachable(memberships, pbxs) ? { confirmed, phone: 'unreachable' } : { confirmed }
}

export interface PbxView {
  pbxId: string
  isReady: boolean
}

/**
 * Every PBX that could ring this phone is connected and shows what is wanted. One that is away does
 * not matter to people whose phone is registered with another.
 */
export function isConfirmed(
  wanted: ShownState,
  memberships: readonly Membership[],
  pbxs: readonly PbxView[],
): boolean {
  const ready = pbxs.filter((pbx) => pbx.isReady)
  if (ready.length === 0) return false
  if (!ready.every(({ pbxId }) => isShown(wanted, shownOn(pbxId, memberships)))) return false
  return ready.length === pbxs.length || isElsewhere(wanted, memberships, pbxs)
}

function isElsewhere(
  wanted: ShownState,
  memberships: readonly Membership[],
  pbxs: readonly PbxView[],
): boolean {
  const isAway = ({ pbxId }: Membership): boolean =>
    pbxs.some((pbx) => pbx.pbxId === pbxId && !pbx.isReady)
  // what a PBX showed last holds while nobody hears of it
  if (wanted.state === 'offline') return !memberships.some(isAway)
  return memberships.some((one) => !isAway(one) && one.isReachable)
}

/** The phone is in the queues of a connected PBX, and registered with none. */
export function isUnreachable(
  memberships: readonly Membership[],
  pbxs: readonly PbxView[],
): boolean {
  const heard = memberships.filter((one) =>
    pbxs.some((pbx) => pbx.isReady && pbx.pbxId === one.pbxId),
  )
  return heard.length > 0 && heard.every((one) => !one.isReachable)
}

export type Reaction =
  /** What is shown is what is wanted, or it cannot be judged now. */
  | { kind: 'none' }
  /** The person is what the PBX shows: somebody changed it there. */
  | { kind: 'adopt'; wanted: WantedState }
  /** The PBX is told again what is wanted. */
  | { kind: 'apply' }

/**
 * What to do when a PBX shows something else than what is wanted.
 * - A change seen while connected was made by somebody on purpose (a supervisor, a phone code): the
 *   PBX's truth wins and becomes what the person wants.
 * - After a connection was away the stored wish wins: a restarted PBX has forgotten its members,
 *   and who signed out meanwhile must not keep ringing.
 * - While our own order is under way its intermediate states mean nothing.
 * - A person about whom nothing was ever stored is left as the PBX shows them.
 * - At which phone a person is nobody changes at the PBX: the stored one comes back.
 */
export function reactTo(seen: {
  wanted: WantedState | null
  shown: ShownState
  isOrdered: boolean
  isReconnect: boolean
  at: Instant
}): Reaction {
  const { wanted, shown } = seen
  if (wanted !== null && isShown(wanted, shown)) return { kind: 'none' }
  if (wanted === null && isShown(NEVER_SET, shown)) return { kind: 'none' }
  if (seen.isOrdered) return { kind: 'none' }
  if (wanted !== null && (seen.isReconnect || isSameElsewhere(wanted, shown)))
    return { kind: 'apply' }
  const { state, reason } = shown
  return { kind: 'adopt', wanted: { state, reason, since: seen.at } }
}

/** Nothing differs but the phone. */
function isSameElsewhere(wanted: WantedState, { hasStray, ...shown }: ShownState): boolean {
  return hasStray === true && isShown(wanted, shown)
}
