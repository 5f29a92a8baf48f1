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
  const names = ['offered', 'answered', 'abandoned'] as const
  const changes = names.flatMap((name) => {
    const by = after[name] - before[name]
    return by === 0 ? [] : [`${name}${by > 0 ? '+' : ''}${by}`]
  })
  return [`${timeText(at)} ${call.queue ?? '-'} ${changes.join(' ')}`]
}
