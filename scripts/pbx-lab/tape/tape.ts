import { textOf, type AmiFrame, type RawFrame } from '../ami-frames.ts'

/** What the PBX says of itself at sign-in: QueueStatus and CoreShowChannels as received. */
export type TapeSnapshot = {
  readonly queues: readonly AmiFrame[]
  readonly channels: readonly AmiFrame[]
}

/** First line of a tape. */
export type TapeHeader = {
  readonly asterisk: string
  /** Version of the dialplan's journal and channel variables. */
  readonly dialplan: number
  readonly scenario: string
  readonly recordedAt: string
  readonly pbxId: string
  readonly snapshot: TapeSnapshot
}

/** One entry of the PBX journal. */
export type JournalEntry = { readonly family: string; readonly key: string; readonly value: string }

/** Every other line: an event, a journal entry, or the AMI link going away and coming back. */
export type TapeLine =
  | { readonly at: string; readonly event: AmiFrame; readonly raw?: string }
  | { readonly at: string; readonly journal: JournalEntry }
  | { readonly at: string; readonly link: 'lost' }
  | { readonly at: string; readonly link: 'restored'; readonly snapshot: TapeSnapshot }

/**
 * The line of an event, at the time of the PBX's own stamp (it may arrive later and in bunches), or
 * of its arrival for want of one. Bytes that text cannot carry (broken UTF-8, bare line feeds) stand
 * beside it.
 */
export function eventLine(raw: RawFrame, arrivedAtMs: number): TapeLine {
  const seconds = textOf(raw.frame, 'Timestamp')
  const atMs = seconds === '' ? arrivedAtMs : Number(seconds) * 1000
  const at = new Date(atMs).toISOString()
  const isBroken = /\uFFFD|(?<!\r)\n/.test(raw.bytes.toString('utf8'))
  return isBroken
    ? { at, event: raw.frame, raw: raw.bytes.toString('base64') }
    : { at, event: raw.frame }
}

/** The line of a journal entry, at the time that the PBX wrote into it. */
export function journalLine(entry: JournalEntry): TapeLine {
  const atMs = Number(entry.value.split('|')[1])
  return { at: new Date(atMs).toISOString(), journal: entry }
}

/**
 * Puts the journal between the events by time; the events keep their order of arrival. Of one
 * millisecond the journal is first: an event is stamped a moment after what it tells of.
 */
export function mergeLines(events: readonly TapeLine[], journal: readonly TapeLine[]): TapeLine[] {
  const waiting = journal.toSorted((a, b) => a.at.localeCompare(b.at))
  const merged: TapeLine[] = []
  for (const line of events) {
    while (waiting[0] !== undefined && waiting[0].at <= line.at) {
      merged.push(...waiting.splice(0, 1))
    }
    merged.push(line)
  }
  return [...merged, ...waiting]
}

/** The text of a tape file. */
export function formatTape(header: TapeHeader, lines: readonly TapeLine[]): string {
  return [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('')
}
