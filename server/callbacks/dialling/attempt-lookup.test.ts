import { describe, expect, test } from 'vitest'
import type { AttemptStage } from '#contract/callbacks.ts'
import { decideLookup, isFurther, NO_TRACE_MS } from './attempt-lookup.ts'

const talked = {
  endedAt: '2026-11-23T02:31:00.000Z',
  agentAnswered: true,
  dialStatus: 'ANSWER',
  hangupCause: 16,
  talkSeconds: 20,
}
const busy = { ...talked, dialStatus: 'BUSY', hangupCause: 17, talkSeconds: 0 }

/** A mailbox took the call. */
const short = { ...talked, talkSeconds: 9 }
const shortestTalkSeconds = 10

const OLD = NO_TRACE_MS
const YOUNG = NO_TRACE_MS - 1
const DAY = 24 * 60 * 60_000

describe('an attempt whose end nobody heard', () => {
  test.each([
    // stage seen, live, journal, age → decision
    ['unknown', true, null, OLD, 'still_live'],
    ['talking', true, null, OLD, 'still_live'],
    ['unknown', true, busy, OLD, 'still_live'],
    ['unknown', false, null, YOUNG, 'ask_again'],
    ['talking', false, null, YOUNG, 'ask_again'],
    ['unknown', false, busy, YOUNG, 'ended busy evidence'],
    ['unknown', false, talked, OLD, 'ended reached evidence'],
    ['unknown', false, short, OLD, 'ended no_answer evidence'],
    ['unknown', false, null, OLD, 'ended not_placed no_trace'],
    ['submitted', false, null, OLD, 'ended not_placed no_trace'],
    ['submitted', false, null, DAY - 1, 'ended not_placed no_trace'],
    ['submitted', false, null, DAY, 'ended not_placed trace_lost'],
    ['submitted', false, talked, 3 * DAY, 'ended reached evidence'],
    ['agent_ringing', false, null, 3 * DAY, 'ended agent_no_answer evidence'],
    ['agent_ringing', false, null, OLD, 'ended agent_no_answer evidence'],
    ['agent_answered', false, null, OLD, 'ended abandoned_by_agent evidence'],
    ['confirming', false, null, OLD, 'ended not_confirmed evidence'],
    ['customer_ringing', false, null, OLD, 'ended no_answer evidence'],
    ['talking', false, null, OLD, 'ended reached evidence'],
    ['in_queue', false, null, OLD, 'ended place_lost evidence'],
  ] as const)(
    'seen %s, live %s, journal %o, %i ms old → %6$s',
    (stage, live, journal, ageMs, said) => {
      const seen = { stage, live, journal, ageMs, shortestTalkSeconds }
      const decision = decideLookup({ ...seen, isPbxNew: false })
      const words =
        decision.kind === 'ended' ? `ended ${decision.outcome} ${decision.source}` : decision.kind
      expect(words).toBe(said)
    },
  )

  test.each([
    ['submitted', null, 'not_placed no_trace'],
    ['in_queue', null, 'place_lost evidence'],
    ['agent_ringing', null, 'pbx_lost evidence'],
    ['agent_answered', null, 'pbx_lost evidence'],
    ['customer_ringing', null, 'pbx_lost evidence'],
    ['talking', null, 'reached evidence'],
    ['customer_ringing', busy, 'busy evidence'],
    ['consenting', null, 'pbx_lost evidence'],
  ] as const)('seen %s, journal %o, the PBX started anew since → %s', (stage, journal, said) => {
    const seen = { stage, journal, live: false, isPbxNew: true, ageMs: YOUNG, shortestTalkSeconds }
    expect(decideLookup(seen)).toMatchObject({
      kind: 'ended',
      outcome: said.split(' ')[0],
      source: said.split(' ')[1],
    })
  })

  test('the journal also tells the cause', () => {
    const seen = { stage: 'unknown', live: false, journal: busy, isPbxNew: false } as const
    const decision = decideLookup({ ...seen, ageMs: 5000, shortestTalkSeconds })
    expect(decision).toMatchObject({ hangupCause: 17 })
  })
})

test('stages only move forward', () => {
  const order: AttemptStage[] = [
    'submitted',
    'agent_ringing',
    'agent_answered',
    'confirming',
    'customer_ringing',
    'consenting',
    'customer_waiting',
    'talking',
    'ended',
  ]
  order.forEach((stage, at) => {
    for (const [other, than] of order.entries()) expect(isFurther(stage, than)).toBe(at > other)
  })
  expect(isFurther('agent_ringing', 'unknown')).toBe(true)
  expect(isFurther('unknown', 'submitted')).toBe(false)
})
