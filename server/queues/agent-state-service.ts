import type { AgentState, AgentStateChange } from '#contract/desk.ts'
import type { MemberState, PbxStatus } from '#contract/queues.ts'
import type { PhoneDevice, SessionUser } from '#contract/staff.ts'
import type { Database, Trx } from '../db/transaction.ts'
import type { LiveFact } from '../domain-fact.ts'
import type { Clock, Notifier } from '../ports.ts'
import {
  compareSeen,
  isShown,
  type Membership,
  NEVER_SET,
  reactTo,
  shownOn,
  type WantedState,
} from './agent-state.ts'
import { createDepartures } from './members/departures-service.ts'
import { readWanted, saveWanted } from './agent-state-store.ts'
import { createLostMembers, type LostMembersDeps } from './members/lost-members-service.ts'
import { createMemberOrders } from './members/member-orders-service.ts'
import { createMemberships, type MembershipDeps } from './members/membership-service.ts'
import { createWrapUps, type WrapUpDeps } from './members/wrap-up-service.ts'

export interface AgentStateDeps
  extends
    MembershipDeps,
    Pick<LostMembersDeps, 'lostOf'>,
    Pick<WrapUpDeps, 'restingIn' | 'onProlonged'> {
  database: Database
  clock: Clock
  notifier: Notifier
  /** Anybody who ever worked here: who was let go must still be taken out of the queues. */
  staffById: (staffId: string) => SessionUser | null
  staffByExtension: (extension: string) => SessionUser | null
  /** What the PBXs show of an extension. */
  membershipsOf: (extension: string) => Membership[]
  /** Nobody wants back what was lost of it until now. */
  forgetLostOf: (extension: string) => void
  memberOf: (extension: string) => { pbxId: string; state: MemberState } | null
  extensionsOn: (pbxId: string) => string[]
  live: (fact: LiveFact) => void
  /** What this person wants to be from then on is stored. */
  onWish: (staffId: string, wanted: WantedState) => void
  /** At which of their phones the person of this extension is. */
  deviceOf: (extension: string) => PhoneDevice
}

export type AgentStateService = ReturnType<typeof createAgentStateService>

/**
 * What agents want to be, stored, and the PBX made to match. Which side wins when they differ is
 * `reactTo` in agent-state.ts.
 */
export function createAgentStateService(deps: AgentStateDeps) {
  const { database, clock, notifier, telephony, logger } = deps
  const memberships = createMemberships(deps)
  const departures = createDepartures(isBusy)
  let wantedBy = new Map<string, WantedState>()
  const told = new Map<string, string>()
  const background = new Set<Promise<void>>()
  const readyPbxs = new Set<string>()
  const startedAt = clock.now()
  let stopped = false
  const lost = createLostMembers({
    ...deps,
    isReady: (pbxId) => readyPbxs.has(pbxId),
    extensionOf: (staffId) => (stopped ? null : (deps.staffById(staffId)?.extension ?? null)),
    restore: (staffId) => run(order(staffId)),
  })
  const orders = createMemberOrders({
    ...deps,
    lost,
    memberships,
    isReady: (pbxId) => readyPbxs.has(pbxId),
    isStopped: () => stopped,
    wishOf: (staffId) => wantedBy.get(staffId),
    onTold: tell,
    again: (staffId) => run(order(staffId)),
  })
  const { order } = orders
  const wrapUps = createWrapUps({
    clock,
    orders,
    wishes: () => wantedBy,
    wishOf: (staffId) => wantedBy.get(staffId),
    extensionOf: (staffId) => deps.staffById(staffId)?.extension ?? null,
    restingIn: deps.restingIn,
    stateOf: get,
    want,
    onProlonged: deps.onProlonged,
  })

  /** Reads what everybody wanted last; call it before the PBX is listened to. */
  async function load(): Promise<void> {
    wantedBy = await readWanted(database.db)
  }

  function stop(): void {
    stopped = true
  }

  /** Resolves when nothing is being written or told. */
  async function settled(): Promise<void> {
    while (orders.underWay().length + background.size > 0)
      await Promise.all([...orders.underWay(), ...background])
  }

  function get(staffId: string): AgentState {
    const { state, reason, since } = wantedBy.get(staffId) ?? { ...NEVER_SET, since: startedAt }
    const extension = deps.staffById(staffId)?.extension ?? null
    // Without a phone there is nothing that a PBX could show.
    if (extension === null) return { state, reason, since, confirmed: state === 'offline' }
    const seen = {
      memberships: deps.membershipsOf(extension),
      lost: lost.lostOn(null, extension),
      pbxs: telephony.status().map(({ pbxId, link }) => ({ pbxId, isReady: link === 'ready' })),
    }
    const endsAt = isBusy(extension) ? null : wrapUps.endOf(staffId)
    const device = deps.deviceOf(extension) === 'web' ? ({ device: 'web' } as const) : {}
    const own = { state, reason, since, ...compareSeen({ state, reason }, seen), ...device }
    return endsAt === null ? own : { ...own, wrapUp: { endsAt } }
  }

  /** A call is on, or about to be: a phone is not taken out of the queues under it. */
  function isBusy(extension: string): boolean {
    return ['in_call', 'ringing'].includes(deps.memberOf(extension)?.state ?? '')
  }

  /**
   * Stores the wish, then tells the PBXs. Never fails because of a PBX: the answer then says
   * `confirmed: false`, and it is told again when connected. 422 without a phone of their own.
   */
  async function set(user: SessionUser, change: AgentStateChange): Promise<AgentState> {
    if (change.state !== 'offline') memberships.requirePhone(user.extension)
    const reason = change.state === 'paused' ? (change.reason ?? null) : null
    if (user.extension !== null) departures.cancel(user.extension)
    await want(user.id, { state: change.state, reason, since: clock.now() })
    await order(user.id)
    return get(user.id)
  }

  /** This person is not here any more: their phone leaves, right after the call if one is on. */
  async function signOff(trx: Trx, staffId: string): Promise<void> {
    if ((wantedBy.get(staffId)?.state ?? 'offline') === 'offline') return
    await saveWish(trx, staffId, { ...NEVER_SET, since: clock.now() })
    trx.afterCommit(() => leave(staffId))
  }

  /**
   * This extension is theirs no more: it leaves the queues, whoever has it next, and the person is
   * offline until they say otherwise.
   */
  async function losePhone(trx: Trx, staffId: string, extension: string): Promise<void> {
    const isOffline = (wantedBy.get(staffId)?.state ?? 'offline') === 'offline'
    if (isOffline && deps.membershipsOf(extension).length === 0) return
    if (!isOffline) await saveWish(trx, staffId, { ...NEVER_SET, since: clock.now() })
    trx.afterCommit(() =>
      departures.whenFree(extension, () => run(removePhone(staffId, extension))),
    )
  }

  /** They answer at another of their phones now: that one is the member, as the other one was. */
  function movePhone(trx: Trx, staffId: string): void {
    trx.afterCommit(() => {
      run(order(staffId))
      tell(staffId)
    })
  }

  function leave(staffId: string): void {
    const extension = deps.staffById(staffId)?.extension
    if (extension != null) departures.whenFree(extension, () => run(order(staffId)))
  }

  async function removePhone(staffId: string, extension: string): Promise<void> {
    await memberships.removeEverywhere(extension, deps.staffById(staffId)?.displayName ?? '')
    tell(staffId)
  }

  function want(staffId: string, wanted: WantedState): Promise<void> {
    return database.transaction((trx) => saveWish(trx, staffId, wanted))
  }

  async function saveWish(trx: Trx, staffId: string, wanted: WantedState): Promise<void> {
    const before = wantedBy.get(staffId)
    const isSame = before?.state === wanted.state && before.reason === wanted.reason
    const kept = isSame ? { ...wanted, since: before.since } : wanted
    await saveWanted(trx.db, staffId, kept)
    trx.afterCommit(() => {
      wantedBy.set(staffId, kept)
      if (!isSame) deps.onWish(staffId, kept)
      const extension = deps.staffById(staffId)?.extension
      if (kept.state === 'offline' && extension != null) deps.forgetLostOf(extension)
      tell(staffId)
      deps.live({ type: 'reach_changed' })
    })
  }

  /** News only when something is new: events of the PBX come in crowds. */
  function tell(staffId: string): void {
    const state = get(staffId)
    const text = JSON.stringify(state)
    if (told.get(staffId) === text) return
    told.set(staffId, text)
    notifier.agentState(staffId, state)
  }

  /** A PBX showed members: everyone whose membership may have changed is compared with their wish. */
  function onMembers(pbxId: string, extensions: readonly string[] | null): void {
    departures.releaseFree()
    const touched = extensions ?? everyoneOn(pbxId)
    for (const extension of touched) {
      const user = deps.staffByExtension(extension)
      if (user === null) continue
      if (readyPbxs.has(pbxId)) compare(user, pbxId, false)
      tell(user.id)
    }
    deps.live({ type: 'reach_changed' })
  }

  /** Who is on the PBX, and who should be. */
  function everyoneOn(pbxId: string): string[] {
    const wishing = [...wantedBy.keys()].flatMap((id) => deps.staffById(id)?.extension ?? [])
    return [...new Set([...deps.extensionsOn(pbxId), ...wishing])]
  }

  function compare(user: SessionUser, pbxId: string, isReconnect: boolean): void {
    if (user.extension === null) return
    const shown = shownOn(pbxId, deps.membershipsOf(user.extension))
    const wanted = wantedBy.get(user.id) ?? null
    const isWanted = wanted !== null && wanted.state !== 'offline'
    if (isWanted && lost.lostOn(pbxId, user.extension).length > 0)
      return isReconnect ? run(order(user.id)) : lost.miss(user.id, pbxId)
    if (wanted !== null && isShown(wanted, shown)) orders.shown(user.id, pbxId)
    const isOrdered =
      departures.isHeld(user.extension) || orders.isOrdered(user.id, pbxId, isReconnect)
    const reaction = reactTo({ wanted, shown, isOrdered, isReconnect, at: clock.now() })
    switch (reaction.kind) {
      case 'none':
        return
      case 'apply':
        return wanted?.state === 'offline' ? leave(user.id) : run(order(user.id))
      case 'adopt':
        return run(adopt(user, pbxId, reaction.wanted))
    }
  }

  /** The other PBXs follow, so that the person is one thing everywhere. */
  async function adopt(user: SessionUser, pbxId: string, wanted: WantedState): Promise<void> {
    await want(user.id, wanted)
    const { state, reason } = shownOn(pbxId, deps.membershipsOf(user.extension ?? ''))
    // changed again while it was stored: nobody wants that undone
    if (isShown(wanted, { state, reason })) await order(user.id)
    else onMembers(pbxId, [user.extension ?? ''])
  }

  /** Links changed: a PBX that is connected again is compared with everybody's wish. */
  function onPbxStatus(status: readonly PbxStatus[]): void {
    const connected: string[] = []
    for (const { pbxId, link } of status) {
      if (link === 'ready' && !readyPbxs.has(pbxId)) connected.push(pbxId)
      if (link === 'ready') continue
      // what a lost connection was told is compared again when it is back
      readyPbxs.delete(pbxId)
      orders.forget(pbxId)
    }
    for (const pbxId of connected) {
      readyPbxs.add(pbxId)
      for (const extension of everyoneOn(pbxId)) {
        const user = deps.staffByExtension(extension)
        if (user !== null) compare(user, pbxId, true)
      }
    }
    for (const staffId of wantedBy.keys()) tell(staffId)
  }

  function run(work: Promise<void>): void {
    const watched: Promise<void> = work
      .catch((error: unknown) => logger.error({ err: error }, 'an agent’s state was not applied'))
      .finally(() => background.delete(watched))
    background.add(watched)
  }

  /** Where these people are, for the dialler; who has no phone is left out. */
  function reachOf(staffIds: readonly string[]) {
    return staffIds.flatMap((staffId) => {
      const extension = deps.staffById(staffId)?.extension
      if (extension === null || extension === undefined) return []
      const { state, reason } = wantedBy.get(staffId) ?? NEVER_SET
      return [{ staffId, extension, wanted: { state, reason }, member: deps.memberOf(extension) }]
    })
  }

  /** Who wants to be in the queues, paused or not. */
  function present(): string[] {
    return [...wantedBy].flatMap(([staffId, { state }]) => (state === 'offline' ? [] : [staffId]))
  }

  const control = { load, stop, settled, onMembers, onPbxStatus }
  return { ...control, get, set, signOff, losePhone, movePhone, reachOf, present, isBusy, wrapUps }
}
