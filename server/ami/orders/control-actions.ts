import type { ConsultOrder, TransferOrder } from '../../ports.ts'
import { type AmiAction, UnsafeAction } from './ami-action.ts'

/** Where transferred callers are taken in (`dialplan/hotline.conf`): phones and queues, nothing else. */
const TRANSFER_CONTEXT = 'hotline-transfer'
const NORMAL_CLEARING = 16

/** Ends the one channel that has this Uniqueid. */
export function endChannelAction(uniqueid: string): AmiAction {
  return { name: 'Hangup', headers: { Channel: exactly(uniqueid), Cause: NORMAL_CLEARING } }
}

/** Whoever talks to the caller is left; the caller rings the phone, or waits in the queue. */
export function transferAction({ uniqueid, to }: TransferOrder): AmiAction {
  const Exten = 'queue' in to ? `queue-${queueName(to.queue)}` : extension(to.extension)
  const where = { Context: TRANSFER_CONTEXT, Exten, Priority: 1 }
  return { name: 'Redirect', headers: { Channel: exactly(uniqueid), ...where } }
}

/** `atxfercomplete` of `dialplan/features.conf`: while nobody is asked it does nothing. */
const HAND_OVER = ['*', '5']

/**
 * What the agent's phone would do by its keys: ask a colleague, then give them the caller or take the caller
 * back. As keys, because they mean nothing any more once the colleague has gone: ending the agent's channel then
 * would end the caller's call.
 */
export function consultActions({ agentUniqueid, step }: ConsultOrder): AmiAction[] {
  const Channel = exactly(agentUniqueid)
  if (step === 'take_back') return [{ name: 'CancelAtxfer', headers: { Channel } }]
  if (step !== 'hand_over')
    return [{ name: 'Atxfer', headers: { Channel, Exten: extension(step.ask) } }]
  return HAND_OVER.map((Digit) => ({
    name: 'PlayDTMF',
    headers: { Channel, Digit, Receive: 'true' },
  }))
}

/** Asterisk finds a channel by its Uniqueid too; what begins with / it would take as a pattern for many. */
function exactly(uniqueid: string): string {
  return allowed('uniqueid', uniqueid, /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,149}$/)
}

function extension(digits: string): string {
  return allowed('extension', digits, /^[0-9]{2,6}$/)
}

function queueName(name: string): string {
  return allowed('queue', name, /^[A-Za-z0-9_.][A-Za-z0-9_.-]{0,69}$/)
}

function allowed(what: string, value: string, pattern: RegExp): string {
  if (pattern.test(value)) return value
  throw new UnsafeAction(`${what} is not allowed`)
}

/** How Asterisk says that a channel is no more. */
export const CHANNEL_GONE = /no such channel|channel (?:specified )?(?:does not exist|not found)/i
