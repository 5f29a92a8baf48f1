import type { SessionUser } from '#contract/staff.ts'
import type { Call } from '../../calls/conversation/call.ts'
import { customerChannel } from '../../calls/conversation/caller.ts'
import { consultOf } from '../../calls/talk/consult.ts'
import { Conflict, refuse, unprocessable } from '../../errors.ts'
import type { Telephony } from '../../ports.ts'
import { channelToEnd } from '../own-call.ts'
import { refusalDuring } from '../transfer-target.ts'
import type { MonitorService } from './monitor-service.ts'
import {
  callOver,
  type SteeringOrders,
  told,
  unheard,
  withReason,
} from './steering-orders-service.ts'
import { talking } from './steering-refusals.ts'
import { about, type Words } from './word-service.ts'

export interface CallSteeringDeps {
  telephony: Pick<Telephony, 'endChannel' | 'transferCaller'>
  orders: SteeringOrders
  words: Words
  spies: Pick<MonitorService, 'ofPhone'>
}

/** From the order to the event that shows it. */
const WORD_MS = 5000

export type CallSteering = ReturnType<typeof createCallSteering>

/** Supervisors end the calls of others, and take them over. */
export function createCallSteering({ telephony, orders, words, spies }: CallSteeringDeps) {
  /**
   * Resolves once the call has ended. Throws NotFound, Forbidden, Conflict (it is over), InvalidInput (422:
   * no reason), Unavailable (no PBX, nobody may end calls there, no word of it).
   */
  async function end(callId: string, reason: string | undefined, user: SessionUser): Promise<void> {
    await orders.requireRight(user, { action: 'ended', subject: callId, detail: {} })
    const call = await orders.requireLive(callId)
    if (reason === undefined) {
      throw unprocessable('reason', 'say why you end the call of others', 'reason_missing')
    }
    orders.requireCallUser(call.pbxId, 'hang_up')
    await orders.record(user, { action: 'ended', subject: callId, detail: { reason } })
    const channel = channelToEnd(call)
    const ended = await endChannel(call.pbxId, channel)
    if (ended === 'gone') throw callOver()
    if (ended === null) throw unheard()
    await tellAgents(call, user, { state: 'call_ended', reason })
  }

  /**
   * The customer is transferred to the supervisor's own phone; resolves once that rings. Whom the supervisor does
   * not answer comes back by the queue, before the others. Throws as `end` does, and Conflict while a colleague is
   * asked or the supervisor's phone is busy or away, InvalidInput (422) without a phone.
   */
  async function takeOver(callId: string, reason: string, user: SessionUser): Promise<void> {
    await orders.requireRight(user, { action: 'taken_over', subject: callId, detail: {} })
    const call = await orders.requireLive(callId)
    const extension = orders.requireOwnPhone(user)
    const uniqueid = customerChannel(call)
    const agents = talking(call)
    if (agents.length === 0 || uniqueid === null) {
      throw new Conflict('no agent talks on this call now', 'nobody_talks')
    }
    for (const agent of agents) refuse(refusalDuring(consultOf(call, agent.extension)))
    orders.requireCallUser(call.pbxId, 'transfer')
    await freeOwnPhone(call.pbxId, extension)
    await orders.record(user, { action: 'taken_over', subject: callId, detail: { reason } })
    const order = { pbxId: call.pbxId, uniqueid, to: { extension } }
    const rings = await words.after(about.ring(call.pbxId, uniqueid), WORD_MS, () =>
      told(telephony.transferCaller(order)),
    )
    if (rings === 'gone') throw callOver()
    if (rings === null) throw unheard()
    await tellAgents(call, user, { state: 'taken_over', ...withReason(reason) })
  }

  /** Who listened to the call puts the phone down by taking it over. */
  async function freeOwnPhone(pbxId: string, extension: string): Promise<void> {
    const own = spies.ofPhone(extension)
    if (own === undefined) return orders.requireFree(pbxId, extension)
    if ((await endChannel(own.pbxId, own.channelId)) === null) throw unheard()
  }

  function endChannel(pbxId: string, uniqueid: string): Promise<string | null> {
    return words.after(about.end(pbxId, uniqueid), WORD_MS, () =>
      told(telephony.endChannel(pbxId, uniqueid)),
    )
  }

  async function tellAgents(
    call: Call,
    user: SessionUser,
    detail: Record<string, string>,
  ): Promise<void> {
    for (const { extension } of talking(call)) {
      // oxlint-disable-next-line no-await-in-loop -- seldom more than one
      await orders.tellAgent(user, extension, detail)
    }
  }

  return { end, takeOver }
}
