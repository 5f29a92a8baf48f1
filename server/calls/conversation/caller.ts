import type { Call } from './call.ts'
import type { CallEvent, ChannelView } from './call-event.ts'

type PresentationChanged = Extract<CallEvent, { type: 'presentation_changed' }>

/** What an event shows of the caller's own channel. A number once withheld stays withheld. */
export function withCaller(call: Call, channel: ChannelView): Call {
  if (channel.uniqueid !== call.uniqueid) return call
  const withheld = call.withheld || channel.withheld
  const callerIdNum = withheld ? null : (call.callerIdNum ?? channel.callerIdNum)
  const callerIdName = withheld ? null : (call.callerIdName ?? channel.callerIdName)
  const tagged = call.tagged || channel.hotline !== null
  const linkedids = withLinkedid(call.linkedids, channel.linkedid)
  const isKnown =
    withheld === call.withheld &&
    callerIdNum === call.callerIdNum &&
    callerIdName === call.callerIdName &&
    tagged === call.tagged &&
    linkedids === call.linkedids
  return isKnown ? call : { ...call, withheld, callerIdNum, callerIdName, tagged, linkedids }
}

function withLinkedid(linkedids: string[], linkedid: string): string[] {
  return linkedids.includes(linkedid) ? linkedids : [...linkedids, linkedid]
}

export function withPresentation(call: Call, event: PresentationChanged): Call {
  if (event.uniqueid !== call.uniqueid || call.withheld) return call
  if (event.withheld) return { ...call, withheld: true, callerIdNum: null, callerIdName: null }
  if (event.callerIdNum === null || call.callerIdNum !== null) return call
  return { ...call, callerIdNum: event.callerIdNum }
}

/** The customer's channel: the caller's, or the one that a callback dialled. */
export function customerChannel(call: Call): string | null {
  return call.direction === 'callback' ? call.callback.customerUniqueid : call.uniqueid
}
