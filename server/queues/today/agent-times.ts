import { type AgentTimes, NO_TIME, timesAt } from '#contract/supervision/agent-day.ts'
import type { Instant } from '#contract/primitives.ts'
import { laterOf } from '../../time.ts'
import type { WantedState } from '../agent-state.ts'

export type Wish = Pick<WantedState, 'state' | 'reason'>

/** One stored stretch of a person's time in the queues. */
export interface TimeStretch {
  startedAt: Instant
  /** Null: it still lasts. */
  endedAt: Instant | null
  isPaused: boolean
}

/** A rest after a call that its person prolonged is work, and no pause. */
export function isPause({ state, reason }: Wish): boolean {
  return state === 'paused' && reason !== 'wrap_up'
}

/** What was until now is added up, and this state begins. */
export function withState(times: AgentTimes, wish: Wish, at: Instant): AgentTimes {
  const { signedIn, paused } = timesAt(times, Date.parse(at))
  const running = wish.state === 'offline' ? null : { since: at, isPaused: isPause(wish) }
  return { signedInSeconds: signedIn, pausedSeconds: paused, running }
}

/** The day begins anew at this moment: only who is there goes on. */
export function sinceMidnight(times: AgentTimes, midnight: Instant): AgentTimes {
  return times.running === null
    ? NO_TIME
    : { ...NO_TIME, running: { ...times.running, since: laterOf(midnight, times.running.since) } }
}

/** The stretches of one person, oldest first, as far as they are of the day that began at `midnight`. */
export function sumTimes(stretches: readonly TimeStretch[], midnight: Instant): AgentTimes {
  return stretches.reduce((sum: AgentTimes, { startedAt, endedAt, isPaused }) => {
    const begun = { ...sum, running: { since: laterOf(midnight, startedAt), isPaused } }
    return endedAt === null ? begun : withState(begun, { state: 'offline', reason: null }, endedAt)
  }, NO_TIME)
}
