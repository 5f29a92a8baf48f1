import type { Call } from '../calls/conversation/call.ts'

/**
 * The channel whose end is the end of the whole call: the caller's; of a callback the first leg, and after
 * that was handed on, the customer's.
 */
export function channelToEnd(call: Call): string {
  if (call.direction === 'inbound' || call.agentLegEndedAt === null) return call.uniqueid
  return call.callback.customerUniqueid ?? call.uniqueid
}
