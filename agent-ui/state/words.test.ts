import { expect, test } from 'vitest'
import type { AttemptOutcome, AttemptWord } from '#contract/callbacks.ts'
import { aCallback, anAttempt } from '../test-support/samples.ts'
import { SCREENS, type ScreenFacts } from '../screens/screen-table.ts'
import { WORD_KEYS, likelyWord, missingOf, outcomeOf, shownOf } from './words.ts'

const WORDS = ['solved', 'unsolved', 'not_reached'] as const

function tried(outcome: AttemptOutcome | null, talkSeconds: number | null, words = [...WORDS]) {
  const attempts = [anAttempt(), anAttempt({ outcome, talkSeconds })]
  return aCallback({ attempts, awaits: { staffId: 'staff-1', words } })
}

test.each<[AttemptOutcome | null, number | null, string | undefined, AttemptWord | null]>([
  ['reached', 33, 'talked', 'solved'],
  ['reached', null, 'talked', 'solved'],
  ['no_answer', 4, 'guess', 'not_reached'],
  ['no_answer', 0, 'guess', 'not_reached'],
  ['no_answer', null, 'not_reached', 'not_reached'],
  ['busy', null, 'not_reached', 'not_reached'],
  [null, null, undefined, null],
])('%s after %s s is shown as %s and speaks for %s', (outcome, seconds, kind, word) => {
  const promise = tried(outcome, seconds)
  expect([shownOf(promise)?.kind, likelyWord(promise)]).toEqual([kind, word])
})

test('each word has a key of its own, which opens no screen', () => {
  const screens: readonly ScreenFacts[] = Object.values(SCREENS)
  const keys = [...Object.values(WORD_KEYS), ...screens.flatMap(({ key }) => key ?? [])]
  expect(new Set(keys).size).toBe(keys.length)
})

test('that nobody was reached is said as the evidence has it, a machine as no answer', () => {
  expect(outcomeOf('not_reached', tried('busy', null))).toEqual({ outcome: 'busy' })
  expect(outcomeOf('not_reached', tried('reached', 33))).toEqual({ outcome: 'no_answer' })
  expect(outcomeOf('solved', tried('busy', null))).toEqual({ outcome: 'reached', result: 'ok' })
})

test.each([
  ['note', 'note'],
  ['resolution', 'resolution'],
  ['messageId', 'overrideReason'],
  ['version', null],
])('a word that is refused at %s asks for %s', (path, missing) => {
  expect(missingOf([{ path }])).toBe(missing)
})
