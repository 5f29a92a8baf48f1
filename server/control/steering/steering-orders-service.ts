import type { CallRow } from '#contract/calls.ts'
import type { PbxStatus } from '#contract/queues.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Call } from '../../calls/conversation/call.ts'
import type { Database } from '../../db/transaction.ts'
import { Conflict, Forbidden, NotFound, refuse, Unavailable, unprocessable } from '../../errors.ts'
import {
  ActionRefused,
  OutcomeUnknown,
  PbxNotReady,
  type StateFact,
  type Telephony,
} from '../../ports.ts'
import { mayWatchQueues } from '../../staff/staff.ts'
import type { Steered, SteeringFact } from './steering-fact.ts'
import { refusalOfOwnPhone } from './steering-refusals.ts'

export interface SteeringOrdersDeps {
  database: Database
  state: StateFact
  telephony: Pick<Telephony, 'status' | 'phoneUse'>
  /** The call with this id for as long as it goes on. */
  goingOn: (id: string) => Call | null
  callRows: (ids: readonly string[]) => Promise<ReadonlyMap<string, CallRow>>
  /** The call that this phone talks on now. */
  callOn: (extension: string) => { id: string } | null
}

export type SteeringOrders = ReturnType<typeof createSteeringOrders>

/** What every order of a supervisor has in common: the right, the PBX that can do it, the trail, who is told. */
export function createSteeringOrders(deps: SteeringOrdersDeps) {
  const { database, telephony } = deps

  /** Throws Forbidden, which stands in the trail. */
  async function requireRight(user: SessionUser, tried: Omit<Steered, 'actorId'>): Promise<void> {
    if (mayWatchQueues(user.role)) return
    const detail = { ...tried.detail, tried: tried.action }
    await stateCommand(user, { action: 'refused', subject: tried.subject, detail })
    throw new Forbidden('supervisors alone may do this', 'supervisors_only')
  }

  /** Throws NotFound, or Conflict for one that is over. */
  async function requireLive(callId: string): Promise<Call> {
    const call = deps.goingOn(callId)
    if (call !== null) return call
    if ((await deps.callRows([callId])).has(callId)) throw callOver()
    throw new NotFound('call', callId)
  }

  /** Throws Unavailable while this PBX is away, or its dialplan knows nothing of supervisors. */
  function requireSteering(pbxId: string): void {
    const pbx = requireReady(pbxId)
    if (pbx.maySteer === false) {
      throw new Unavailable('the dialplan of the PBX is too old for this', 'dialplan_too_old')
    }
  }

  /** Throws Unavailable while nobody may end or transfer calls there. */
  function requireCallUser(pbxId: string, what: 'hang_up' | 'transfer'): void {
    const { controlLacks: lacks } = requireReady(pbxId)
    if (lacks === undefined || (lacks === 'dialplan' && what === 'hang_up')) return
    throw new Unavailable(`the PBX cannot be told (${lacks})`, `control_${lacks}`)
  }

  function requireReady(pbxId: string): PbxStatus {
    const pbx = telephony.status().find((one) => one.pbxId === pbxId)
    if (pbx?.link === 'ready') return pbx
    throw new Unavailable('the PBX is not connected: nothing was done', 'pbx_away')
  }

  /** The supervisor's own extension; throws InvalidInput (422) without one, Conflict while they talk. */
  function requireOwnPhone({ extension }: SessionUser): string {
    if (extension === null) {
      throw unprocessable('', 'you have no phone that could be rung', 'no_phone')
    }
    if (deps.callOn(extension) !== null) refuse(refusalOfOwnPhone('busy'))
    return extension
  }

  /** Throws Conflict unless the supervisor's phone can be rung now. */
  async function requireFree(pbxId: string, extension: string): Promise<void> {
    refuse(refusalOfOwnPhone(await telephony.phoneUse(pbxId, extension)))
  }

  /** Before the PBX is told: what was ordered stands in the trail whatever comes of it. */
  function record(user: SessionUser, ordered: Omit<Steered, 'actorId'>): Promise<void> {
    return stateCommand(user, ordered)
  }

  function stateCommand(
    user: SessionUser,
    said: Omit<SteeringFact, 'type' | 'actorId'>,
  ): Promise<void> {
    const fact = { type: 'steering_commanded' as const, actorId: user.id, ...said }
    return database.transaction((trx) => deps.state(trx, fact))
  }

  /** The agent is told by whom, what, and why. */
  function tellAgent(
    user: SessionUser,
    extension: string,
    detail: Record<string, string>,
  ): Promise<void> {
    const fact = { type: 'member_steered' as const, actorId: user.id, extension, detail }
    return database.transaction((trx) => deps.state(trx, fact))
  }

  return {
    requireRight,
    requireLive,
    requireSteering,
    requireCallUser,
    requireOwnPhone,
    requireFree,
    record,
    tellAgent,
  }
}

export function callOver(): Conflict {
  return new Conflict('the call is over', 'call_over')
}

/** Nothing is known of what came of the order. */
export function unheard(): Unavailable {
  return new Unavailable('the PBX has not confirmed it: look at the board', 'unconfirmed')
}

/** Tells the PBX; what it answers other than yes is one of our errors. */
export async function told<T>(order: Promise<T>): Promise<T> {
  try {
    return await order
  } catch (error) {
    if (error instanceof ActionRefused) {
      throw new Conflict(`the PBX refused: ${error.message}`, 'pbx_refused')
    }
    if (error instanceof OutcomeUnknown) throw unheard()
    if (error instanceof PbxNotReady) throw new Unavailable(error.message, 'pbx_away')
    throw error
  }
}

export function withReason(reason: string | undefined): Record<string, string> {
  return reason === undefined ? {} : { reason }
}
