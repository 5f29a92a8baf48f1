import type { Instant } from '#contract/primitives.ts'
import type { Call, CallbackCall } from '../conversation/call.ts'
import type { CallEvent, PbxSnapshot } from '../conversation/call-event.ts'

/** A call of which the PBX's journal may know more than was heard. */
export interface CallInDoubt {
  uniqueid: string
  /** The journal keeps a call by the day of its entry. */
  enteredAt: Instant
}

/**
 * The callers whose answer or end was not heard: gone without a Hangup, out of their queue without a
 * leave, talking without an AgentConnect; and callbacks that are over and whose customer was only seen
 * talking. `snapshot` is what the PBX shows now. A call stays in doubt until the journal has spoken or
 * it is forgotten, 15 minutes after its end.
 */
export function callsInDoubt(calls: readonly Call[], snapshot: PbxSnapshot): CallInDoubt[] {
  const channels = new Set(snapshot.channels.map(({ uniqueid }) => uniqueid))
  const waiting = new Set(snapshot.waiting.map(({ uniqueid }) => uniqueid))
  return calls
    .filter((call) => {
      if (call.enteredAt > snapshot.takenAt) return false
      if (call.direction === 'callback') return isAnswerInDoubt(call)
      if (call.endedAt !== null) return isEndInDoubt(call)
      const { uniqueid } = call
      return !channels.has(uniqueid) || (call.answeredAt === null && !waiting.has(uniqueid))
    })
    .map(({ uniqueid, enteredAt }) => ({ uniqueid, enteredAt }))
}

/** A customer who came and went without an event that begins a call: the journal knows why. */
export interface UntoldCaller extends CallInDoubt {
  leftAt: Instant
}

/** The journal's word is there at the hangup; who is not in it by then never will be. */
const UNTOLD_MS = 3 * 60_000

/**
 * A tagged caller hung up of whom nothing is known: refused by a full queue, sent to a phone that is
 * not there, or gone during the notice.
 */
export function noteUntold(
  untold: Map<string, UntoldCaller>,
  { channel, at }: Extract<CallEvent, { type: 'hung_up' }>,
  enteredAt: Instant,
): void {
  for (const [uniqueid, { leftAt }] of untold) if (isOld(leftAt, at)) untold.delete(uniqueid)
  if (channel.hotline === null || channel.channel.endsWith('<ZOMBIE>')) return
  untold.set(channel.uniqueid, { uniqueid: channel.uniqueid, enteredAt, leftAt: at })
}

/** Those of whom the journal has not spoken yet. */
export function untoldInDoubt(
  untold: ReadonlyMap<string, UntoldCaller>,
  { takenAt }: PbxSnapshot,
): CallInDoubt[] {
  return [...untold.values()]
    .filter(({ leftAt }) => leftAt <= takenAt && !isOld(leftAt, takenAt))
    .map(({ uniqueid, enteredAt }) => ({ uniqueid, enteredAt }))
}

function isOld(leftAt: Instant, at: Instant): boolean {
  return Date.parse(at) - Date.parse(leftAt) > UNTOLD_MS
}

/** A heard answer brings the dial status with it, and so does the journal. */
function isAnswerInDoubt({ endedAt, callback }: CallbackCall): boolean {
  return endedAt !== null && callback.customerAnsweredAt !== null && callback.dialStatus === null
}

function isEndInDoubt(call: Call): boolean {
  if (!call.endHeard) return true
  const isTold = call.answeredAt !== null || call.toldOutcome !== null
  return !isTold && call.visits.at(-1)?.leaveHeard === false
}
