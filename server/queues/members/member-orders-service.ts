import type { SessionUser } from '#contract/staff.ts'
import type { Clock } from '../../ports.ts'
import { isShown, type Membership, shownOn, type WantedState } from '../agent-state.ts'
import type { LostMembers } from './lost-members-service.ts'
import type { MembershipDeps, Memberships } from './membership-service.ts'

export type MemberOrders = ReturnType<typeof createMemberOrders>

export interface MemberOrdersDeps extends Omit<MembershipDeps, 'logger'> {
  clock: Clock
  memberships: Pick<Memberships, 'tellPbx'>
  lost: Pick<LostMembers, 'lostOn' | 'queuesLacking'>
  staffById: (staffId: string) => SessionUser | null
  membershipsOf: (extension: string) => Membership[]
  wishOf: (staffId: string) => WantedState | undefined
  /** Whether this PBX is connected and compared. */
  isReady: (pbxId: string) => boolean
  isStopped: () => boolean
  /** Every connected PBX was told. */
  onTold: (staffId: string) => void
  /** A PBX was told and shows something else. */
  again: (staffId: string) => void
}

/** How long the PBX may take to show what it was told before it is told again. */
const SHOW_WITHIN_MS = 5000

/** Tells the PBXs what people want to be, one order after the other, until they show it. */
export function createMemberOrders(deps: MemberOrdersDeps) {
  const { clock, lost, telephony } = deps
  /** Orders under way, and until when their effect is waited for. */
  const ordered = new Map<string, number>()
  /** One order at a time per person; the next one takes the wish as it is then. */
  const lines = new Map<string, Promise<void>>()

  /** Makes every connected PBX match this person's wish, after what is already under way. */
  function order(staffId: string): Promise<void> {
    return inLine(staffId, () => applyWish(staffId))
  }

  /**
   * Takes the phone out of these queues and puts it in again at once, by the wish: only so a queue forgets that
   * a call has just ended.
   */
  function renew(staffId: string, queues: readonly { pbxId: string; queue: string }[]) {
    return inLine(staffId, () => applyAnew(staffId, queues))
  }

  function inLine(staffId: string, next: () => Promise<void>): Promise<void> {
    const before = lines.get(staffId) ?? Promise.resolve()
    // An order that failed must not keep the next one from being given.
    const line = before.then(next, next).finally(() => {
      if (lines.get(staffId) === line) lines.delete(staffId)
    })
    lines.set(staffId, line)
    return line
  }

  async function applyWish(staffId: string): Promise<void> {
    const user = deps.staffById(staffId)
    const wanted = deps.wishOf(staffId)
    if (user?.extension == null || wanted === undefined || deps.isStopped()) return
    const { extension, displayName } = user
    const until = clock.monotonicMs() + SHOW_WITHIN_MS
    for (const { pbxId, link } of telephony.status()) {
      if (link !== 'ready') continue
      const queues = queuesToTell(pbxId, extension, wanted)
      if (queues.length === 0) continue
      ordered.set(keyOf(staffId, pbxId), until)
      const { state, reason } = wanted
      const wish = { extension, displayName, state, reason }
      const answers = await deps.memberships.tellPbx(pbxId, wish, queues)
      // Told again it would refuse again; what it shows next is then taken as the truth.
      if (answers.includes('refused')) ordered.delete(keyOf(staffId, pbxId))
      else clock.after(SHOW_WITHIN_MS, () => checkShown(staffId, pbxId, until))
    }
    deps.onTold(staffId)
  }

  async function applyAnew(
    staffId: string,
    queues: readonly { pbxId: string; queue: string }[],
  ): Promise<void> {
    const user = deps.staffById(staffId)
    const wanted = deps.wishOf(staffId)
    if (user?.extension == null || wanted?.state !== 'ready' || deps.isStopped()) return
    const { extension, displayName } = user
    const who = { extension, displayName, reason: null }
    const until = clock.monotonicMs() + SHOW_WITHIN_MS
    for (const { pbxId, queue } of queues) {
      if (!deps.isReady(pbxId)) continue
      ordered.set(keyOf(staffId, pbxId), until)
      for (const state of ['offline', 'ready'] as const) {
        // oxlint-disable-next-line no-await-in-loop -- out, then in; one queue after the other
        await deps.memberships.tellPbx(pbxId, { ...who, state }, [queue])
      }
      clock.after(SHOW_WITHIN_MS, () => checkShown(staffId, pbxId, until))
    }
    deps.onTold(staffId)
  }

  /** Only the queues that lost the member, if any did: a supervisor may have changed the others. */
  function queuesToTell(pbxId: string, extension: string, wanted: WantedState): readonly string[] {
    if (wanted.state !== 'offline' && lost.lostOn(pbxId, extension).length > 0)
      return lost.queuesLacking(pbxId, extension)
    const shown = shownOn(pbxId, deps.membershipsOf(extension))
    return isShown(wanted, shown) ? [] : deps.hotlineQueues
  }

  /** The PBX was told and still shows something else: it is told again. */
  function checkShown(staffId: string, pbxId: string, until: number): void {
    const key = keyOf(staffId, pbxId)
    if (deps.isStopped() || ordered.get(key) !== until) return
    ordered.delete(key)
    const extension = deps.staffById(staffId)?.extension
    const wanted = deps.wishOf(staffId)
    if (extension == null || wanted === undefined || !deps.isReady(pbxId)) return
    if (!isShown(wanted, shownOn(pbxId, deps.membershipsOf(extension)))) deps.again(staffId)
  }

  /** An order that began while the PBX was away has not reached it: the next one follows it. */
  function isOrdered(staffId: string, pbxId: string, isReconnect: boolean): boolean {
    return ordered.has(keyOf(staffId, pbxId)) || (!isReconnect && lines.has(staffId))
  }

  /** What this PBX was told has no effect any more. */
  function forget(pbxId: string): void {
    for (const key of ordered.keys()) if (key.endsWith(` ${pbxId}`)) ordered.delete(key)
  }

  return {
    order,
    renew,
    isOrdered,
    forget,
    /** The PBX shows what it was told. */
    shown: (staffId: string, pbxId: string) => void ordered.delete(keyOf(staffId, pbxId)),
    underWay: (): Promise<void>[] => [...lines.values()],
  }
}

function keyOf(staffId: string, pbxId: string): string {
  return `${staffId} ${pbxId}`
}
