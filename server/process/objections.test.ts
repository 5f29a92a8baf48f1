import { describe, expect, it } from 'vitest'
import { aCase, caseFacts } from '../../test/support/domain/a-case.ts'
import type { Evidence } from './case.ts'
import {
  answersOnChannel,
  isAnyTry,
  isTryOn,
  isVerified,
  missing,
  objections,
  tooFewTries,
  tooLateToReopen,
  tooOldToDiscard,
} from './objections.ts'

const MONDAY = '2026-11-23T02:00:00.000Z'
const TUESDAY = '2026-11-24T02:00:00.000Z'
const SATURDAY = '2026-11-28T02:00:00.000Z'
const attempt = (at: string): Evidence => ({ at, channel: 'hotline', kind: 'attempt' })
const mail = (at: string): Evidence => ({ at, channel: 'email', kind: 'mail' })

it('of several objections those stand whose condition holds', () => {
  const one = missing('note', 'write why')
  expect(objections(false, one, null)).toEqual([
    { path: 'note', code: 'note_missing', reason: 'write why' },
  ])
})

describe('what is discarded', () => {
  it('was opened by a call', () => {
    const facts = caseFacts({ now: MONDAY })
    expect(tooOldToDiscard(aCase({ openedByCall: false }), facts)?.code).toBe('not_by_call')
    expect(tooOldToDiscard(aCase({ createdAt: MONDAY }), facts)).toBe(null)
  })

  it('is younger than a day, to the millisecond', () => {
    const ticket = aCase({ createdAt: MONDAY })
    const at = (now: string) => tooOldToDiscard(ticket, caseFacts({ now }))?.code ?? null
    expect([at('2026-11-24T01:59:59.999Z'), at(TUESDAY)]).toEqual([null, 'too_old'])
  })
})

it('what was never closed cannot be reopened', () => {
  expect(tooLateToReopen(aCase({ closedAt: null }), caseFacts())?.code).toBe('too_late')
  expect(tooLateToReopen(aCase({ closedAt: MONDAY }), caseFacts({ now: TUESDAY }))).toBe(null)
})

it.each([
  [null, false],
  [{ relation: 'holder', name: '', paper: '' } as const, true],
  [{ relation: 'representative', name: 'Hà', paper: '' } as const, false],
  [{ relation: 'representative', name: 'Hà', paper: 'ủy quyền 12' } as const, true],
  [{ relation: 'unknown', name: '', paper: '' } as const, false],
])('who complains is verified: %j %s', (complainant, expected) => {
  expect(isVerified(complainant)).toBe(expected)
})

it('an answer is on the channel that was agreed, not earlier than the result, and no try', () => {
  const evidence = [mail(MONDAY), mail(TUESDAY), attempt(TUESDAY)]
  const given = { agreedChannel: 'email', resultKnownAt: TUESDAY } as const
  expect(answersOnChannel(aCase(given), caseFacts({ evidence }))).toEqual([mail(TUESDAY)])
  expect(answersOnChannel(aCase(), caseFacts({ evidence }))).toEqual([])
})

describe('tries to reach somebody', () => {
  it.each([
    ['two', [attempt(MONDAY), attempt(TUESDAY)], 'too_few_tries'],
    ['three on one day', [MONDAY, MONDAY, MONDAY].map(attempt), 'too_few_tries'],
    ['with a Saturday as second day', [MONDAY, MONDAY, SATURDAY].map(attempt), 'too_few_tries'],
    ['three on two working days', [MONDAY, MONDAY, TUESDAY].map(attempt), null],
  ])('%s', (_case, evidence, code) => {
    const facts = caseFacts({ evidence, now: '2026-11-30T02:00:00.000Z' })
    expect(tooFewTries(facts, MONDAY, isAnyTry)?.code ?? null).toBe(code)
  })

  it('of before do not count', () => {
    const facts = caseFacts({ evidence: [MONDAY, MONDAY, TUESDAY].map(attempt) })
    expect(tooFewTries(facts, TUESDAY, isAnyTry)?.reason).toContain('1 on 1 so far')
  })

  it('in writing count once a day, on their own channel', () => {
    const facts = caseFacts({ evidence: [MONDAY, MONDAY, TUESDAY].map(mail) })
    expect(tooFewTries(facts, MONDAY, isTryOn('email'))?.reason).toContain('2 on 2 so far')
    expect(tooFewTries(facts, MONDAY, isTryOn('letter'))?.reason).toContain('0 on 0 so far')
  })

  it('noted as tries count once a day in writing, too', () => {
    const evidence = [MONDAY, MONDAY, TUESDAY].map((at) => {
      return { ...attempt(at), channel: 'email' } as const
    })
    const facts = caseFacts({ evidence })
    expect(tooFewTries(facts, MONDAY, isTryOn('email'))?.reason).toContain('2 on 2 so far')
  })
})
