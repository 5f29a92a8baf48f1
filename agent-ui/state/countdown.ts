import type { CallbackView } from '#contract/callbacks.ts'

/** `4:05`, `1:02:09` from an hour on; negative spans count as their length. */
export function formatSpan(spanMs: number): string {
  const total = Math.floor(Math.abs(spanMs) / 1_000)
  const seconds = String(total % 60).padStart(2, '0')
  const minutes = Math.floor(total / 60) % 60
  const hours = Math.floor(total / 3_600)
  return hours > 0
    ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}`
    : `${minutes}:${seconds}`
}

/** Time since an instant, never negative (clocks differ a little). */
export function formatElapsed(since: string, nowMs: number): string {
  return formatSpan(Math.max(0, nowMs - Date.parse(since)))
}

/** Time until an instant, never negative; the last second is shown until it is over. */
export function formatLeft(until: string, nowMs: number): string {
  return formatSpan(Math.ceil(Math.max(0, Date.parse(until) - nowMs) / 1_000) * 1_000)
}

export type PromiseUrgency =
  | 'later'
  | 'soon'
  | 'due'
  | 'overdue'
  | 'placed'
  | 'dialing'
  | 'talking'
  | 'failed'

const SOON_MS = 10 * 60_000
/** A promise is "due" for this long before it reads as broken. */
const GRACE_MS = 60_000

/** Whether nobody is dialled yet: the caller keeps a place in a queue. */
export function isPlaced({ status, attempts = [] }: Standing): boolean {
  return status === 'dialing' && attempts.at(-1)?.stage === 'in_queue'
}

export type Standing = Pick<CallbackView, 'status'> & {
  attempts?: readonly Pick<CallbackView['attempts'][number], 'stage'>[]
}

/** How a promise stands now; `soon` starts ten minutes before it is due. */
export function promiseUrgency(
  promise: Standing & Pick<CallbackView, 'dueAt'>,
  nowMs: number,
): PromiseUrgency {
  if (promise.status === 'dialing') {
    if (isPlaced(promise)) return 'placed'
    return promise.attempts?.at(-1)?.stage === 'talking' ? 'talking' : 'dialing'
  }
  if (promise.status === 'failed') return 'failed'
  const left = Date.parse(promise.dueAt) - nowMs
  if (left <= -GRACE_MS) return 'overdue'
  if (left <= 0) return 'due'
  return left <= SOON_MS ? 'soon' : 'later'
}

/** What needs hands first: dialling, then failed, then by due time. */
export function sortPromises<P extends Pick<CallbackView, 'status' | 'dueAt' | 'id'>>(
  promises: readonly P[],
): P[] {
  const rank = (promise: P) =>
    promise.status === 'dialing' ? 0 : promise.status === 'failed' ? 1 : 2
  return promises.toSorted(
    (a, b) => rank(a) - rank(b) || a.dueAt.localeCompare(b.dueAt) || a.id.localeCompare(b.id),
  )
}
