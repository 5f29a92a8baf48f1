import type { Instant } from '#contract/primitives.ts'
import { laterOf, plusMs } from '../../time.ts'
import type { WantedState } from '../agent-state.ts'

const ONE_MORE_MS = 60_000
/** Nobody rests longer than this after a call by pressing for more: that is a pause with its reason. */
const LONGEST_MS = 10 * 60_000

/**
 * Until when this person rests after their call: as they asked, else as the queues make them, of which
 * `queuesUntil` is the last. Null when they do not.
 */
export function wrapUpEnd(
  wanted: WantedState,
  { queuesUntil, now }: { queuesUntil: Instant | null; now: Instant },
): Instant | null {
  if (isProlonged(wanted)) return wanted.wrapUpUntil ?? null
  return wanted.state === 'ready' && queuesUntil !== null && queuesUntil > now ? queuesUntil : null
}

/** Whether it is a pause that the person asked for, which ends by itself. */
export function isProlonged({ state, reason }: Pick<WantedState, 'state' | 'reason'>): boolean {
  return state === 'paused' && reason === 'wrap_up'
}

/** A minute more than they have, from now on at least; at most ten from now. */
export function prolonged(end: Instant, now: Instant): Instant {
  const wanted = plusMs(laterOf(end, now), ONE_MORE_MS)
  const longest = plusMs(now, LONGEST_MS)
  return wanted < longest ? wanted : longest
}
