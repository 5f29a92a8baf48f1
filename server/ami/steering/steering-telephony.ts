import { ActionRefused, OutcomeUnknown, PbxNotReady } from '../../ports.ts'
import type {
  PhoneUse,
  SteeringTelephony,
  WaitingInQueue,
} from '../../control/steering/steering-order.ts'
import { headerOf } from '../ami-frame.ts'
import { steeringProblem } from '../dialplan/dialplan-version.ts'
import type { AmiAction } from '../orders/ami-action.ts'
import { CHANNEL_GONE } from '../orders/control-actions.ts'
import type { AmiTelephonyOptions, Pbx } from '../pbx.ts'
import { actionOrRefuse, listFrom } from '../pbx-reader.ts'
import { priorityToLead, readLine } from './queue-line.ts'
import {
  changeSpyAction,
  penaltyAction,
  phoneUseAction,
  priorityAction,
  queueStatusAction,
  spyAction,
  withdrawAction,
} from './steering-actions.ts'

/** How Asterisk says that nobody of this name waits there. */
const NO_SUCH_CALLER = /no such (?:caller|queue)|not (?:in|on) (?:the )?queue/i
const IS_AWAY = /^(?:unavailable|invalid|unknown)$/i
const IS_FREE = /^not_inuse$/i

type Options = Pick<AmiTelephonyOptions, 'deviceOf' | 'onQueueEvent'>

/** What supervisors have the PBXs do: over the user that dials, and what shows it over the one that listens. */
export function createSteeringTelephony(
  pbxOf: (pbxId: string) => Pbx,
  { deviceOf, onQueueEvent }: Options,
): SteeringTelephony {
  function order(pbxId: string, make: () => AmiAction) {
    const { dialler } = pbxOf(pbxId)
    return dialler.request(actionOrRefuse(make))
  }

  function requireDialplan(pbxId: string): void {
    const problem = steeringProblem(pbxOf(pbxId).dialplan() ?? null)
    if (problem !== null) throw new PbxNotReady(problem)
  }

  async function lineOf({ pbxId, queue }: WaitingInQueue) {
    const { tracker } = pbxOf(pbxId)
    return readLine(
      await listFrom(
        tracker,
        actionOrRefuse(() => queueStatusAction(queue)),
      ),
      queue,
    )
  }

  async function moveUp(caller: WaitingInQueue): Promise<boolean> {
    const { pbxId, queue, uniqueid } = caller
    const before = await lineOf(caller)
    const priority = priorityToLead(before, uniqueid)
    const { channel, priority: had } = before.find((one) => one.uniqueid === uniqueid) ?? {}
    if (priority === null || channel === undefined) return false
    if (priority === had) return true
    const isTaken = await there(order(pbxId, () => priorityAction(queue, channel, priority)))
    if (!isTaken) return false
    const after = await lineOf(caller)
    const { pbxClock } = pbxOf(pbxId)
    const uniqueids = after.map((one) => one.uniqueid)
    onQueueEvent({ pbxId, at: pbxClock.now(), type: 'line_seen', queue, uniqueids })
    const own = after.find((one) => one.uniqueid === uniqueid)
    if (own === undefined) return false
    if (own.priority === priority) return true
    throw new OutcomeUnknown('the queue does not show the caller before the others')
  }

  return {
    async spy(spied) {
      requireDialplan(spied.pbxId)
      await order(spied.pbxId, () => spyAction(spied, deviceOf(spied.extension)))
    },
    async changeSpy(changed) {
      const { control } = pbxOf(changed.pbxId)
      if (control === null) throw new PbxNotReady('no AMI user may change how a call is heard')
      try {
        await control.request(actionOrRefuse(() => changeSpyAction(changed)))
        return true
      } catch (error) {
        if (error instanceof ActionRefused && CHANNEL_GONE.test(error.message)) return false
        throw error
      }
    },
    async phoneUse(pbxId, extension) {
      const question = actionOrRefuse(() => phoneUseAction(extension, deviceOf(extension)))
      return useOf(headerOf(await pbxOf(pbxId).tracker.request(question), 'value') ?? '')
    },
    moveUp,
    async withdraw({ to, ...caller }) {
      requireDialplan(caller.pbxId)
      const { uniqueid, queue } = caller
      const channel = (await lineOf(caller)).find((one) => one.uniqueid === uniqueid)?.channel
      if (channel === undefined) return false
      return there(order(caller.pbxId, () => withdrawAction(queue, channel, to)))
    },
    async setPenalty(penalised) {
      await order(penalised.pbxId, () => penaltyAction(penalised, deviceOf(penalised.extension)))
    },
  }
}

function useOf(state: string): PhoneUse {
  if (IS_AWAY.test(state)) return 'away'
  return IS_FREE.test(state) ? 'free' : 'busy'
}

/** False when nobody of this name waits there any more. */
async function there(told: Promise<unknown>): Promise<boolean> {
  try {
    await told
    return true
  } catch (error) {
    if (error instanceof ActionRefused && NO_SUCH_CALLER.test(error.message)) return false
    throw error
  }
}
