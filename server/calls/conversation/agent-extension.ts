import type { ChannelView } from './call-event.ts'

/** What the calls of one PBX need to know about it; `book/site.ts` makes them. */
export interface CallRules {
  /** Queues whose AgentConnect opens a ticket. */
  hotlineQueues: ReadonlySet<string>
  /** Whether this is the extension of a person or a member of a queue. */
  isPhone(endpoint: string): boolean
  /** Whether an endpoint is one of our own phones and not the carrier. */
  isInternal(endpoint: string): boolean
  /** Whether this channel, waiting in a hotline queue, is a customer's. */
  isCustomer(channel: ChannelView): boolean
}

const LOCAL_MEMBER = /^Local\/(\d{2,6})@/
const MEMBER_NAME = /(?:^|\/)(\d{2,6})(?:@|$)/

/** The phone of a queue member that the journal names; what leads to no phone keeps its own name. */
export function memberExtension(device: string, rules: CallRules): string {
  const local = LOCAL_MEMBER.exec(device)?.[1]
  return local !== undefined && rules.isPhone(local) ? local : device
}

/**
 * The extension of the agent on this channel: the phone that really answered first (a colleague may
 * have picked the call up), the queue's member name second. Null for channels of no agent.
 */
export function agentExtension(
  channel: ChannelView,
  memberName: string | null,
  rules: CallRules,
): string | null {
  if (channel.endpoint !== null && rules.isInternal(channel.endpoint)) return channel.endpoint
  const local = LOCAL_MEMBER.exec(channel.channel)?.[1]
  // a Local channel to a queue or a service (`Local/8001@…`) is nobody
  if (local !== undefined && rules.isPhone(local)) return local
  if (memberName === null) return null
  return MEMBER_NAME.exec(memberName)?.[1] ?? channel.endpoint
}
