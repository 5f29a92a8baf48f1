import type { Instant } from '#contract/primitives.ts'
import { type Call, type Visit } from './call.ts'
import { plusSeconds, earlierOf } from '../../time.ts'

/** An entry that was worked out from whole seconds lies this near to the one that is heard later. */
const WORKED_OUT_WITHIN_MS = 5_000

const OPEN = { leftAt: null, leaveHeard: true, abandonSaid: false }

/** The caller joined a queue at this moment. */
export function joinQueue(call: Call, queue: string, at: Instant): Call {
  if (call.visits.some((visit) => visit.queue === queue && visit.joinedAt === at)) return call
  const guessed = call.visits.find((visit) => isGuessOf(visit, queue, at))
  if (guessed !== undefined) return changeVisit(call, guessed, { joinedAt: at, heard: true })
  if (call.endedAt !== null) return call
  return addVisit(call, { ...OPEN, queue, joinedAt: at, heard: true })
}

/** The caller is or was in this queue since about then: known from a wait in whole seconds. */
export function inferVisit(call: Call, queue: string, at: Instant, waited: number): Call {
  const joinedAt = plusSeconds(at, -waited)
  const known = call.visits.findLast((visit) => visit.queue === queue)
  if (known !== undefined && (known.leftAt === null || isNear(known, queue, joinedAt))) {
    return isSeenLate(known, joinedAt) ? changeVisit(call, known, { joinedAt }) : call
  }
  return addVisit(call, { ...OPEN, queue, joinedAt, heard: false })
}

/** Who was first seen while a phone rang had waited before; whole seconds alone move nobody. */
function isSeenLate(known: Visit, joinedAt: Instant): boolean {
  return !known.heard && known.joinedAt > plusSeconds(joinedAt, 1)
}

/** Leaves come on every exit and also just before an answer: they decide nothing by themselves. */
export function leaveQueue(call: Call, queue: string | null, at: Instant): Call {
  if (call.visits.some((visit) => visit.leftAt === at && visit.leaveHeard)) return call
  const visit = openVisit(call, queue, at) ?? unheardLeave(call, queue, at)
  return visit === undefined ? call : changeVisit(call, visit, { leftAt: at, leaveHeard: true })
}

/** The PBX shows the caller elsewhere: the leave itself, and what it was, nobody heard. */
export function leaveUnheard(call: Call, at: Instant): Call {
  const visit = openVisit(call, null, at)
  return visit === undefined ? call : changeVisit(call, visit, { leftAt: at, leaveHeard: false })
}

/** The stay that a leave at this moment ends, when its own was not heard. */
function unheardLeave(call: Call, queue: string | null, at: Instant): Visit | undefined {
  const last = call.visits.findLast(
    (visit) => visit.joinedAt <= at && (queue === null || visit.queue === queue),
  )
  return last?.leaveHeard === false ? last : undefined
}

/** What Asterisk calls abandoned: the caller, a timeout or an empty queue. Comes before the leave. */
export function noteAbandon(call: Call, queue: string, at: Instant): Call {
  const visit = call.visits.findLast(
    (candidate) =>
      candidate.queue === queue &&
      candidate.joinedAt <= at &&
      (candidate.leftAt === null || at <= candidate.leftAt),
  )
  if (visit === undefined || visit.abandonSaid) return call
  return changeVisit(call, visit, { abandonSaid: true })
}

export function isInQueue(call: Call): boolean {
  return call.visits.some((visit) => visit.leftAt === null)
}

function openVisit(call: Call, queue: string | null, at: Instant): Visit | undefined {
  return call.visits.findLast(
    (visit) =>
      visit.leftAt === null && visit.joinedAt <= at && (queue === null || visit.queue === queue),
  )
}

/** Who had left before came anew, however soon: handed on by whoever answered. */
function isGuessOf(visit: Visit, queue: string, at: Instant): boolean {
  const isLeftBefore = visit.leftAt !== null && visit.leftAt < at
  return !visit.heard && !isLeftBefore && isNear(visit, queue, at)
}

function isNear(visit: Visit, queue: string, at: Instant): boolean {
  if (visit.queue !== queue) return false
  return Math.abs(Date.parse(visit.joinedAt) - Date.parse(at)) <= WORKED_OUT_WITHIN_MS
}

function addVisit(call: Call, visit: Visit): Call {
  const visits = [...call.visits, visit].toSorted((a, b) => (a.joinedAt < b.joinedAt ? -1 : 1))
  return withVisits(call, visits)
}

function changeVisit(call: Call, visit: Visit, change: Partial<Visit>): Call {
  return withVisits(
    call,
    call.visits.map((each) => (each === visit ? { ...each, ...change } : each)),
  )
}

/** A call that began with a queue began with its first visit; later visits are transfers. */
function withVisits(call: Call, visits: Visit[]): Call {
  const first = visits[0]
  const beganElsewhere = call.queue === null && (call.rings.length > 0 || call.answeredAt !== null)
  if (first === undefined || beganElsewhere || call.direction === 'callback')
    return { ...call, visits }
  const enteredAt = first.heard ? first.joinedAt : earlierOf(call.enteredAt, first.joinedAt)
  return { ...call, visits, queue: first.queue, enteredAt }
}
