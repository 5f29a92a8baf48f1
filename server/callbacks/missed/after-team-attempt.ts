import type { AttemptOutcome } from '#contract/callbacks.ts'
import { plusMs } from '../../time.ts'
import {
  type AfterEnd,
  type AttemptEnded,
  NOT_REACHED,
  type TriedPromise,
} from '../policy/after-attempt.ts'

/** A missed caller is tried as often in all as any customer (`process.md` rows 8 and 9). */
export const TEAM_RETRIES = 2
/** Ends that were the agent's: the next one is rung, for there is no owner to decide. */
const OF_THE_AGENT: readonly AttemptOutcome[] = [
  'agent_no_answer',
  'abandoned_by_agent',
  'forwarded',
  'picked_up',
]
const NEXT_AGENT_AFTER_MS = 2 * 60_000
/** After so many attempts in all a person decides. */
const MOST_ATTEMPTS = 10
const GIVEN_UP_AFTER: readonly AttemptOutcome[] = ['no_answer', 'busy', 'rejected']

/**
 * What becomes of a team's promise whose attempt ended, given what becomes of any promise: it is the
 * team's again, goes to the next agent when the first did not come, and ends by itself when the
 * caller could not be had three times.
 */
export function afterTeamEnd(
  { attempts }: Pick<TriedPromise, 'attempts'>,
  { outcome, retry }: Pick<AttemptEnded, 'outcome' | 'retry'>,
  after: AfterEnd,
): AfterEnd {
  if (after.status === 'done') return after
  const free = { ...after, assigneeId: null }
  if (after.status !== 'failed') return free
  if (OF_THE_AGENT.includes(outcome) && attempts < MOST_ATTEMPTS) {
    return { ...free, status: 'scheduled', dueAt: plusMs(retry.at, NEXT_AGENT_AFTER_MS) }
  }
  return GIVEN_UP_AFTER.includes(outcome)
    ? { ...free, status: 'cancelled', cancelReason: NOT_REACHED }
    : free
}
