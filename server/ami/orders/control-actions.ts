import type { TransferOrder } from '../../ports.ts'
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
export const CHANNEL_GONE = /no such channel|channel does not exist/i
