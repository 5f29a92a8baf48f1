import type { CallBook } from './call-book.ts'
import { type Applied, mergeApplied, NOTHING } from './applied.ts'
import { recordChange } from './apply-to-call.ts'
import { customerChannel } from '../conversation/caller.ts'
import type { CallEvent } from '../conversation/call-event.ts'
import type { Entry } from './call-index.ts'
import { indexSnapshot, type SnapshotIndex } from '../conversation/snapshot-index.ts'
import { type Reduced, reduceNewSnapshot, reduceSnapshot } from './reduce-call.ts'
import { newCallSeen } from './new-call.ts'
import { hangupOf, replaceChannels } from './live-channels.ts'

type EventOf<T extends CallEvent['type']> = Extract<CallEvent, { type: T }>

/** After a gap: what is no longer there has ended, what is there and unknown is entered. */
export function applySnapshot(book: CallBook, event: EventOf<'snapshot_taken'>): Applied {
  const lastHeardAt = event.snapshot.lastHeardAt ?? book.heardBefore
  const snapshot = indexSnapshot({ ...event.snapshot, lastHeardAt })
  replaceChannels(book.live, snapshot)
  for (const uniqueid of book.consults.keys()) {
    if (!snapshot.channels.has(uniqueid)) book.consults.delete(uniqueid)
  }
  let applied = NOTHING
  for (const entry of book.index.live()) {
    const reduced = reduceSnapshot(entry.call, snapshot, book.rules)
    if (reduced.call !== entry.call) {
      applied = mergeApplied(applied, recordSnapshot(book, entry, event, reduced))
    }
  }
  applied = mergeApplied(applied, startUnknownCalls(book, event, snapshot))
  const dropped = book.index.dropEndedBefore(snapshot.takenAt)
  return { ...applied, dropped: [...applied.dropped, ...dropped] }
}

function startUnknownCalls(
  book: CallBook,
  event: EventOf<'snapshot_taken'>,
  snapshot: SnapshotIndex,
): Applied {
  let applied = NOTHING
  for (const channel of snapshot.channels.values()) {
    if (book.index.has(channel.uniqueid)) continue
    if (hangupOf(book.live, channel.uniqueid) !== undefined) continue
    const start = newCallSeen(book.pbxId, channel, snapshot, book.rules)
    if (start === null) continue
    const entry = book.index.add(start)
    const reduced = reduceNewSnapshot(start, snapshot, book.rules)
    applied = mergeApplied(applied, recordSnapshot(book, entry, event, reduced))
  }
  return applied
}

function recordSnapshot(
  book: CallBook,
  entry: Entry,
  event: EventOf<'snapshot_taken'>,
  reduced: Reduced,
): Applied {
  const applied = recordChange(book, entry, event, reduced)
  const { call } = reduced
  for (const segment of call.segments) book.index.link(entry, segment.agentUniqueid)
  const customer = customerChannel(call)
  if (customer !== null) book.index.link(entry, customer)
  return applied
}
