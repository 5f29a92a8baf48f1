import type { CustomerRecord, Pickup } from '../kills/evidence.ts'
import { HOTLINE } from '../kills/expected.ts'
import type { QueueStory } from '../kills/queue-log.ts'
import { about, agreed, type Told } from './told.ts'

/** What became of one who called, by queue_log and the phones. */
export type Fate =
  | 'answered'
  | 'held'
  | 'transferred'
  | 'picked up'
  | 'sent by a supervisor'
  | 'sent, refused, answered'
  | 'direct'
  | 'direct, not answered'
  | 'abandoned, short'
  | 'abandoned, long'
  | 'timed out'
  | 'virtual hold'
  | 'left in the notice'
  | 'full queue'
  | 'not taken by the PBX'

/** One who called and what both witnesses say; durations in seconds. */
export type Caller = {
  readonly record: CustomerRecord
  readonly story: QueueStory | null
  readonly fate: Fate
  /** From joining the queue to the first answer, or to the end of who was not answered; null outside queues. */
  readonly wait: Told | null
  /** From reaching the service to the first answer; null: not answered. */
  readonly whole: Told | null
  /** Who talked with the customer. */
  readonly parts: readonly Part[]
}

/** All that one phone talked with one customer. */
export type Part = {
  readonly extension: string
  readonly talk: Told
  readonly hold: Told
  /** Epoch milliseconds. */
  readonly endedAt: number
}

const SHORT_SECONDS = 5
/** The board counts whole seconds. */
const ROUNDING_SECONDS = 0.5
/** queue_log counts whole seconds, at both ends. */
const LOG_SECONDS = 1
/** queue_log cuts to whole seconds. */
const SAME_MOMENT_MS = 1_000
/** A phone learns of things a moment later, and a busy script of its phones. */
const PHONE_SECONDS = 0.35

/** What is known of the whole run. */
export type Known = {
  /** What is played between the PBX's answer and the queue. */
  readonly noticeMs: number
  /** Pickups of which no word was heard. */
  readonly silent: readonly Pickup[]
  /** So late a phone may have heard of something. */
  readonly lateSeconds: number
}

/** How late phones hear of things whose script stood still for so long. */
export function lateSeconds(stalledMs: number): number {
  return Math.max(PHONE_SECONDS, stalledMs / 1000)
}

/** What became of a caller. */
export function callerOf(record: CustomerRecord, story: QueueStory | null, known: Known): Caller {
  const { noticeMs } = known
  const parts = partsOf(record, story, known)
  const wait = story === null ? null : waitOf(record, story, known)
  const answeredAt = record.heard[0]?.from
  const whole =
    answeredAt === undefined || record.upAt === null
      ? null
      : about((answeredAt - record.upAt) / 1000, known.lateSeconds)
  return { record, story, parts, wait, whole, fate: fateOf(record, story, { wait, noticeMs }) }
}

/** True for who talked with an agent. */
export function isAnswered({ parts }: Pick<Caller, 'parts'>): boolean {
  return parts.length > 0
}

function fateOf(
  record: CustomerRecord,
  story: QueueStory | null,
  { wait, noticeMs }: { wait: Told | null; noticeMs: number },
): Fate {
  const isTalkedTo = record.heard.length > 0 || (story !== null && story.connect !== null)
  if (record.dialled !== HOTLINE) return isTalkedTo ? 'direct' : 'direct, not answered'
  if (story === null) return fateBeforeQueue(record, noticeMs)
  if (isTalkedTo) return fateOfAnswered(record, story)
  if (story.askedAfter !== null) return 'virtual hold'
  if (story.timedOutAfter !== null) return 'timed out'
  return wait !== null && wait.best < SHORT_SECONDS ? 'abandoned, short' : 'abandoned, long'
}

function fateBeforeQueue({ upAt, endedAt }: CustomerRecord, noticeMs: number): Fate {
  if (upAt === null) return 'not taken by the PBX'
  return (endedAt ?? Infinity) - upAt < noticeMs ? 'left in the notice' : 'full queue'
}

function fateOfAnswered(record: CustomerRecord, story: QueueStory): Fate {
  if (story.isWithdrawn)
    return story.connect === null ? 'sent by a supervisor' : 'sent, refused, answered'
  if (new Set(record.heard.map(({ extension }) => extension)).size > 1 || story.transfer !== null)
    return 'transferred'
  const [first] = record.heard
  if (first !== undefined && first.extension !== story.connect?.extension) return 'picked up'
  return record.holds.length > 0 ? 'held' : 'answered'
}

function waitOf(
  record: CustomerRecord,
  story: QueueStory,
  { noticeMs, lateSeconds: late }: Known,
): Told | null {
  const { upAt, heard, endedAt } = record
  const until = heard[0]?.from ?? endedAt
  const logged = loggedWait(story)
  const byPhones =
    upAt === null || until === null
      ? null
      : about(Math.max(0, until - upAt - noticeMs) / 1000, late)
  if (logged === null) return byPhones
  const byLog = about(logged, LOG_SECONDS)
  return byPhones === null ? byLog : agreed(byLog, byPhones)
}

/** Of who was sent away and came back the whole wait counts, from the first entry. */
function loggedWait({ connect, enteredAt, ...lost }: QueueStory): number | null {
  if (connect !== null) return (connect.at - enteredAt) / 1000
  if (lost.isWithdrawn) return null
  return lost.abandonedAfter ?? lost.timedOutAfter ?? lost.askedAfter
}

/**
 * What each phone heard and held; an answer of which no word was heard is queue_log's alone, but that names the
 * phone that rang also where another one took the call.
 */
function partsOf(
  { heard, holds, endedAt }: CustomerRecord,
  story: QueueStory | null,
  { silent, lateSeconds: late }: Known,
): Part[] {
  if (heard.length === 0 && story?.connect) {
    const { at } = story.connect
    const taken = silent.find(({ upAt }) => Math.abs(upAt - at) <= SAME_MOMENT_MS)
    const { extension } = taken ?? story.connect
    const talk = story.complete?.talkSeconds ?? 0
    return [
      {
        extension,
        talk: about(talk, LOG_SECONDS),
        hold: about(0, LOG_SECONDS),
        endedAt: endedAt ?? at,
      },
    ]
  }
  const byPhone = Map.groupBy(heard, ({ extension }) => extension)
  return [...byPhone].map(([extension, own]) => {
    const held = holds.filter((one) => one.extension === extension)
    const ends = [...own, ...held].map(({ to }) => to ?? endedAt ?? 0)
    return {
      extension,
      talk: about(secondsOf(own, endedAt), late + rounded(1 + held.length)),
      hold: about(secondsOf(held, endedAt), held.length === 0 ? 0 : late + rounded(held.length)),
      endedAt: Math.max(...ends),
    }
  })
}

/** The board rounds each duration, and takes rounded holds out of a rounded whole. */
function rounded(durations: number): number {
  return durations * ROUNDING_SECONDS
}

function secondsOf(
  spans: readonly { readonly from: number; readonly to: number | null }[],
  endedAt: number | null,
): number {
  return spans.reduce((sum, { from, to }) => sum + ((to ?? endedAt ?? from) - from) / 1000, 0)
}
