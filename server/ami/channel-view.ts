import type { Instant } from '#contract/primitives.ts'
import type { ChannelView } from '../calls/conversation/call-event.ts'
import type { ChannelHeaders, DestHeaders } from './ami-event.ts'
import { instantOfMs } from '../time.ts'
import { extensionOfEndpoint } from './orders/phone-interface.ts'

/** What PBXs, trunks and phones send when there is no number to show. Compared in lower case. */
const NO_NUMBER: ReadonlySet<string> = new Set([
  '',
  '<unknown>',
  'unknown',
  'anonymous',
  'restricted',
  'unavailable',
  'private',
  'withheld',
  's',
  'asterisk',
])
const LONGEST_TEXT = 120
/** The end of the year 9999, as far as instants of one length go. */
const LAST_MS = 253_402_300_800_000
// oxlint-disable-next-line no-control-regex -- control characters are what it removes
const CONTROL = /[\u0000-\u001f\u007f]/g
/** What nearly every number is: nothing to look up or to clean. */
const PLAIN_NUMBER = /^\+?[0-9]{2,20}$/
const ENDPOINT = /^(?:PJSIP|SIP)\/(.+)-[0-9a-f]{8,}$/

export function channelView(headers: ChannelHeaders): ChannelView {
  const variables = headers.chanvariable
  const withheld = variables?.HOTLINE_CLI === 'withheld'
  const view: ChannelView = {
    uniqueid: headers.uniqueid,
    linkedid: headers.linkedid,
    channel: headers.channel,
    endpoint: endpointOf(headers.channel),
    callerIdNum: withheld ? null : callerNumber(headers.calleridnum),
    callerIdName: withheld ? null : callerName(headers.calleridname),
    hotline: variables?.HOTLINE || null,
    withheld,
  }
  if (variables?.HOTLINE === undefined) view.hasNoTags = true
  return view
}

/** The other party of a queue or dial event. Phones of agents carry no hotline tags. */
export function destView(headers: DestHeaders): ChannelView {
  return {
    uniqueid: headers.destuniqueid,
    linkedid: headers.destlinkedid,
    channel: headers.destchannel,
    endpoint: endpointOf(headers.destchannel),
    callerIdNum: callerNumber(headers.destcalleridnum),
    callerIdName: callerName(headers.destcalleridname),
    hotline: null,
    withheld: false,
  }
}

/**
 * `101` of `PJSIP/101-0000002a` and of `PJSIP/web-101-0000002a`: a person's phones are their extension.
 * Null for Local channels and those about to vanish (`<ZOMBIE>`).
 */
export function endpointOf(channel: string): string | null {
  const endpoint = ENDPOINT.exec(channel)?.[1]
  return endpoint === undefined ? null : extensionOfEndpoint(endpoint)
}

/** `101` of the queue interfaces `PJSIP/101` and `PJSIP/web-101`; null for anything that is not one phone. */
export function extensionOf(device: string): string | null {
  const endpoint = /^(?:PJSIP|SIP)\/([A-Za-z0-9_.-]+)$/.exec(device)?.[1]
  return endpoint === undefined ? null : extensionOfEndpoint(endpoint)
}

/** A caller's number as delivered, or null when it says that there is none. */
export function callerNumber(raw: string | undefined): string | null {
  if (raw === undefined || PLAIN_NUMBER.test(raw)) return raw ?? null
  // what follows a control character was put there to be read as something else
  return plainName(raw.split(CONTROL)[0])
}

/** A caller's name from an event, where Asterisk escapes it (`O\'Brien`). */
export function callerName(raw: string | undefined): string | null {
  return raw === undefined ? null : plainName(raw.includes('\\') ? unescape(raw) : raw)
}

/** A caller's name as it is: QueueEntry does not escape. Null for the ways to say that there is none. */
export function plainName(raw: string | undefined): string | null {
  if (raw === undefined) return null
  const clean = raw.replace(CONTROL, '').trim().slice(0, LONGEST_TEXT)
  return NO_NUMBER.has(clean.toLowerCase()) ? null : clean
}

function unescape(text: string): string {
  // letters stand for control characters, which no name needs
  return text.replace(/\\(.)/g, (_all, one: string) => (/[abfnrtv]/.test(one) ? ' ' : one))
}

/** `Timestamp: 1795342958.596000` (PBX clock, UTC) as an instant; null when there is none. */
export function instantOf(timestamp: string | undefined): Instant | null {
  const ms = timestamp === undefined ? null : epochMsOf(timestamp)
  return ms === null ? null : instantOfMs(ms)
}

/** Epoch milliseconds of `1795342958.596000`, or null when that is no time. */
export function epochMsOf(timestamp: string): number | null {
  const ms = Math.floor(Number(timestamp) * 1000)
  return ms > 0 && ms < LAST_MS ? ms : null
}

/** Epoch seconds as an instant; 0 and nonsense are null. */
export function instantOfSeconds(seconds: number): Instant | null {
  return seconds > 0 && seconds * 1000 < LAST_MS ? instantOfMs(seconds * 1000) : null
}
