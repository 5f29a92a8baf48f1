import type { CallRules } from '../conversation/agent-extension.ts'
import type { CallEvent, ChannelView } from '../conversation/call-event.ts'

/** What is known of the site beside what its PBX says. */
export interface Site {
  /** Queues whose AgentConnect opens a ticket. */
  hotlineQueues: ReadonlySet<string>
  /** Whether this endpoint is a phone of ours: the extension of a person, or a member of a queue. */
  isPhone: (endpoint: string) => boolean
}

/** What one PBX has shown of how its callers come. It only grows. */
export interface Ingress {
  /** The dialplan tags customers: a tag was seen, or the dialplan says so itself. */
  tagsCustomers: boolean
  /** Endpoints by which customers came or were dialled: trunks, whatever they are called. */
  trunks: Set<string>
}

export function newIngress(): Ingress {
  return { tagsCustomers: false, trunks: new Set() }
}

/**
 * Who is a customer and who an agent (`design.md` §5 rule 1). The dialplan's tag decides; where no
 * tag was ever sent, a customer is who is no phone of ours. The look of a name only tells an agent
 * whom nobody has entered in the service, and never on a trunk.
 */
export function rulesOf(site: Site, ingress: Ingress): CallRules {
  const { isPhone } = site
  return {
    hotlineQueues: site.hotlineQueues,
    isPhone,
    isInternal: (endpoint) =>
      isPhone(endpoint) || (!ingress.trunks.has(endpoint) && /^\d{2,6}$/.test(endpoint)),
    isCustomer({ hotline, hasNoTags, endpoint }) {
      if (hotline !== null) return true
      if (ingress.tagsCustomers && hasNoTags !== true) return false
      return endpoint === null || !isPhone(endpoint)
    },
  }
}

/** Learns from an event how this PBX's callers come. */
export function noteIngress(ingress: Ingress, event: CallEvent): void {
  const { type } = event
  if (type === 'journal_answered' || type === 'journal_ended') {
    // only the dialplan that tags writes a journal
    ingress.tagsCustomers = true
  } else if (type === 'snapshot_taken') {
    if (event.snapshot.dialplanTags === true) ingress.tagsCustomers = true
    for (const channel of event.snapshot.channels) noteCustomer(ingress, channel)
  } else if (type === 'dial_begun') noteDialled(ingress, event.agent, event.dialString)
  if ('caller' in event && event.caller !== null) noteCustomer(ingress, event.caller)
  if ('channel' in event) noteCustomer(ingress, event.channel)
}

function noteCustomer(ingress: Ingress, channel: ChannelView): void {
  if (channel.hotline === null) return
  ingress.tagsCustomers = true
  if (channel.endpoint !== null) ingress.trunks.add(channel.endpoint)
}

/** `0912345678@701` rings a number by the trunk 701, `701` rings a phone. */
function noteDialled(ingress: Ingress, { endpoint }: ChannelView, dialString: string): void {
  if (endpoint !== null && dialString.endsWith(`@${endpoint}`)) ingress.trunks.add(endpoint)
}
