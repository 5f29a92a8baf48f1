import type { PhoneDevice } from '#contract/staff.ts'
import type { PenaltyOrder, SpyOrder } from '../../control/steering/steering-order.ts'
import { type AmiAction, UnsafeAction } from '../orders/ami-action.ts'
import { phoneInterface } from '../orders/phone-interface.ts'

/** Where the phones of supervisors come when they answer (`dialplan/hotline.conf`), and nowhere else. */
const SPY_CONTEXT = 'hotline-spy'

/**
 * Rings the supervisor's phone, whose answer runs `hotline-spy`; it shows the phone's own number, by which a page that
 * is the phone knows the call. The channel is built from digits only.
 */
export function spyAction(order: SpyOrder, device: PhoneDevice): AmiAction {
  const { channelId, agentUniqueid, ringSeconds } = order
  allowed('extension', order.extension, EXTENSION)
  allowed('channelId', channelId, SPY)
  return {
    name: 'Originate',
    headers: {
      Channel: phoneInterface(order.extension, device),
      Context: SPY_CONTEXT,
      Exten: order.mode,
      Priority: 1,
      CallerID: `Hotline <${order.extension}>`,
      Timeout: Math.round(ringSeconds * 1000),
      Async: 'true',
      ChannelId: channelId,
    },
    variables: { SPY_TARGET: allowed('agentUniqueid', agentUniqueid, UNIQUEID) },
  }
}

/** The channel stays, and hears the same agent in another way. */
export function changeSpyAction({ channelId, mode }: Pick<SpyOrder, 'channelId' | 'mode'>) {
  const where = { Context: SPY_CONTEXT, Exten: mode, Priority: 1 }
  return { name: 'Redirect', headers: { Channel: allowed('channelId', channelId, SPY), ...where } }
}

export function phoneUseAction(extension: string, device: PhoneDevice): AmiAction {
  const phone = phoneInterface(allowed('extension', extension, EXTENSION), device)
  return { name: 'Getvar', headers: { Variable: `DEVICE_STATE(${phone})` } }
}

export function queueStatusAction(queue: string): AmiAction {
  return { name: 'QueueStatus', headers: { Queue: allowed('queue', queue, QUEUE) } }
}

/** Equal priority goes behind those who came before. */
export function priorityAction(queue: string, channel: string, priority: number): AmiAction {
  const Queue = allowed('queue', queue, QUEUE)
  const headers = { Queue, Caller: channel, Priority: priority, Immediate: 'yes' }
  return { name: 'QueueChangePriorityCaller', headers }
}

/** `hotline-withdrawn` of the dialplan reads what for. */
export function withdrawAction(
  queue: string,
  channel: string,
  to: { extension: string } | 'promise',
): AmiAction {
  const WithdrawInfo =
    to === 'promise' ? to : `agent-${allowed('extension', to.extension, EXTENSION)}`
  const Queue = allowed('queue', queue, QUEUE)
  return { name: 'QueueWithdrawCaller', headers: { Queue, Caller: channel, WithdrawInfo } }
}

export function penaltyAction(order: Omit<PenaltyOrder, 'pbxId'>, device: PhoneDevice): AmiAction {
  const Interface = phoneInterface(allowed('extension', order.extension, EXTENSION), device)
  const Queue = allowed('queue', order.queue, QUEUE)
  return { name: 'QueuePenalty', headers: { Queue, Interface, Penalty: order.penalty } }
}

const EXTENSION = /^[0-9]{2,6}$/
const QUEUE = /^[A-Za-z0-9_.][A-Za-z0-9_.-]{0,69}$/
const UNIQUEID = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,149}$/
const SPY = /^spy-[A-Za-z0-9-]{1,76}$/

function allowed(what: string, value: string, pattern: RegExp): string {
  if (pattern.test(value)) return value
  throw new UnsafeAction(`${what} is not allowed`)
}
