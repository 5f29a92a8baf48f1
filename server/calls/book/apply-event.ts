import { applyAttendedTransfer, applyBridge } from './apply-bridge.ts'
import { noteIngress } from './site.ts'
import { entryFor } from './event-routing.ts'
import { applySnapshot } from './apply-snapshot.ts'
import type { CallBook } from './call-book.ts'
import { type Applied, NOTHING } from './applied.ts'
import { isParty } from './call-index.ts'
import { noteUntold } from './doubt.ts'
import { isConsult, withPhone } from './local-channels.ts'
import { applyToNewCall, applyToCall } from './apply-to-call.ts'
import type { CallEvent } from '../conversation/call-event.ts'
import {
  enterBridge,
  hangupOf,
  leaveBridge,
  noteAnswer,
  noteChannel,
  noteHangup,
  pairLocals,
} from './live-channels.ts'

/** Applies one event to the book. The same events give the same answers: time is the events' own. */
export function applyEvent(book: CallBook, event: CallEvent): Applied {
  noteIngress(book.ingress, event)
  if (event.type === 'snapshot_taken') return applySnapshot(book, event)
  trackChannels(book, event)
  if ('caller' in event && event.caller !== null && isLocalConsult(book, event)) return NOTHING
  if (event.type === 'bridge_entered') return applyBridge(book, event)
  if (event.type === 'attended_transferred') return applyAttendedTransfer(book, event)
  const meant = withPhone(book.live, event)
  const entry = entryFor(book, meant)
  return entry === undefined ? applyToNewCall(book, meant) : applyToCall(book, entry, meant)
}

/** An agent asks a queue for help by a Local channel (feature code): it is not the customer who waits. */
function isLocalConsult(book: CallBook, event: CallEvent): boolean {
  const { type } = event
  if (type !== 'queue_joined' && type !== 'agent_called' && type !== 'agent_connected') return false
  return isConsult(book.live, event.caller, (uniqueid) => {
    const entry = book.index.get(uniqueid)
    return entry !== undefined && isParty(entry.call, uniqueid)
  })
}

/** What an event shows of the PBX itself, whether or not a call of ours is concerned. */
function trackChannels(book: CallBook, event: CallEvent): void {
  const { live } = book
  if (event.type === 'journal_ended') book.untold.delete(event.uniqueid)
  if (event.type === 'bridge_entered') enterBridge(live, event.bridgeId, event.channel, event.at)
  else if (event.type === 'bridge_left') {
    leaveBridge(live, event.bridgeId, event.uniqueid, event.at)
  } else if (event.type === 'local_bridged') pairLocals(live, event.oneUniqueid, event.twoUniqueid)
  else if (event.type === 'channel_created') noteChannel(live, event.channel, event.at)
  else if (event.type === 'queue_joined') {
    if (event.caller.endpoint === null) noteChannel(live, event.caller, event.at)
    noteConsult(book, event)
  } else if (event.type === 'hung_up') {
    noteCallerGone(book, event)
    noteHangup(live, event)
    book.consults.delete(event.channel.uniqueid)
  } else if ('agent' in event) {
    noteChannel(live, event.agent, event.at)
    if (event.type === 'dial_ended' && event.dialStatus === 'ANSWER' && event.caller !== null)
      noteAnswer(live, event.caller, event.agent)
  }
}

function noteCallerGone(book: CallBook, event: Extract<CallEvent, { type: 'hung_up' }>): void {
  const { uniqueid } = event.channel
  if (book.index.has(uniqueid)) return
  noteUntold(book.untold, event, book.live.known.get(uniqueid)?.since ?? event.at)
}

function noteConsult(book: CallBook, event: Extract<CallEvent, { type: 'queue_joined' }>): void {
  const { endpoint, uniqueid } = event.caller
  if (endpoint === null || book.rules.isCustomer(event.caller)) return
  if (!book.index.has(uniqueid) && hangupOf(book.live, uniqueid) === undefined)
    book.consults.set(uniqueid, event)
}
