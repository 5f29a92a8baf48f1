import { readdirSync, readFileSync } from 'node:fs'
import { frameBytes, parseTape } from '../../server/ami/tape.ts'
import type { Headers } from '../simulator/frames.ts'
import { placeHotlineCall } from '../simulator/hotline-call.ts'
import { createPbx, type Clock, type Member } from '../simulator/pbx.ts'

/** What AMI says of one answered hotline call. */
export interface RecordedCall {
  uniqueid: string
  /** Everything up to AgentConnect, AgentConnect itself, everything after. */
  before: Event[]
  answer: Event
  after: Event[]
}

export interface Event {
  eventClass: string
  headers: Headers
}

/**
 * Plays `count` calls on a simulated PBX in virtual time, all from `startMs` on. Each rings the
 * phones of all `extensions`, is answered by the first and ends.
 */
export function recordCalls(
  count: number,
  extensions: readonly string[],
  startMs: number,
): RecordedCall[] {
  const heard: Event[] = []
  const time = virtualTime()
  const pbx = createPbx(time.clock, (eventClass, headers) => heard.push({ eventClass, headers }))
  pbx.members = extensions.map((extension) => memberOf(extension, startMs))
  return Array.from({ length: count }, (_, index) => {
    time.start(startMs + index)
    const { uniqueid } = placeHotlineCall(pbx, {
      number: `09${String(10_000_000 + index)}`,
      queue: 'hotline',
      patienceMs: 60_000,
      talkMs: 5_000,
      answerAfterMs: () => 1_000,
    })
    time.run()
    return cut(uniqueid, heard.splice(0))
  })
}

function cut(uniqueid: string, heard: readonly Event[]): RecordedCall {
  const at = heard.findIndex(({ headers }) => headers[0]?.[1] === 'AgentConnect')
  const answer = heard[at]
  if (answer === undefined) throw new Error('the simulated call was not answered')
  return { uniqueid, before: heard.slice(0, at), answer, after: heard.slice(at + 1) }
}

/** What a real Asterisk sent: every recorded scenario, the lab's mix of filtered events. */
export interface RecordedStream {
  frames: number
  bytes: Buffer
}

const TAPES = new URL('../../test/tapes/', import.meta.url)
/** Further apart than the quarter of an hour for which ended calls are remembered. */
const ROUND_SECONDS = 3_600

/** Plays all tapes `rounds` times; each time as other calls, an hour later. */
export function recordedStream(rounds: number): RecordedStream {
  const tapes = readdirSync(TAPES)
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => framesOf(readFileSync(new URL(name, TAPES), 'utf8')))
    .filter((frames) => frames.length > 0)
  const texts = tapes.map((frames) => Buffer.concat(frames).toString('latin1'))
  const parts = Array.from({ length: rounds }, (_, round) =>
    texts.map((text, tape) => asOtherCalls(text, round, round * texts.length + tape)),
  )
  return {
    frames: rounds * tapes.reduce((sum, frames) => sum + frames.length, 0),
    bytes: Buffer.from(parts.flat().join(''), 'latin1'),
  }
}

/** None when the recording has an outage: what it leaves open needs the PBX's snapshot. */
function framesOf(tape: string): Buffer[] {
  const { lines } = parseTape(tape)
  if (lines.some((line) => 'link' in line)) return []
  return lines.flatMap((line) => ('event' in line ? [frameBytes(line.event, line.raw)] : []))
}

/** Uniqueids and times begin with epoch seconds; bridges and callbacks' channels hold UUIDs. */
function asOtherCalls(text: string, round: number, tape: number): string {
  const begin = tape.toString(16).padStart(8, '0')
  return text
    .replace(/\b1795\d{6}\b/g, (seconds) => String(Number(seconds) + round * ROUND_SECONDS))
    .replace(/\b[0-9a-f]{8}(?=-[0-9a-f]{4}-[0-9a-f]{4}-)/g, begin)
}

/** A free phone that has been a member of the hotline since `startMs`. */
export function memberOf(extension: string, startMs: number): Member {
  return {
    queue: 'hotline',
    interface: `PJSIP/${extension}`,
    memberName: extension,
    isPaused: false,
    pausedReason: '',
    callsTaken: 0,
    lastCallAt: 0,
    loginAt: Math.floor(startMs / 1000),
  }
}

/** A clock that stands still until `run` lets everything that is planned happen. */
function virtualTime(): { clock: Clock; start: (ms: number) => void; run: () => void } {
  let now = 0
  let waiting: { at: number; task: () => void }[] = []
  return {
    clock: {
      nowMs: () => now,
      after: (ms, task) => {
        const entry = { at: now + ms, task }
        waiting.push(entry)
        return () => {
          waiting = waiting.filter((other) => other !== entry)
        }
      },
    },
    start: (ms) => {
      now = ms
    },
    run: () => {
      while (waiting.length > 0) {
        waiting.sort((a, b) => a.at - b.at)
        const [due] = waiting.splice(0, 1)
        if (due === undefined) return
        now = Math.max(now, due.at)
        due.task()
      }
    },
  }
}
