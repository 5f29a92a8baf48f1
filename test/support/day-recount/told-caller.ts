import type { CallEvent } from '../../../server/calls/conversation/call-event.ts'
import { callEvents } from '../call-table.ts'
import { time } from '../table-time.ts'

/** What became of a caller, as far as the PBX has told it. */
export type Becomes =
  | { is: 'waiting' | 'timed_out' | 'asked' | 'unserved' | 'never_in_queue' }
  | { is: 'answered' | 'abandoned'; atMs: number }

/** What is known of a caller from a moment on; it replaces what was known before. */
export interface Known {
  /** Epoch ms: when the service hears of it. */
  heardMs: number
  /** The queue of first entry; null for a call that came by no queue. */
  queue: string | null
  enteredMs: number
  becomes: Becomes
}

/** One event and when the service hears it, which may be long after it happened. */
export interface Told {
  heardMs: number
  event: CallEvent
}

/** What the queues show of a phone from a moment on; heard at that moment. */
export interface PhoneSeen {
  heardMs: number
  phone: string
  inUse: boolean
  lastCallMs: number | null
  wrapUpSeconds: number
}

/** An agent's part of the call, and when the service hears of its beginning and its end. */
export interface Part {
  phone: string
  fromMs: number
  toMs: number
  /** When the queues would offer the phone another call; null: nothing is shown of it. */
  freeMs: number | null
  holdSeconds: number
  /** From its end until its person was free or talked again, and from when on that is known; null: never. */
  rest: { seconds: number; knownMs: number } | null
  heardFromMs: number
  heardToMs: number
}

export interface Caller {
  pbxId: string
  /** Of the caller's channel; names the call. */
  uniqueid: string
  fate: string
  /** Epoch ms: when the caller reached the service. */
  beginsMs: number
  told: Told[]
  seen: PhoneSeen[]
  known: Known[]
  parts: Part[]
  /** The service hears that the call is over. */
  overHeardMs: number
}

export interface CallerStart {
  fate: string
  pbxId: string
  /** Of all callers of a day another one. */
  number: number
  beginsMs: number
}

export type Pen = ReturnType<typeof createPen>

/** Writes what the PBX says of one caller; all moments are ms after the caller came. */
export function createPen({ fate, pbxId, number, beginsMs }: CallerStart) {
  const uniqueid = `trunk#${number}`
  const nothing = {
    told: [],
    seen: [],
    known: [],
    parts: [],
    overHeardMs: Number.POSITIVE_INFINITY,
  }
  const caller: Caller = { pbxId, uniqueid, fate, beginsMs, ...nothing }
  const callerNumber = `09${String(number).padStart(8, '0')}`

  /** A line of `call-table.ts` without its time: `trunk` is the caller, `101a` a channel of phone 101. */
  function says(ms: number, text: string, heardMs = ms): void {
    const words = text
      .replaceAll(/\btrunk\b/g, uniqueid)
      .replaceAll(/\b(1\d\d)([a-c])\b/g, `$1#${number}$2`)
    const [event] = callEvents(`${clockText(ms)} ${words} num=${callerNumber}`)
    if (event === undefined) throw new Error(`"${text}" is no event`)
    if (text.startsWith('hung_up trunk') || text.startsWith('journal_ended trunk')) {
      caller.overHeardMs = Math.min(caller.overHeardMs, beginsMs + heardMs)
    }
    caller.told.push({ heardMs: beginsMs + heardMs, event: moved({ ...event, pbxId }, beginsMs) })
  }

  function knows(heardMs: number, known: { queue: string | null; enteredAt?: number } & Fact) {
    const { queue, enteredAt = 0, is, at = 0 } = known
    const becomes: Becomes =
      is === 'answered' || is === 'abandoned' ? { is, atMs: beginsMs + at } : { is }
    const enteredMs = beginsMs + enteredAt
    caller.known.push({ heardMs: beginsMs + heardMs, queue, enteredMs, becomes })
  }

  /** A phone's part, heard as it happens unless said otherwise. */
  function talks(phone: string, of: Talk): void {
    const { from, to, free = null, hold = 0, heardFrom = from, heardTo = to } = of
    caller.parts.push({
      phone,
      fromMs: beginsMs + from,
      toMs: beginsMs + to,
      freeMs: free === null ? null : beginsMs + free,
      holdSeconds: hold,
      rest: null,
      heardFromMs: beginsMs + heardFrom,
      heardToMs: beginsMs + heardTo,
    })
  }

  /** The same of a phone of which the queues show when it is in use, and that it rests afterwards. */
  function rests(phone: string, of: { from: number; to: number; seconds: number }): void {
    const { from, to, seconds: wrapUpSeconds } = of
    const idle = { phone, inUse: false, wrapUpSeconds }
    caller.seen.push(
      { ...idle, heardMs: beginsMs + from, inUse: true, lastCallMs: null },
      { ...idle, heardMs: beginsMs + to + 20, lastCallMs: beginsMs + to },
    )
    talks(phone, { from, to, free: to + wrapUpSeconds * 1000 })
  }

  return { caller, says, knows, talks, rests }
}

interface Talk {
  from: number
  to: number
  free?: number
  /** Seconds. */
  hold?: number
  heardFrom?: number
  heardTo?: number
}

interface Fact {
  is: Becomes['is']
  at?: number
}

/** Tables begin here. */
const TABLE_MS = Date.parse(time('00:00.000'))

/** `65432` → `01:05.432`. */
export function clockText(ms: number): string {
  return new Date(ms).toISOString().slice(14, 23)
}

function moved(event: CallEvent, beginsMs: number): CallEvent {
  const later = (at: string) => new Date(Date.parse(at) - TABLE_MS + beginsMs).toISOString()
  const at = later(event.at)
  return 'receivedAt' in event
    ? { ...event, at, receivedAt: later(event.receivedAt) }
    : { ...event, at }
}
