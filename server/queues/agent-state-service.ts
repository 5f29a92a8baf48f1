import type { AgentState, AgentStateChange } from '#contract/desk.ts'
import type { MemberState, PbxStatus } from '#contract/queues.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Database, Trx } from '../db/transaction.ts'
import type { LiveFact } from '../domain-fact.ts'
import type { Clock, Notifier } from '../ports.ts'
import {
  isConfirmed,
  isShown,
  type Membership,
  NEVER_SET,
  reactTo,
  shownOn,
  type WantedState,
} from './agent-state.ts'
import { createDepartures } from './departures-service.ts'
import { readWanted, saveWanted } from './agent-state-store.ts'
import { createMemberships, type MembershipDeps } from './membership-service.ts'

export interface AgentStateDeps extends MembershipDeps {
  database: Database
  clock: Clock
  notifier: Notifier
  /** Anybody who ever worked here: who was let go must still be taken out of the queues. */
  staffById: (staffId: string) => SessionUser | null
  staffByExtension: (extension: string) => SessionUser | null
  /** What the PBXs show of an extension. */
  membershipsOf: (extension: string) => Membership[]
  memberOf: (extension: string) => { pbxId: string; state: MemberState } | null
  extensionsOn: (pbxId: string) => string[]
  live: (fact: LiveFact) => void
}

/** How long the PBX may take to show what it was told before it is told again. */
const SHOW_WITHIN_MS = 5000

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
  /** Orders under way, and until when their effect is waited for. */
  const ordered = new Map<string, number>()
  /** One order at a time per person; the next one takes the wish as it is then. */
  const lines = new Map<string, Promise<void>>()
  const background = new Set<Promise<void>>()
  const readyPbxs = new Set<string>()
  const startedAt = clock.now()
  let stopped = false

  /** Reads what everybody wanted last; call it before the PBX is listened to. */
  async function load(): Promise<void> {
    wantedBy = await readWanted(database.db)
  }

  function stop(): void {
    stopped = true
  }

  /** Resolves when nothing is being written or told. */
  async function settled(): Promise<void> {
    while (lines.size + background.size > 0) await Promise.all([...lines.values(), ...background])
  }

  function get(staffId: string): AgentState {
    const { state, reason, since } = wantedBy.get(staffId) ?? { ...NEVER_SET, since: startedAt }
    return { state, reason, since, confirmed: confirms(staffId, { state, reason }) }
  }

  /** A call is on, or about to be: a phone is not taken out of the queues under it. */
  function isBusy(extension: string): boolean {
    return ['in_call', 'ringing'].includes(deps.memberOf(extension)?.state ?? '')
  }

  function confirms(staffId: string, wanted: Pick<WantedState, 'state' | 'reason'>): boolean {
    const extension = deps.staffById(staffId)?.extension
    // Without a phone there is nothing that a PBX could show.
    if (extension === null || extension === undefined) return wanted.state === 'offline'
    const pbxs = telephony.status().map(({ pbxId, link }) => ({ pbxId, isReady: link === 'ready' }))
    return isConfirmed(wanted, deps.membershipsOf(extension), pbxs)
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
    const kept = isSame ? before : wanted
    await saveWanted(trx.db, staffId, kept)
    trx.afterCommit(() => {
      wantedBy.set(staffId, kept)
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

  /** Makes every connected PBX match this person's wish, after what is already under way. */
  function order(staffId: string): Promise<void> {
    const before = lines.get(staffId) ?? Promise.resolve()
    const next = () => applyWish(staffId)
    // An order that failed must not keep the next one from being given.
    const line = before.then(next, next).finally(() => {
      if (lines.get(staffId) === line) lines.delete(staffId)
    })
    lines.set(staffId, line)
    return line
  }

  async function applyWish(staffId: string): Promise<void> {
    const user = deps.staffById(staffId)
    const wanted = wantedBy.get(staffId)
    if (user?.extension == null || wanted === undefined || stopped) return
    const { extension, displayName } = user
    const until = clock.monotonicMs() + SHOW_WITHIN_MS
    for (const { pbxId, link } of telephony.status()) {
      if (link !== 'ready') continue
      if (isShown(wanted, shownOn(pbxId, deps.membershipsOf(extension)))) continue
      ordered.set(keyOf(staffId, pbxId), until)
      const { state, reason } = wanted
      const wish = { extension, displayName, state, reason }
      const answers = await memberships.tellPbx(pbxId, wish)
      // Told again it would refuse again; what it shows next is then taken as the truth.
      if (answers.includes('refused')) ordered.delete(keyOf(staffId, pbxId))
      else clock.after(SHOW_WITHIN_MS, () => checkShown(staffId, pbxId, until))
    }
    tell(staffId)
  }

  /** The PBX was told and still shows something else: it is told again. */
  function checkShown(staffId: string, pbxId: string, until: number): void {
    const key = keyOf(staffId, pbxId)
    if (stopped || ordered.get(key) !== until) return
    ordered.delete(key)
    const extension = deps.staffById(staffId)?.extension
    const wanted = wantedBy.get(staffId)
    if (extension == null || wanted === undefined || !readyPbxs.has(pbxId)) return
    if (!isShown(wanted, shownOn(pbxId, deps.membershipsOf(extension)))) run(order(staffId))
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
    const wishing = [...wantedBy.keys()].flatMap(
      (staffId) => deps.staffById(staffId)?.extension ?? [],
    )
    return [...new Set([...deps.extensionsOn(pbxId), ...wishing])]
  }

  function compare(user: SessionUser, pbxId: string, isReconnect: boolean): void {
    if (user.extension === null) return
    const key = keyOf(user.id, pbxId)
    const shown = shownOn(pbxId, deps.membershipsOf(user.extension))
    const wanted = wantedBy.get(user.id) ?? null
    if (wanted !== null && isShown(wanted, shown)) ordered.delete(key)
    // An order that began while the PBX was away has not reached it: the next one follows it.
    const isOrdered =
      ordered.has(key) || departures.isHeld(user.extension) || (!isReconnect && lines.has(user.id))
    const reaction = reactTo({ wanted, shown, isOrdered, isReconnect, at: clock.now() })
    switch (reaction.kind) {
      case 'none':
        return
      case 'apply':
        return wanted?.state === 'offline' ? leave(user.id) : run(order(user.id))
      case 'adopt':
        // The other PBXs follow, so that the person is one thing everywhere.
        return run(want(user.id, reaction.wanted).then(() => order(user.id)))
    }
  }

  /** Links changed: a PBX that is connected again is compared with everybody's wish. */
  function onPbxStatus(status: readonly PbxStatus[]): void {
    const connected: string[] = []
    for (const { pbxId, link } of status) {
      if (link !== 'ready') forgetOrders(pbxId)
      else if (!readyPbxs.has(pbxId)) connected.push(pbxId)
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

  /** What a lost connection was told is compared again when it is back. */
  function forgetOrders(pbxId: string): void {
    readyPbxs.delete(pbxId)
    for (const key of ordered.keys()) if (key.endsWith(` ${pbxId}`)) ordered.delete(key)
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
  return { ...control, get, set, signOff, losePhone, reachOf, present, isBusy }
}

function keyOf(staffId: string, pbxId: string): string {
  return `${staffId} ${pbxId}`
}
