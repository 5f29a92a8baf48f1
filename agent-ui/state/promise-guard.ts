import type { CallbackView } from '#contract/callbacks.ts'
import type { AgentStateChange, PauseReason } from '#contract/desk.ts'
import { sortPromises } from './countdown.ts'

/** Pauses in which nobody goes back for a promise that falls due. */
const LONG: readonly PauseReason[] = ['lunch', 'meeting', 'training', 'technical', 'personal']
/** As long as a long pause may take. */
const PAUSE_MS = 60 * 60_000

type Leaving = Pick<CallbackView, 'id' | 'status' | 'dueAt'>

/**
 * The promises that nobody would keep while their owner is away: of a long pause those that fall due
 * in it, of who leaves all; the first to be kept first.
 */
export function promisesLeft<P extends Leaving>(
  promises: readonly P[],
  change: AgentStateChange | 'signing_out',
  nowMs: number,
): P[] {
  const isLeaving = change === 'signing_out' || change.state === 'offline'
  if (!isLeaving && !isLong(change)) return []
  return sortPromises(
    promises.filter(
      ({ status, dueAt }) =>
        status === 'failed' ||
        (status === 'scheduled' && (isLeaving || Date.parse(dueAt) <= nowMs + PAUSE_MS)),
    ),
  )
}

/** Who leaves now is rung all the same: their promise is being dialled. */
export function promisesDialled<P extends Pick<CallbackView, 'status'>>(
  promises: readonly P[],
  change: AgentStateChange | 'signing_out',
): P[] {
  const isLeaving = change === 'signing_out' || change.state === 'offline'
  return isLeaving ? promises.filter(({ status }) => status === 'dialing') : []
}

function isLong({ state, reason }: AgentStateChange): boolean {
  return state === 'paused' && reason !== undefined && LONG.includes(reason)
}
