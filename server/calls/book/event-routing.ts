import type { CallBook } from './call-book.ts'
import type { CallEvent, ChannelView } from '../conversation/call-event.ts'
import { type Entry, isParty } from './call-index.ts'
import { membersOf } from './live-channels.ts'

type EventOf<T extends CallEvent['type']> = Extract<CallEvent, { type: T }>

/** Which call an event belongs to, by the channel that it is about. */
export function entryFor(book: CallBook, event: CallEvent): Entry | undefined {
  const { index } = book
  switch (event.type) {
    case 'queue_joined':
    case 'agent_called':
    case 'agent_connected':
      return index.get(event.caller.uniqueid) ?? entryOfLocal(book, event.caller)
    case 'dial_begun':
    case 'dial_ended':
      return entryOfDial(book, event)
    case 'hung_up':
    case 'channel_created':
      return index.get(event.channel.uniqueid)
    case 'agent_completed':
      return index.get(event.uniqueid) ?? index.get(event.agentUniqueid)
    case 'blind_transferred':
      return index.get(event.transfereeUniqueid) ?? index.get(event.transfererUniqueid)
    case 'picked_up':
      return index.get(event.targetUniqueid)
    case 'originate_responded':
    case 'callback_confirmation':
    case 'callback_consent':
    case 'journal_callback_ended':
      return index.get(event.channelId)
    case 'presentation_changed':
    case 'queue_left':
    case 'queue_abandoned':
    case 'agent_ring_no_answer':
    case 'agent_dumped':
    case 'held':
    case 'resumed':
    case 'journal_answered':
    case 'journal_ended':
    case 'callback_asked':
    case 'journal_asked':
      return index.get(event.uniqueid)
    case 'channel_renamed':
    case 'bridge_entered':
    case 'bridge_left':
    case 'local_bridged':
    case 'attended_transferred':
    case 'snapshot_taken':
      return undefined
  }
}

/** An agent who dials from a call consults; only the caller's own dials and Local halves count. */
function entryOfDial(
  book: CallBook,
  event: EventOf<'dial_begun' | 'dial_ended'>,
): Entry | undefined {
  const { caller, agent } = event
  if (caller === null) return book.index.get(agent.uniqueid)
  const entry = book.index.get(caller.uniqueid)
  if (entry === undefined) return entryOfLocal(book, caller)
  const isOwn = entry.call.uniqueid === caller.uniqueid || isParty(entry.call, caller.uniqueid)
  return isOwn || caller.endpoint === null ? entry : undefined
}

/** The call whose customer stands on this channel: their own, or a Local one by which an agent handed them on. */
export function entryOfCustomer(book: CallBook, uniqueid: string): Entry | undefined {
  const entry = book.index.get(uniqueid)
  if (entry !== undefined) {
    const { call } = entry
    const isFirst = call.direction === 'inbound' || call.callback.customerFirst !== null
    if (isParty(call, uniqueid) || (isFirst && call.uniqueid === uniqueid)) return entry
  }
  const peer = book.live.localPeers.get(uniqueid)
  return peer === undefined ? undefined : entryInBridge(book, peer)
}

/** A Local half belongs where its other half does, or where that half is bridged, or to its Linkedid. */
function entryOfLocal(book: CallBook, channel: ChannelView): Entry | undefined {
  if (channel.endpoint !== null) return undefined
  const peer = book.live.localPeers.get(channel.uniqueid)
  const byPeer =
    peer === undefined ? undefined : (book.index.get(peer) ?? entryInBridge(book, peer))
  return byPeer ?? book.index.byIdentity(channel.linkedid)
}

function entryInBridge(book: CallBook, uniqueid: string): Entry | undefined {
  const bridgeId = book.live.known.get(uniqueid)?.bridgeId ?? null
  if (bridgeId === null) return undefined
  for (const { view } of membersOf(book.live, bridgeId)) {
    const entry = book.index.get(view.uniqueid)
    if (entry !== undefined && isParty(entry.call, view.uniqueid)) return entry
  }
  return undefined
}
