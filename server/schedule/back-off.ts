/** How long to wait after failures that follow each other: doubled each time, up to a longest. */
export interface BackOff {
  firstMs: number
  longestMs: number
}

/** The wait after the `failures`-th failure in a row (from 1 on), in milliseconds. */
export function backOffMs(failures: number, { firstMs, longestMs }: BackOff): number {
  return Math.min(longestMs, firstMs * 2 ** Math.max(0, failures - 1))
}

/** How a row that fails is tried again: after `mostTries` it is set aside and tried no more. */
export interface RetryPolicy extends BackOff {
  mostTries: number
}

/** What becomes of a row after its `tries`-th failure: the wait before the next try, or null. */
export function retryInMs(tries: number, policy: RetryPolicy): number | null {
  return tries >= policy.mostTries ? null : backOffMs(tries, policy)
}
