import type { MonitorOrder, SpyMode } from '#contract/supervision/steering.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Call, Segment } from '../../calls/conversation/call.ts'
import type { CallEvent } from '../../calls/conversation/call-event.ts'
import { openSegment } from '../../calls/talk/consult.ts'
import { Conflict, refuse } from '../../errors.ts'
import type { NewId, Telephony } from '../../ports.ts'
import type { SpyEvent } from './steering-order.ts'
import {
  type Spies,
  spiesAfterCall,
  spiesAfterSpy,
  type Spy,
  withoutSpy,
  withSpy,
} from './spies.ts'
import { type SteeringOrders, told, unheard, withReason } from './steering-orders-service.ts'
import { heardAgent, isRefusal, spyAction } from './steering-refusals.ts'
import { about, type Words } from './word-service.ts'

export interface MonitorDeps {
  newId: NewId
  telephony: Pick<Telephony, 'spy' | 'changeSpy'>
  orders: SteeringOrders
  words: Words
  /** Whether agents are told that they were listened to. */
  tellListened: () => boolean
  /** The call that this phone talks on now. */
  callOn: (extension: string) => { call: Call } | null
  /** Whose phone an extension is; null when nobody's. */
  staffName: (extension: string) => string | null
  /** Who hears whom has changed. */
  onSpies: () => void
}

/** How long the supervisor's phone rings. */
const RING_SECONDS = 25
/** Seen on Asterisk 22: about 0.1 s after the answer. */
const STARTS_WITHIN_MS = (RING_SECONDS + 5) * 1000
/** Of a channel that is up already. */
const CHANGES_WITHIN_MS = 5000

interface Ordered extends MonitorOrder {
  callId: string
  user: SessionUser
}

export type MonitorService = ReturnType<typeof createMonitorService>

/** Supervisors hear calls at their own phone: one of them at each agent. */
export function createMonitorService(deps: MonitorDeps) {
  const { telephony, orders, words } = deps
  let spies: Spies = new Map()

  function keep(changed: Spies): void {
    if (changed === spies) return
    spies = changed
    deps.onSpies()
  }

  const ofPhone = (extension: string) =>
    [...spies.values()].find((spy) => spy.extension === extension)
  const onAgent = (pbxId: string, uniqueids: readonly string[]) =>
    [...spies.values()].find((spy) => spy.pbxId === pbxId && uniqueids.includes(spy.agentUniqueid))

  /** The supervisor who hears this phone now, and how. */
  function heardBy(extension: string): { heardBy: string; heardAs: SpyMode } | null {
    if (spies.size === 0) return null
    const call = deps.callOn(extension)?.call
    const agent = call && openSegment(call, extension)
    const spy = agent && onAgent(call.pbxId, uniqueidsOf(agent))
    if (spy?.isOn !== true) return null
    return { heardBy: deps.staffName(spy.extension) ?? spy.extension, heardAs: spy.mode }
  }

  /**
   * Rings the supervisor's phone and resolves once it hears the agent; a phone that hears the same agent
   * already only changes how. Throws NotFound, Forbidden, Conflict (the call is over, nobody talks, the agent
   * is heard by another, the supervisor's phone is busy, away or was not answered), InvalidInput (422: no phone,
   * which agent), Unavailable (no PBX, its dialplan, no word of it).
   */
  async function monitor(callId: string, order: MonitorOrder, user: SessionUser): Promise<void> {
    const tried = { action: spyAction(order.mode), subject: callId, detail: {} }
    await orders.requireRight(user, tried)
    const call = await orders.requireLive(callId)
    const own = user.extension === null ? undefined : ofPhone(user.extension)
    if (own === undefined) orders.requireOwnPhone(user)
    const agent = heardAgent(call, user, order.extension)
    if (isRefusal(agent)) return refuse(agent)
    orders.requireSteering(call.pbxId)
    const ordered = { ...order, callId, user }
    if (own === undefined) return begin(call, agent, ordered)
    return change(own, agent, ordered)
  }

  async function begin(call: Call, agent: Segment, ordered: Ordered): Promise<void> {
    const { pbxId } = call
    const extension = orders.requireOwnPhone(ordered.user)
    requireUnheard(pbxId, agent)
    const channelId = `spy-${deps.newId()}`
    const { agentUniqueid } = agent
    const { mode } = ordered
    const spy = { pbxId, channelId, extension, agentUniqueid, mode, isOn: false }
    keep(withSpy(spies, spy))
    try {
      await orders.requireFree(pbxId, extension)
      await record(agent, ordered)
      const word = await words.after(about.spy(pbxId, channelId), STARTS_WITHIN_MS, () =>
        told(telephony.spy({ ...spy, ringSeconds: RING_SECONDS })),
      )
      requireStarted(word)
    } catch (error) {
      keep(withoutSpy(spies, channelId))
      throw error
    }
    await tellAgent(agent, ordered)
  }

  /** The phone stays on its call, which is another act all the same. */
  async function change(own: Spy, agent: Segment, ordered: Ordered): Promise<void> {
    if (!own.isOn) throw new Conflict('your phone is ringing for this already', 'under_way')
    if (onAgent(own.pbxId, uniqueidsOf(agent))?.channelId !== own.channelId) {
      throw new Conflict('you listen to another agent: hang up first', 'own_phone_busy')
    }
    const { mode } = ordered
    if (own.mode === mode) return
    orders.requireCallUser(own.pbxId, 'hang_up')
    await record(agent, ordered)
    const word = await words.after(about.spy(own.pbxId, own.channelId), CHANGES_WITHIN_MS, () =>
      told(telephony.changeSpy({ ...own, mode })),
    )
    requireStarted(word)
    // the phone may have hung up since that word
    const still = spies.get(own.channelId)
    if (still !== undefined) keep(withSpy(spies, { ...still, mode }))
    await tellAgent(agent, ordered)
  }

  function requireUnheard(pbxId: string, agent: Segment): void {
    if (onAgent(pbxId, uniqueidsOf(agent)) === undefined) return
    throw new Conflict('somebody listens to this agent already', 'already_listened')
  }

  function record({ extension }: Segment, { mode, callId, reason, user }: Ordered): Promise<void> {
    const detail = { extension, ...withReason(reason) }
    return orders.record(user, { action: spyAction(mode), subject: callId, detail })
  }

  /** Who whispers and barges in is heard; who listens is told of as administrators have set it. */
  async function tellAgent(agent: Segment, { mode, reason, user }: Ordered): Promise<void> {
    if (mode === 'listen' && !deps.tellListened()) return
    const detail = { state: spyAction(mode), ...withReason(reason) }
    await orders.tellAgent(user, agent.extension, detail)
  }

  return {
    monitor,
    ofPhone,
    heardBy,
    hearCall: (event: CallEvent): void => keep(spiesAfterCall(spies, event)),
    hearSpy: (event: SpyEvent): void => keep(spiesAfterSpy(spies, event)),
  }
}

function uniqueidsOf({ agentUniqueid, earlierUniqueids }: Segment): string[] {
  return [agentUniqueid, ...earlierUniqueids]
}

function requireStarted(word: string | null): void {
  if (word === null) throw unheard()
  if (word === 'unanswered') {
    throw new Conflict('your phone did not answer', 'own_phone_unanswered')
  }
  if (word === 'over' || word === 'gone') throw notHeard()
}

function notHeard(): Conflict {
  return new Conflict(
    'the call ended, or your phone hung up, before it could be heard',
    'not_heard',
  )
}
