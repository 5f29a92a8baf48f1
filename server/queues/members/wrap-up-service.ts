import type { AgentState } from '#contract/desk.ts'
import type { Instant } from '#contract/primitives.ts'
import type { SessionUser } from '#contract/staff.ts'
import { Conflict } from '../../errors.ts'
import type { Clock } from '../../ports.ts'
import { NEVER_SET, type WantedState } from '../agent-state.ts'
import type { MemberOrders } from './member-orders-service.ts'
import { isProlonged, prolonged, wrapUpEnd } from './wrap-up.ts'

/** A queue that offers this phone no call until then, because one has just ended. */
export interface RestingIn {
  pbxId: string
  queue: string
  endsAt: Instant
}

export interface WrapUpDeps {
  clock: Clock
  wishes: () => Iterable<[string, WantedState]>
  wishOf: (staffId: string) => WantedState | undefined
  extensionOf: (staffId: string) => string | null
  restingIn: (extension: string) => RestingIn[]
  stateOf: (staffId: string) => AgentState
  want: (staffId: string, wanted: WantedState) => Promise<void>
  orders: Pick<MemberOrders, 'order' | 'renew'>
  /** An end is nearer than was known. */
  onProlonged: () => void
}

export type WrapUps = ReturnType<typeof createWrapUps>

/** The rest after a call: the queues give it, its person prolongs or ends it. */
export function createWrapUps(deps: WrapUpDeps) {
  const { clock } = deps

  /** When this person's rest ends; null when they are in none. */
  function endOf(staffId: string): Instant | null {
    const wanted = deps.wishOf(staffId) ?? { ...NEVER_SET, since: clock.now() }
    const ends = resting(staffId).map(({ endsAt }) => endsAt)
    return wrapUpEnd(wanted, { queuesUntil: ends.toSorted().at(-1) ?? null, now: clock.now() })
  }

  function resting(staffId: string): RestingIn[] {
    const extension = deps.extensionOf(staffId)
    return extension === null ? [] : deps.restingIn(extension)
  }

  /** A minute more, as a pause that the PBXs are told and the service ends. Throws Conflict outside a rest. */
  async function prolong(user: SessionUser): Promise<AgentState> {
    const now = clock.now()
    const endsAt = endOf(user.id)
    if (endsAt === null) throw new Conflict('there is no rest after a call now', 'no_wrap_up')
    const wrapUpUntil = prolonged(endsAt, now)
    await deps.want(user.id, { state: 'paused', reason: 'wrap_up', since: now, wrapUpUntil })
    deps.onProlonged()
    await deps.orders.order(user.id)
    return deps.stateOf(user.id)
  }

  /** Ready for the next call now; nothing happens when they are. */
  async function end(user: SessionUser): Promise<AgentState> {
    if (endOf(user.id) === null) return deps.stateOf(user.id)
    await beReady(user.id)
    const queues = resting(user.id)
    if (queues.length > 0) await deps.orders.renew(user.id, queues)
    return deps.stateOf(user.id)
  }

  async function beReady(staffId: string): Promise<void> {
    const wanted = deps.wishOf(staffId)
    if (wanted === undefined || !isProlonged(wanted)) return
    await deps.want(staffId, { state: 'ready', reason: null, since: clock.now() })
    await deps.orders.order(staffId)
  }

  /** Ends the rests that are over. */
  async function endDue(now: Instant): Promise<void> {
    for (const [staffId, { wrapUpUntil }] of deps.wishes()) {
      // oxlint-disable-next-line no-await-in-loop -- rarely more than one
      if (wrapUpUntil !== undefined && wrapUpUntil <= now) await beReady(staffId)
    }
  }

  /** When the next one that was asked for is over. */
  function nextDueAt(): Instant | null {
    const ends = [...deps.wishes()].flatMap(([, { wrapUpUntil }]) => wrapUpUntil ?? [])
    return ends.toSorted()[0] ?? null
  }

  return { endOf, prolong, end, endDue, nextDueAt }
}
