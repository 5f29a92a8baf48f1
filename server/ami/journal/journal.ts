import { z } from 'zod'
import type { Instant } from '#contract/primitives.ts'
import type { CallEvent, CallEventBody } from '../../calls/conversation/call-event.ts'
import type { AmiAction } from '../orders/ami-action.ts'
import { headerOf, type AmiFrame } from '../ami-frame.ts'
import { callerNumber, extensionOf } from '../channel-view.ts'
import { instantOfMs, plusMs } from '../../time.ts'

/**
 * The PBX journal: what the dialplan wrote into AstDB, families `hotline/YYYYMMDD` by UTC day of the
 * caller's entry (`dialplan/README.md` has the table of fields). Entries are late events: they carry
 * the same identities and change nothing that was heard live.
 */
const epochMs = z.coerce.number().int().min(1).max(8.64e15).transform(instantOfMs)
const seconds = z.coerce.number().int().min(0)
const cause = z.coerce.number().int().min(0).max(255)
const word = z.string().min(1)
const version = z.literal('v1')

const answered = z.tuple([version, epochMs, epochMs, word, word, seconds, z.string(), z.string()])
const endWord = z.enum([
  'answered',
  'abandoned',
  'timeout',
  'no_agents',
  'asked',
  'left_in_notice',
  'other',
])
/** Older dialplans wrote `short` of who hung up in the notice. */
const outcome = z.preprocess((told) => (told === 'short' ? 'left_in_notice' : told), endWord)
const end = [version, epochMs, epochMs, outcome, cause, z.string(), z.string()] as const
const ended = z.union([z.tuple([...end, word]), z.tuple([...end])])
const nationalNumber = z.string().regex(/^0[0-9]{9,10}$/)
const asked = z.tuple([version, epochMs, epochMs, word, nationalNumber, z.string()])
const maybeCause = z.union([z.literal('').transform(() => null), cause])
const consent = z.enum(['none', 'asked', 'given'])
const customerFirst = z.tuple([
  z.literal('v2'),
  epochMs,
  word,
  maybeCause,
  consent,
  z.string(),
  seconds,
])
const callback = z.tuple([version, epochMs, z.enum(['0', '1']), word, maybeCause, seconds])

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

export type CallbackEnded = Extract<CallEvent, { type: 'journal_callback_ended' }>

/** The families to read at `now`: a call of yesterday may have ended or been missed since. */
export function journalFamilies(now: Instant): string[] {
  return [familyOf(plusMs(now, -DAY_MS)), familyOf(now)]
}

/**
 * The families that may hold a callback placed at `submittedAt`, likeliest first: its UTC day, the
 * next one when the agent answered after midnight, and the one before when the PBX's clock is behind.
 */
export function callbackFamilies(submittedAt: Instant): string[] {
  return [0, DAY_MS, -DAY_MS].map((ms) => familyOf(plusMs(submittedAt, ms)))
}

/** The families that may hold a caller who entered then: the notice may have begun before midnight. */
export function callerFamilies(enteredAt: Instant): string[] {
  return [...new Set([familyOf(enteredAt), familyOf(plusMs(enteredAt, -HOUR_MS))])]
}

function familyOf(day: Instant): string {
  return `hotline/${day.slice(0, 10).replaceAll('-', '')}`
}

/** Asks for everything below `path` of a family. */
export function journalQuestion(family: string, path?: string): AmiAction {
  return { name: 'DBGetTree', headers: { Family: family, Key: path } }
}

/**
 * The events of the entries that DBGetTree listed, oldest first; `bad` counts unreadable ones.
 * `onOurClock` makes our epoch milliseconds of the PBX's.
 */
export function journalEvents(
  pbxId: string,
  family: string,
  frames: readonly AmiFrame[],
  onOurClock: (pbxMs: number) => number = (ms) => ms,
): { events: CallEvent[]; bad: number } {
  const events: CallEvent[] = []
  for (const frame of frames) {
    const event = journalEvent(pbxId, keyWithin(family, frame), headerOf(frame, 'val') ?? '')
    if (event !== null) events.push(withOurTimes(event, onOurClock))
  }
  events.sort((a, b) => a.at.localeCompare(b.at))
  return { events, bad: frames.length - events.length }
}

function withOurTimes(event: CallEvent, onOurClock: (pbxMs: number) => number): CallEvent {
  const ours = (at: Instant): Instant => instantOfMs(onOurClock(Date.parse(at)))
  const moved = { ...event, at: ours(event.at) }
  return 'receivedAt' in moved ? { ...moved, receivedAt: ours(moved.receivedAt) } : moved
}

/** One entry as an event; null when its key or value is not as the dialplan writes it. */
export function journalEvent(pbxId: string, key: string, value: string): CallEvent | null {
  const [kind = '', ...rest] = key.split('/')
  const id = rest.join('/')
  const fields = value.split('|')
  if (id === '') return null
  switch (kind) {
    case 'answered':
      return answeredEvent(pbxId, id, fields)
    case 'joined':
      return joinedEvent(pbxId, id, fields)
    case 'ended':
      return endedEvent(pbxId, id, fields)
    case 'hold':
      return askedEvent(pbxId, id, fields)
    case 'callback':
      return callbackEvent(pbxId, id, fields)
    default:
      return null
  }
}

/** The journal's word on one callback channel among what DBGetTree listed, or null. */
export function callbackEntry(
  family: string,
  channelId: string,
  frames: readonly AmiFrame[],
): CallbackEnded | null {
  const frame = frames.find((one) => keyWithin(family, one) === `callback/${channelId}`)
  const event = frame && journalEvent('', `callback/${channelId}`, headerOf(frame, 'val') ?? '')
  return event?.type === 'journal_callback_ended' ? event : null
}

function answeredEvent(pbxId: string, uniqueid: string, fields: string[]): CallEvent | null {
  const read = answered.safeParse(fields)
  if (!read.success) return null
  const [, at, receivedAt, queue, device, holdSeconds, from, linkedid] = read.data
  // a member that is no phone is named as it is: the call was answered all the same
  const extension = extensionOf(device) ?? device
  const body: CallEventBody = {
    type: 'journal_answered',
    uniqueid,
    linkedid: linkedid || uniqueid,
    receivedAt,
    queue,
    extension,
    holdSeconds,
    callerIdNum: callerNumber(from),
    withheld: from === 'withheld',
  }
  return { pbxId, at, ...body }
}

/** Who answered after a transfer: the same fields, under the caller and the moment. */
function joinedEvent(pbxId: string, id: string, fields: string[]): CallEvent | null {
  const event = answeredEvent(pbxId, id.slice(0, id.lastIndexOf('/')), fields)
  return event?.type === 'journal_answered' ? { ...event, isLater: true } : null
}

function endedEvent(pbxId: string, uniqueid: string, fields: string[]): CallEvent | null {
  const read = ended.safeParse(fields)
  if (!read.success) return null
  const [, at, receivedAt, how, hangupCause, queue, from, refusedBy] = read.data
  const body: CallEventBody = {
    type: 'journal_ended',
    uniqueid,
    receivedAt,
    outcome: how,
    cause: hangupCause,
    queue,
    callerIdNum: callerNumber(from),
    withheld: from === 'withheld',
    ...(refusedBy === undefined ? {} : { refusedBy }),
  }
  return { pbxId, at, ...body }
}

function askedEvent(pbxId: string, uniqueid: string, fields: string[]): CallEvent | null {
  const read = asked.safeParse(fields)
  if (!read.success) return null
  const [, at, receivedAt, queue, number, from] = read.data
  const caller = { callerIdNum: callerNumber(from), withheld: from === 'withheld' }
  return { pbxId, at, type: 'journal_asked', uniqueid, receivedAt, queue, number, ...caller }
}

function callbackEvent(pbxId: string, channelId: string, fields: string[]): CallEvent | null {
  if (fields[0] === 'v2') return customerFirstEvent(pbxId, channelId, fields)
  const read = callback.safeParse(fields)
  if (!read.success) return null
  const [, at, agentAnswered, dialStatus, hangupCause, talkSeconds] = read.data
  const body: CallEventBody = {
    type: 'journal_callback_ended',
    channelId,
    agentAnswered: agentAnswered === '1',
    dialStatus: dialStatus === 'none' ? null : dialStatus,
    cause: hangupCause,
    talkSeconds,
  }
  return { pbxId, at, ...body }
}

/** Of a customer who was rung first; the phone is that of the agent who talked to them. */
function customerFirstEvent(pbxId: string, channelId: string, fields: string[]): CallEvent | null {
  const read = customerFirst.safeParse(fields)
  if (!read.success) return null
  const [, at, dialStatus, hangupCause, said, device, talkSeconds] = read.data
  const extension = device === '' ? null : (extensionOf(device) ?? device)
  const body: CallEventBody = {
    type: 'journal_callback_ended',
    channelId,
    agentAnswered: extension !== null,
    dialStatus: dialStatus === 'none' ? null : dialStatus,
    cause: hangupCause,
    talkSeconds,
    customerFirst: { consent: said, extension },
  }
  return { pbxId, at, ...body }
}

/** `answered/1700000000.1` of `/hotline/20261122/answered/1700000000.1`. */
function keyWithin(family: string, frame: AmiFrame): string {
  const path = (headerOf(frame, 'key') ?? '').replace(/^\//, '')
  return path.startsWith(`${family}/`) ? path.slice(family.length + 1) : ''
}
