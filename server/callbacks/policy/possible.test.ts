import { expect, test } from 'vitest'
import { callbackStatus } from '#contract/callbacks.ts'
import { POSSIBLE, WAITING, whyNot } from './possible.ts'

test('what is dialled is dialled once: only what waits can be claimed', () => {
  expect(POSSIBLE.claimed.from).toEqual(['scheduled'])
})

test('a person changes nothing of what is being dialled or over', () => {
  for (const change of ['moved', 'asked', 'handed_over', 'cancelled'] as const) {
    expect(POSSIBLE[change].from).toBe(WAITING)
  }
  expect(WAITING).toEqual(['scheduled', 'failed'])
})

test.each(callbackStatus.options)('a refusal of what is %s says what was wanted', (status) => {
  expect(whyNot(status, 'rescheduled')).toContain('cannot be rescheduled')
})
