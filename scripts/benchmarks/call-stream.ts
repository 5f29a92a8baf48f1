import { formatFrame, type Headers } from '../simulator/frames.ts'
import { placeHotlineCall } from '../simulator/hotline-call.ts'
import { createPbx, type Clock, type Member } from '../simulator/pbx.ts'

/** The AMI bytes of answered hotline calls, one after the other, as a PBX would send them. */
export interface CallStream {
  /** One entry per call. */
  calls: RecordedCall[]
  events: number
}

export interface RecordedCall {
  uniqueid: string
  /** Everything up to AgentConnect, AgentConnect itself, everything after. */
  before: string
  answer: string
  after: string
}

/**
 * Plays `count` calls on a simulated PBX in virtual time. Each rings two phones, is answered by one
 * and ends; `firstNumber` keeps the channels of two streams apart.
 */
export function recordCalls(
  count: number,
  extensions: readonly string[],
  startMs: number,
): CallStream {
  const heard: Headers[] = []
  const time = virtualTime(startMs)
  const pbx = createPbx(time.clock, (_class, event) => heard.push(event))
  pbx.members = extensions.map((extension) => memberOf(extension, startMs))
  const calls: RecordedCall[] = []
  let events = 0
  for (let index = 0; index < count; index += 1) {
    const { uniqueid } = placeHotlineCall(pbx, {
      number: `09${String(10_000_000 + index)}`,
      queue: 'hotline',
      patienceMs: 60_000,
      talkMs: 5_000,
      answerAfterMs: () => 1_000,
    })
    time.run()
    events += heard.length
    calls.push(cut(uniqueid, heard.splice(0)))
  }
  return { calls, events }
}

/** Members' own states are left out: they are the queue page's, not the call's. */
function cut(uniqueid: string, heard: readonly Headers[]): RecordedCall {
  const at = heard.findIndex((event) => event[0]?.[1] === 'AgentConnect')
  return {
    uniqueid,
    before: bytesOf(heard.slice(0, at)),
    answer: bytesOf(heard.slice(at, at + 1)),
    after: bytesOf(heard.slice(at + 1)),
  }
}

function bytesOf(events: readonly Headers[]): string {
  return events.map(formatFrame).join('')
}

function memberOf(extension: string, startMs: number): Member {
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
function virtualTime(startMs: number): { clock: Clock; run: () => void } {
  let now = startMs
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
