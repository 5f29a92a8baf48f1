import { callConsent } from '../../server/calls/conversation/call.ts'
import type { JournalConsent } from '../../server/calls/conversation/call-event.ts'

/** What a line of a call table says of a customer who was rung first: `consent=given extension=102`. */
export function consentOf(consent: string, extension: string): JournalConsent {
  return { consent: callConsent.safeParse(consent).data ?? 'none', extension: extension || null }
}
