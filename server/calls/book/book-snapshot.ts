import type { CallBook } from './call-book.ts'
import { type Applied, merge, NOTHING, record } from './book-step.ts'
import type { Call } from '../conversation/call.ts'
import { factsBetween } from '../conversation/facts-between.ts'
import type { CallEvent } from '../conversation/call-event.ts'
import type { Entry } from './call-index.ts'
import { indexSnapshot, reconcile, type SnapshotIndex } from '../conversation/snapshot-evidence.ts'
import { stand } from '../conversation/derive-status.ts'
import { callSeen } from './call-start.ts'
import { hangupOf, replaceChannels } from './live-channels.ts'

type EventOf<T extends CallEvent['type']> = Extract<CallEvent, { type: T }>

/** After a gap: what is no longer there has ended, what is there and unknown is entered. */
export function applySnapshot(book: CallBook, event: EventOf<'snapshot_taken'>): Applied {
  const seen = indexSnapshot(event.snapshot)
  replaceChannels(book.live, seen)
  for (const uniqueid of book.consults.keys()) {
    if (!seen.channels.has(uniqueid)) book.consults.delete(uniqueid)
  }
  let applied = NOTHING
  for (const entry of book.index.live()) {
    const after = stand(reconcile(entry.call, seen, book.rules))
    if (after !== entry.call) {
      applied = merge(applied, settleSeen(book, entry, entry.call, after, event))
    }
  }
  applied = merge(applied, enterUnknown(book, event, seen))
  const dropped = book.index.dropEndedBefore(seen.takenAt)
  return { ...applied, dropped: [...applied.dropped, ...dropped] }
}

function enterUnknown(
  book: CallBook,
  event: EventOf<'snapshot_taken'>,
  seen: SnapshotIndex,
): Applied {
  let applied = NOTHING
  for (const channel of seen.channels.values()) {
    if (book.index.has(channel.uniqueid)) continue
    if (hangupOf(book.live, channel.uniqueid) !== undefined) continue
    const start = callSeen(book.pbxId, channel, seen, book.rules)
    if (start === null) continue
    const entry = book.index.add(start)
    const after = stand(reconcile(start, seen, book.rules))
    applied = merge(applied, settleSeen(book, entry, null, after, event))
  }
  return applied
}

function settleSeen(
  book: CallBook,
  entry: Entry,
  before: Call | null,
  after: Call,
  event: EventOf<'snapshot_taken'>,
): Applied {
  const facts = factsBetween(before, after, event.snapshot.takenAt)
  const applied = record(book, entry, event, { call: after, facts })
  for (const segment of after.segments) book.index.link(entry, segment.agentUniqueid)
  const customer = after.callback?.customerUniqueid ?? null
  if (customer !== null) book.index.link(entry, customer)
  return applied
}
