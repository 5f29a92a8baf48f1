import type { CallOutcome } from '#contract/calls.ts'
import type { CustomerRecord, Span, Witness } from './evidence.ts'
import { parseQueueLog, queueStories, type QueueStory } from './queue-log.ts'

/** What a call became, by queue_log and the phones. */
export type Kind =
  | 'answered'
  | 'held'
  | 'picked up'
  | 'transferred'
  | 'direct'
  | 'cut while talking'
  | 'cut while waiting'
  | 'abandoned'
  | 'timed out'
  | 'full queue'
  | 'direct, not answered'
  | 'cut before the queue'
  | 'not taken by the PBX'

/** A number of seconds and who says so. */
export type Figure = { readonly seconds: number; readonly by: 'queue_log' | 'phones' }

/** Why the service may not know of a call: nobody was left who could tell it. */
export type Excuse =
  | 'answered in the last second before both were down'
  | 'waited while both went down'

/** What the service should say of one call that a customer placed. */
export type ExpectedCall = {
  readonly kind: Kind
  readonly number: string
  /** Null where queue_log does not know the call. */
  readonly uniqueid: string | null
  /** The queue that counts it. */
  readonly queue: string | null
  /** Null: the call left no trace that anybody could find. */
  readonly outcome: CallOutcome | null
  /** The extension that owns the ticket; null: no ticket. */
  readonly assignee: string | null
  /** Who talked with the customer, in order. */
  readonly agents: readonly string[]
  readonly wait: Figure | null
  readonly talk: Figure | null
  readonly excuse: Excuse | null
  /** Fields that nobody could tell the service right, each with the reason. */
  readonly unseen: Readonly<Partial<Record<'agents' | 'wait' | 'talk', string>>>
}

/** What was said in the last moment before a kill may not have been kept yet. */
const KEPT_MS = 250
/** The phones learn of a crash a moment after it. */
const CUT_MS = 300
/** AstDB reaches its file once a second. */
const JOURNAL_IS_SAFE_MS = 1_200

/** What the books should hold, worked out from queue_log and from what the phones wrote. */
export function expectedCalls(witness: Witness): ExpectedCall[] {
  const stories = queueStories(parseQueueLog(witness.queueLog))
  const byNumber = new Map(stories.map((story) => [story.number, story]))
  return witness.customers.map((record) => {
    const story = byNumber.get(record.number) ?? null
    const kind = kindOf(record, story)
    const known = expectationOf(kind, record, story)
    return { ...known, excuse: excuseOf(record, witness), unseen: unseenOf(record, story, witness) }
  })
}

/** The extensions that heard the customer, each part once. */
export function agentsOf(record: CustomerRecord): string[] {
  const names = record.heard.toSorted((one, two) => one.from - two.from)
  return names
    .map(({ extension }) => extension)
    .filter((name, place, all) => name !== all[place - 1])
}

function kindOf(record: CustomerRecord, story: QueueStory | null): Kind {
  const heard = agentsOf(record)
  const isAnswered = heard.length > 0 || (story !== null && story.connect !== null)
  const isBeforeQueue = story === null && record.dialled === HOTLINE && !isAnswered
  if (record.endedBy === 'kill' && isBeforeQueue) return 'cut before the queue'
  if (record.endedBy === 'kill') return isAnswered ? 'cut while talking' : 'cut while waiting'
  if (story === null) return kindOutsideQueues(record, isAnswered)
  if (!isAnswered) return story.timedOutAfter === null ? 'abandoned' : 'timed out'
  if (story.transfer !== null || heard.length > 1) return 'transferred'
  if (story.connect !== null && heard[0] !== undefined && heard[0] !== story.connect.extension)
    return 'picked up'
  return record.holds.length > 0 ? 'held' : 'answered'
}

function kindOutsideQueues(record: CustomerRecord, isAnswered: boolean): Kind {
  if (record.dialled === HOTLINE)
    return record.upAt === null ? 'not taken by the PBX' : 'full queue'
  if (isAnswered) return agentsOf(record).length > 1 ? 'transferred' : 'direct'
  return 'direct, not answered'
}

/** The number that leads into the queue. */
export const HOTLINE = '19000382'

function expectationOf(
  kind: Kind,
  record: CustomerRecord,
  story: QueueStory | null,
): Omit<ExpectedCall, 'excuse' | 'unseen'> {
  const heard = agentsOf(record)
  const connected = story?.connect?.extension
  const assignee = heard[0] ?? connected ?? null
  const agents = heard.length > 0 ? heard : connected === undefined ? [] : [connected]
  const known = {
    kind,
    number: record.number,
    uniqueid: story?.uniqueid ?? null,
    queue: story?.queue ?? null,
    outcome: outcomeOf(kind, record),
  }
  if (assignee === null)
    return { ...known, assignee, agents, wait: lostWait(record, story), talk: null }
  const answeredAt = record.heard[0]?.from ?? story?.connect?.at ?? record.placedAt
  return {
    ...known,
    assignee,
    agents,
    wait: story?.connect
      ? { seconds: story.connect.holdSeconds, by: 'queue_log' }
      : byPhones(record.placedAt, answeredAt),
    talk: talkOf(kind, record, story, answeredAt),
  }
}

function outcomeOf(kind: Kind, record: CustomerRecord): CallOutcome | null {
  switch (kind) {
    case 'answered':
    case 'held':
    case 'picked up':
    case 'transferred':
    case 'direct':
    case 'cut while talking':
      return 'answered'
    case 'cut while waiting':
      return 'unobserved'
    case 'abandoned':
      return 'abandoned'
    case 'timed out':
      return 'timeout'
    case 'full queue':
      return 'not_answered'
    case 'direct, not answered':
      return record.endedBy === 'customer' ? 'abandoned' : 'not_answered'
    case 'cut before the queue':
    case 'not taken by the PBX':
      return null
  }
}

/** Who was never answered waited to the end: queue_log tells it of those who hung up in the queue. */
function lostWait(record: CustomerRecord, story: QueueStory | null): Figure | null {
  if (story?.abandonedAfter != null) return { seconds: story.abandonedAfter, by: 'queue_log' }
  return record.endedAt === null ? null : byPhones(record.placedAt, record.endedAt)
}

/** queue_log loses sight of a call that is transferred or cut. */
function talkOf(
  kind: Kind,
  record: CustomerRecord,
  story: QueueStory | null,
  answeredAt: number,
): Figure | null {
  const isOfQueue = kind === 'answered' || kind === 'held'
  if (isOfQueue && story?.complete) return { seconds: story.complete.talkSeconds, by: 'queue_log' }
  return record.endedAt === null ? null : byPhones(answeredAt, record.endedAt)
}

function byPhones(from: number, to: number): Figure {
  return { seconds: Math.max(0, to - from) / 1000, by: 'phones' }
}

function excuseOf(record: CustomerRecord, witness: Witness): Excuse | null {
  const answeredAt = record.heard[0]?.from
  const from = answeredAt ?? record.placedAt
  const kill = witness.pbxDown.find((down) => down.from >= from)
  if (kill === undefined || !isDeaf(witness.listening, { from, to: kill.from })) return null
  if (answeredAt !== undefined) {
    const isLate = kill.from - answeredAt <= JOURNAL_IS_SAFE_MS
    return isLate ? 'answered in the last second before both were down' : null
  }
  const isOver = record.endedAt !== null && record.endedAt < kill.from - JOURNAL_IS_SAFE_MS
  return isOver ? null : 'waited while both went down'
}

/** The journal knows of answers and of an end; a crash leaves no end, an attended transfer no answer. */
function unseenOf(
  record: CustomerRecord,
  story: QueueStory | null,
  witness: Witness,
): ExpectedCall['unseen'] {
  const { endedAt, heard } = record
  const { listening } = witness
  if (endedAt === null) return {}
  const second = heard.find(({ extension }) => extension !== heard[0]?.extension)
  const kill = witness.pbxDown.find((down) => down.from >= endedAt - CUT_MS)
  const isInJournal =
    story?.transfer === 'blind' &&
    second !== undefined &&
    (kill === undefined || kill.from - second.from > JOURNAL_IS_SAFE_MS)
  const isUnknown =
    second !== undefined && !isInJournal && isDeaf(listening, { from: second.from, to: endedAt })
  const agents = isUnknown ? { agents: 'handed over and over while nobody listened' } : {}
  const isLost = kill !== undefined && kill.from - endedAt <= JOURNAL_IS_SAFE_MS
  if (!isLost || !isDeaf(listening, { from: endedAt - CUT_MS, to: kill.from })) return agents
  const why = 'its end fell into the last second before both were down'
  return { ...agents, ...(heard.length > 0 ? { talk: why } : { wait: why }) }
}

/** True when the service did not listen at any moment of a time. */
export function isDeaf(listening: readonly Span[], { from, to }: Span): boolean {
  return listening.every((span) => span.to - KEPT_MS <= from || span.from >= to)
}
