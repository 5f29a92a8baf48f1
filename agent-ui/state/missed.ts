import type { MissedCaller } from '#contract/casework/missed.ts'

/** What becomes of a missed caller: `later` has its time, `due` waits for somebody to be free. */
export type MissedState = 'hidden' | 'later' | 'due' | 'dialing' | 'failed'

export function missedState({ promise }: Pick<MissedCaller, 'promise'>, now: number): MissedState {
  if (promise === null) return 'hidden'
  if (promise.status === 'dialing' || promise.status === 'failed') return promise.status
  return Date.parse(promise.dueAt) <= now ? 'due' : 'later'
}
