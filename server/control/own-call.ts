import type { Call } from '../calls/conversation/call.ts'

/**
 * The channel whose end is the end of the whole call: the caller's; of a callback the first leg, and after
 * that was handed on, the customer's.
 */
export function channelToEnd(call: Call): string {
  if (call.direction === 'inbound' || call.agentLegEndedAt === null) return call.uniqueid
  return call.callback.customerUniqueid ?? call.uniqueid
}

/** Whether whoever ordered this call has left it, while the customer talks or waits on. */
export function isHandedOn(
  live: readonly Call[],
  { pbxId, channelId }: { pbxId: string; channelId: string },
): boolean {
  const call = live.find((one) => one.pbxId === pbxId && one.uniqueid === channelId)
  return call?.direction === 'callback' && call.agentLegEndedAt !== null
}
