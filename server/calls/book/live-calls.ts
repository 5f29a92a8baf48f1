import type { Instant } from '#contract/primitives.ts'
import { isInQueue } from '../callback-call/callback-stage.ts'
import { numbersOnLine, numbersStaying } from '../callback-call/on-line.ts'
import type { Call } from '../conversation/call.ts'
import { openSegment } from '../talk/consult.ts'
import { type CallBook, liveCalls } from './call-book.ts'
import { entryOfCustomer } from './event-routing.ts'

/** The calls of one PBX, and the ids of those that are stored by their Uniqueid. */
export interface KnownCalls {
  book: CallBook
  ids: ReadonlyMap<string, string>
}

type CallId = Pick<Call, 'pbxId' | 'uniqueid'>

function isCall({ pbxId, uniqueid }: Call, one: CallId | undefined): boolean {
  return one?.pbxId === pbxId && one.uniqueid === uniqueid
}

/** What may be asked of the calls that go on, whichever PBX has them. */
export function liveCallsOf(lines: ReadonlyMap<string, KnownCalls>) {
  /** The call that this phone talks on now, once it is stored, or null. */
  function callOn(extension: string): { id: string; call: Call } | null {
    for (const { book, ids } of lines.values()) {
      for (const call of liveCalls(book)) {
        const id = ids.get(call.uniqueid)
        if (openSegment(call, extension)) return id === undefined ? null : { id, call }
      }
    }
    return null
  }

  /** The call with this id for as long as it goes on, else null. */
  function goingOn(id: string): Call | null {
    for (const { book, ids } of lines.values()) {
      for (const call of liveCalls(book)) if (ids.get(call.uniqueid) === id) return call
    }
    return null
  }

  function live(): Call[] {
    return [...lines.values()].flatMap(({ book }) => liveCalls(book))
  }

  /**
   * Since when the caller of this channel waits to be answered at all, however often they joined a queue; null when
   * they were answered, or no call of theirs is known.
   */
  function unansweredSince(pbxId: string, uniqueid: string): Instant | null {
    const call = lines.get(pbxId)?.book.index.byIdentity(uniqueid)?.call
    return call?.direction === 'inbound' && call.answeredAt === null ? call.enteredAt : null
  }

  /** Whether one of ours stands on this channel and no customer: on a phone of ours, or behind a Local channel. */
  function isColleague(pbxId: string, uniqueid: string): boolean {
    const book = lines.get(pbxId)?.book
    const endpoint = book?.live.known.get(uniqueid)?.view.endpoint
    if (book === undefined || endpoint === undefined) return false
    const isOurs = endpoint === null || book.rules.isInternal(endpoint)
    return isOurs && entryOfCustomer(book, uniqueid) === undefined
  }

  /** Whether anybody hung up and keeps a place in a queue. */
  function hasPlaces(): boolean {
    for (const { book } of lines.values()) if (book.index.hasLive(isInQueue)) return true
    return false
  }

  return {
    callOn,
    goingOn,
    live,
    numbersOnLine: () => numbersOnLine(live()),
    numbersStaying: (besides?: CallId) =>
      numbersStaying(live().filter((call) => !isCall(call, besides))),
    hasPlaces,
    unansweredSince,
    isColleague,
  }
}
