import { countedQueue } from '../../server/calls/conversation/contribution.ts'
import type { CallFact } from '../../server/calls/conversation/call-fact.ts'
import { timeText } from './table-time.ts'

/** A fact as the tables tell it: when, what, who. */
export function factText(fact: CallFact): string {
  const words = [timeText(fact.at), fact.type]
  if ('extension' in fact) words.push(fact.extension)
  if ('reason' in fact) words.push(fact.reason)
  if ('stage' in fact) words.push(fact.stage)
  return words.join(' ')
}

/** What a fact changed in the counters of today. */
export function countText(fact: CallFact): string[] {
  if (fact.type !== 'call_counted') return []
  const { at, call, before, after } = fact
  const isBefore = after.offered === before.offered && call.queue === null
  const names = isBefore ? (['entered'] as const) : (['offered', 'answered', 'abandoned'] as const)
  const changes = names.flatMap((name) => {
    const by = after[name] - before[name]
    return by === 0 ? [] : [`${name}${by > 0 ? '+' : ''}${by}`]
  })
  if (changes.length === 0) return []
  return [`${timeText(at)} ${countedQueue(call) ?? '-'} ${changes.join(' ')}`]
}
