import type { CallRow, ConsultEnd, TransferOrder } from '#contract/calls.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Call } from '../calls/conversation/call.ts'
import { customerChannel } from '../calls/conversation/caller.ts'
import { type Consult, consultOf, openSegment } from '../calls/talk/consult.ts'
import type { Database } from '../db/transaction.ts'
import type { ControlFact } from './control-fact.ts'
import { Conflict, Forbidden, NotFound, refuse, Unavailable, unprocessable } from '../errors.ts'
import type { Clock, StateFact, Telephony } from '../ports.ts'
import type { DirectoryService } from './directory-service.ts'
import { channelToEnd, isHandedOn } from './own-call.ts'
import { refusalDuring, refusalOfEnd, refusalOfQueue, refusalOfTarget } from './transfer-target.ts'

/** A call that a person ordered at once, by its own id or that of `GET /api/calls`. */
interface OrderedCall {
  staffId: string
  pbxId: string
  channelId: string
  isOver: boolean
}

export interface CallControlDeps {
  database: Database
  clock: Clock
  telephony: Pick<Telephony, 'status' | 'hangUp' | 'endChannel' | 'transferCaller' | 'consult'>
  state: StateFact
  hotlineQueues: readonly string[]
  /** The call that this phone talks on now. */
  callOn: (extension: string) => { id: string; call: Call } | null
  /** Every call that is not over. */
  liveCalls: () => readonly Call[]
  callRows: (ids: readonly string[]) => Promise<ReadonlyMap<string, CallRow>>
  orderedCall: (id: string) => Promise<OrderedCall | null>
  /** Who works here now. */
  activeById: (staffId: string) => SessionUser | null
  directory: Pick<DirectoryService, 'phoneState'>
}

export type CallControl = ReturnType<typeof createCallControl>

/** The same press within this is one, and no other order is taken: the PBX has not yet told what came of it. */
const UNDER_WAY_MS: Record<ControlFact['action'], number> = {
  hung_up: 10_000,
  transferred: 10_000,
  handed_over: 10_000,
  // these leave the caller with the agent, who may do the next thing soon
  consulted: 2_000,
  // seen on Asterisk 22: keys that come less than a second after those of this one are lost
  taken_back: 2_000,
}

interface Command {
  call: Call
  action: ControlFact['action']
  detail: Record<string, string>
}

interface Told {
  action: Command['action']
  command: string
  /** What was seen of a consultation then. */
  seen: string
  /** By which channel they talked. */
  leg: string | undefined
  untilMs: number
}

/** People end or hand on the call that they talk on; nobody else's, and no other channel is touched. */
export function createCallControl(deps: CallControlDeps) {
  const { database, clock, telephony } = deps
  /** What each person told each call last: whoever takes it over has told it nothing yet. */
  const told = new Map<string, Told>()

  /**
   * Ends the call. Throws NotFound, Forbidden for somebody else's, Conflict when it is over or on its way
   * to a colleague, Unavailable or PbxNotReady when no PBX can be told.
   */
  async function hangUp(id: string, user: SessionUser): Promise<void> {
    const ordered = await deps.orderedCall(id)
    if (ordered?.staffId === user.id) {
      if (ordered.isOver) throw isOver()
      if (isHandedOn(deps.liveCalls(), ordered)) throw notYours()
      return telephony.hangUp(ordered.pbxId, ordered.channelId)
    }
    const call = await ownCall(id, user, ordered !== null)
    refuse(refusalDuring(consultIn(call, user)))
    requireControl(call.pbxId, 'hang_up')
    return once(id, user, { call, action: 'hung_up', detail: {} }, () =>
      telephony.endChannel(call.pbxId, channelToEnd(call)),
    )
  }

  /** Whether they talk on this call, or ordered it. */
  async function isOwn(id: string, user: SessionUser): Promise<boolean> {
    if (user.extension !== null && deps.callOn(user.extension)?.id === id) return true
    return (await deps.orderedCall(id))?.staffId === user.id
  }

  /** Hands the customer on. Throws as `hangUp` does, and InvalidInput (422) for who cannot take the call. */
  async function transfer(id: string, order: TransferOrder, user: SessionUser): Promise<void> {
    const { to, askFirst } = order
    const call = await ownCall(id, user, false)
    const uniqueid = customerChannel(call)
    if (uniqueid === null) throw new Conflict('the customer was not met yet', 'call_under_way')
    refuse(refusalDuring(consultIn(call, user)))
    requireControl(call.pbxId, 'transfer')
    if (askFirst) return ask(id, { call, to }, user)
    const target = 'queue' in to ? toQueue(to.queue) : toPhone(to.staffId, user)
    return once(id, user, { call, action: 'transferred', detail: { ...target } }, () =>
      telephony.transferCaller({ pbxId: call.pbxId, uniqueid, to: target }),
    )
  }

  function ask(
    id: string,
    { call, to }: { call: Call; to: TransferOrder['to'] },
    user: SessionUser,
  ): Promise<void> {
    if ('queue' in to) throw unprocessable('to', 'no queue can be asked', 'consult_of_queue')
    const { extension } = toPhone(to.staffId, user)
    return once(id, user, { call, action: 'consulted', detail: { extension } }, () =>
      telephony.consult({ ...agentOf(call, user), step: { ask: extension } }),
    )
  }

  /**
   * The caller goes to the colleague who was asked, or is taken back. Throws as `hangUp` does, and Conflict when
   * nobody is asked (any more), or has not answered to be given the caller.
   */
  async function endConsult(id: string, { end }: ConsultEnd, user: SessionUser): Promise<void> {
    const call = await ownCall(id, user, false)
    const consult = consultIn(call, user)
    refuse(refusalOfEnd(consult, end))
    requireControl(call.pbxId, 'transfer')
    const action = end === 'hand_over' ? 'handed_over' : 'taken_back'
    const detail = { extension: consult?.extension ?? '' }
    return once(id, user, { call, action, detail }, () =>
      telephony.consult({ ...agentOf(call, user), step: end }),
    )
  }

  function toQueue(queue: string) {
    refuse(refusalOfQueue(queue, deps.hotlineQueues))
    return { queue }
  }

  function toPhone(staffId: string, user: SessionUser) {
    const person = deps.activeById(staffId)
    const extension = person?.extension ?? null
    const state = extension === null ? null : deps.directory.phoneState(extension)
    refuse(refusalOfTarget(user, { person, state }))
    return { extension: extension ?? '' }
  }

  async function ownCall(id: string, user: SessionUser, isKnown: boolean): Promise<Call> {
    const own = user.extension === null ? null : deps.callOn(user.extension)
    if (own?.id === id) return own.call
    const row = (await deps.callRows([id])).get(id)
    if (row === undefined && !isKnown) throw new NotFound('call', id)
    if (row !== undefined && row.endedAt !== null) throw isOver()
    throw notYours()
  }

  function requireControl(pbxId: string, what: 'hang_up' | 'transfer'): void {
    const lacks = telephony.status().find((pbx) => pbx.pbxId === pbxId)?.controlLacks
    if (lacks === undefined || (lacks === 'dialplan' && what === 'hang_up')) return
    throw new Unavailable(`the PBX cannot be told (${lacks}): use the phone`)
  }

  /**
   * A second press does nothing; another order while the first is under way is refused. What was told is no longer
   * under way once the call shows what came of it: of a consultation, or that the caller is back at this phone.
   */
  async function once(
    id: string,
    user: SessionUser,
    order: Command,
    tell: () => Promise<boolean>,
  ): Promise<void> {
    const atMs = clock.monotonicMs()
    for (const [other, { untilMs }] of told) if (atMs >= untilMs) told.delete(other)
    const whose = `${id} ${user.id}`
    const { call, action, detail } = order
    const seen = consultSeen(call, user)
    const leg = openSegment(call, user.extension ?? '')?.agentUniqueid
    if (hasShown(told.get(whose), { seen, leg })) told.delete(whose)
    const command = JSON.stringify({ action, detail })
    const last = told.get(whose)
    if (last?.command === command) return
    if (last !== undefined) throw new Conflict('the call is on its way already', 'call_under_way')
    told.set(whose, { action, command, seen, leg, untilMs: atMs + UNDER_WAY_MS[action] })
    try {
      await record(id, user, order)
      if (!(await tell())) throw isOver()
    } catch (error) {
      told.delete(whose)
      throw error
    }
  }

  function record(callId: string, user: SessionUser, { action, detail }: Command): Promise<void> {
    const fact = { type: 'call_commanded' as const, actorId: user.id, callId, action, detail }
    return database.transaction((trx) => deps.state(trx, fact))
  }

  return { hangUp, isOwn, transfer, endConsult }
}

function notYours(): Forbidden {
  return new Forbidden('you do not talk on this call', 'not_your_call')
}

function isOver(): Conflict {
  return new Conflict('the call is over', 'call_over')
}

function consultIn(call: Call, { extension }: SessionUser): Consult | null {
  return extension === null ? null : consultOf(call, extension)
}

function agentOf(call: Call, { extension }: SessionUser) {
  const segment = openSegment(call, extension ?? '')
  if (segment === undefined) throw isOver()
  return { pbxId: call.pbxId, agentUniqueid: segment.agentUniqueid }
}

/** Whether what was told has come to something since, or to nothing. */
function hasShown(known: Told | undefined, now: Pick<Told, 'seen' | 'leg'>): boolean {
  if (known === undefined) return false
  const isConsulting = known.action === 'consulted' || known.action === 'handed_over'
  return known.leg !== now.leg || (isConsulting && known.seen !== now.seen)
}

/** Changes with each colleague who is asked, answers or goes. */
function consultSeen(call: Call, user: SessionUser): string {
  return `${call.rings.length} ${consultIn(call, user)?.since}`
}
