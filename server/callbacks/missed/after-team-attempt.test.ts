import { expect, test } from 'vitest'
import type { AttemptOutcome } from '#contract/callbacks.ts'
import { afterEnd } from '../policy/after-attempt.ts'
import { afterTeamEnd, TEAM_RETRIES } from './after-team-attempt.ts'

const AT = '2026-11-23T02:00:00.000Z'

function after(outcome: AttemptOutcome, { attempts = 1, retries = 0 } = {}) {
  const attempt = { number: attempts, submittedAt: AT }
  const retry = { most: TEAM_RETRIES, at: AT }
  const ended = { type: 'attempt_ended', attempt, outcome, source: 'evidence', retry } as const
  return afterTeamEnd({ attempts }, ended, afterEnd({ attempts, retries, faults: 0 }, ended))
}

test('a caller who was reached stays with who reached them', () => {
  expect(after('reached')).toEqual({ status: 'done' })
})

test.each(['no_answer', 'busy', 'rejected'] as const)(
  'a caller who was not had (%s) is the team’s again, and given up after the third time',
  (outcome) => {
    expect(after(outcome, { attempts: 2, retries: 1 })).toMatchObject({
      status: 'scheduled',
      assigneeId: null,
      retries: 2,
    })
    expect(after(outcome, { attempts: 3, retries: 2 })).toEqual({
      status: 'cancelled',
      cancelReason: 'not_reached',
      assigneeId: null,
    })
  },
)

test.each(['agent_no_answer', 'abandoned_by_agent', 'forwarded', 'picked_up'] as const)(
  'an agent who did not come (%s) is followed by the next, two minutes later, not for ever',
  (outcome) => {
    expect(after(outcome)).toEqual({
      status: 'scheduled',
      dueAt: '2026-11-23T02:02:00.000Z',
      assigneeId: null,
    })
    expect(after(outcome, { attempts: 10 })).toEqual({ status: 'failed', assigneeId: null })
  },
)

test('a number that is nobody’s is for a person to decide', () => {
  expect(after('bad_number')).toEqual({ status: 'failed', assigneeId: null })
})
