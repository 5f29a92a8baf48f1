import type { CallBook } from './call-book.ts'
import { type Applied, mergeApplied, NOTHING } from './applied.ts'
import { linkAgentChannel, applyToCall } from './apply-to-call.ts'
import type { CallEvent } from '../conversation/call-event.ts'
import { type Entry, isParty } from './call-index.ts'
import { noTicketLine } from '../call-timeline.ts'
import { hearersOf, phoneBehind } from './local-channels.ts'

type EventOf<T extends CallEvent['type']> = Extract<CallEvent, { type: T }>

/**
 * Whoever enters a bridge meets who hears it, through Local channels too: each pair of a caller and an
 * agent counts once.
 */
export function applyBridge(book: CallBook, event: EventOf<'bridge_entered'>): Applied {
  const { channel, bridgeId, swapUniqueid } = event
  let applied = NOTHING
  const swapped = swapUniqueid === null ? undefined : book.index.get(swapUniqueid)
  if (swapped !== undefined && !isParty(swapped.call, swapUniqueid ?? '')) {
    applied = applyMeeting(book, swapped, event)
  }
  const hearers = hearersOf(book.live, bridgeId)
  for (const party of hearers) {
    const entry = book.index.get(party.uniqueid)
    if (entry === undefined || !isParty(entry.call, party.uniqueid)) continue
    for (const view of hearers) {
      if (view.uniqueid === party.uniqueid) continue
      const isOwn = view.uniqueid === channel.uniqueid
      if (isOwn && entry === swapped) continue
      const met = isOwn ? event : { ...event, channel: view, swapUniqueid: null }
      applied = mergeApplied(applied, applyMeeting(book, entry, met))
    }
  }
  return applied
}

function applyMeeting(book: CallBook, entry: Entry, event: EventOf<'bridge_entered'>): Applied {
  const applied = applyToCall(book, entry, event)
  linkAgentChannel(book, entry, event)
  return applied
}

/** The customer's call goes on with whoever is on the other side; two customers keep their calls. */
export function applyAttendedTransfer(
  book: CallBook,
  event: EventOf<'attended_transferred'>,
): Applied {
  const transferee = partyEntry(book, event.transfereeUniqueid)
  const target = partyEntry(book, event.targetUniqueid)
  if (transferee !== undefined && target !== undefined && transferee !== target) {
    const parted = { ...event, target: null }
    return mergeApplied(applyToCall(book, transferee, parted), applyToCall(book, target, parted))
  }
  const byLeg = event.transfererUniqueids.map((leg) => book.index.get(leg)).find(Boolean)
  const entry = transferee ?? target ?? byLeg
  if (entry === undefined) return NOTHING
  const other = target === entry ? event.transfereeUniqueid : event.targetUniqueid
  const seen = other === event.targetUniqueid ? event.target : null
  const shown = seen ?? book.live.known.get(other ?? '')?.view ?? null
  const isLocal = shown !== null && shown.endpoint === null
  const view = isLocal ? (phoneBehind(book.live, shown.uniqueid) ?? shown) : shown
  const applied = applyToCall(book, entry, { ...event, targetUniqueid: other, target: view })
  linkAgentChannel(book, entry, { ...event, target: view })
  return explainConsult(book, entry, event, applied)
}

function partyEntry(book: CallBook, uniqueid: string | null): Entry | undefined {
  const entry = book.index.get(uniqueid)
  return entry !== undefined && isParty(entry.call, uniqueid ?? '') ? entry : undefined
}

/** An agent had asked a queue for help: that visit opened no ticket, and here is why. */
function explainConsult(
  book: CallBook,
  entry: Entry,
  event: EventOf<'attended_transferred'>,
  applied: Applied,
): Applied {
  const consult = event.transfererUniqueids.map((leg) => book.consults.get(leg)).find(Boolean)
  if (consult === undefined) return applied
  const detail = { queue: consult.queue, extension: consult.caller.endpoint ?? '' }
  const why = noTicketLine('internal_caller', consult.at, detail)
  const timeline = [...applied.timeline, { uniqueid: entry.call.uniqueid, entry: why }]
  return { ...applied, timeline }
}
