import type { MembershipOrder, OriginateOrder } from '../ports.ts'
import { UnsafeAction, type AmiAction } from './ami-action.ts'

/** The one context that the service may dial into (`dialplan/hotline.conf`). */
const CALLBACK_CONTEXT = 'callback-out'

/**
 * Rings the agent's phone, then runs `callback-out` with the customer's number, which refuses after
 * `expiresMs` (epoch by the PBX's own clock). The agent sees the number that will be called. Never an Application, and the channel is built from digits only.
 */
export function originateAction(order: OriginateOrder, expiresMs: number): AmiAction {
  const { extension, channelId, ringSeconds } = order
  const number = nationalNumber(order.number)
  mustMatch('extension', extension, /^[0-9]{2,6}$/)
  mustMatch('number', number, /^\+?[0-9]{3,15}$/)
  mustMatch('channelId', channelId, /^[A-Za-z0-9_.-]{1,80}$/)
  if (!(ringSeconds >= 1 && ringSeconds <= 120))
    throw new UnsafeAction('ringSeconds is not 1 to 120')
  return {
    name: 'Originate',
    headers: {
      Channel: `PJSIP/${extension}`,
      Context: CALLBACK_CONTEXT,
      Exten: number,
      Priority: 1,
      Timeout: Math.round(ringSeconds * 1000),
      CallerID: number,
      Async: 'true',
      ChannelId: channelId,
    },
    variables: { CALLBACK_EXPIRES: String(Math.floor(expiresMs / 1000)) },
  }
}

/**
 * The actions that bring one member to the ordered state, in order, each with the refusal that means
 * "it is so already".
 */
export function membershipActions(
  order: MembershipOrder,
): { action: AmiAction; fine: RegExp | null }[] {
  const { queue, extension, state } = order
  mustMatch('queue', queue, /^[A-Za-z0-9_.-]{1,80}$/)
  mustMatch('extension', extension, /^[0-9]{2,6}$/)
  if (order.reason !== null) mustMatch('reason', order.reason, /^[A-Za-z0-9_]{0,40}$/)
  const who = { Queue: queue, Interface: `PJSIP/${extension}` }
  if (state === 'offline') {
    return [{ action: { name: 'QueueRemove', headers: who }, fine: /not there/i }]
  }
  const Paused = state === 'paused' ? 'true' : 'false'
  const Reason = state === 'paused' ? (order.reason ?? undefined) : undefined
  const add = { ...who, MemberName: extension, Penalty: 0, Paused }
  return [
    { action: { name: 'QueueAdd', headers: add }, fine: /already there/i },
    { action: { name: 'QueuePause', headers: { ...who, Paused, Reason } }, fine: null },
  ]
}

/** The dialplan knows customers' numbers in national form. */
function nationalNumber(number: string): string {
  return number.replace(/^\+84(?=[0-9]{9,10}$)/, '0')
}

function mustMatch(what: string, value: string, pattern: RegExp): void {
  if (!pattern.test(value)) throw new UnsafeAction(`${what} is not allowed`)
}
