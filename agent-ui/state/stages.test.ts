import { expect, test } from 'vitest'
import { aClock } from '../test-support/samples.ts'
import { stageOf, stageStates } from './stages.ts'
import type { StageState } from './stages.ts'

function line(states: ReturnType<typeof stageStates>): string {
  const sign: Record<StageState, string> = { done: '+', current: '>', ahead: '.', skipped: '-' }
  return states.map(({ state }) => sign[state]).join('')
}

test.each([
  ['new', [], '>.....'],
  ['noc_diagnosing', ['noc'], '+>....'],
  ['field_working', ['noc', 'field'], '++>...'],
  ['customer_reply', ['noc'], '++->..'],
  ['customer_reply', [], '+-->..'],
  ['recheck', ['noc', 'reply'], '++-+>.'],
  ['confirmed', ['noc', 'reply'], '++-+->'],
  ['closed', ['noc', 'reply'], '++-+-+'],
  ['cancelled', [], '......'],
] as const)('%s after the clocks %o stands at %s', (status, kinds, shown) => {
  expect(line(stageStates({ status, clocks: kinds.map((kind) => aClock({ kind })) }))).toBe(shown)
})

test('a question to the customer stays with the step that asked it', () => {
  const paused = aClock({ kind: 'field', pausedBy: 'customer_info' })
  const clocks = [aClock({ kind: 'noc' }), paused]
  expect(stageOf({ status: 'need_customer_info', clocks })).toBe('field')
  expect(stageOf({ status: 'need_customer_info', clocks: [] })).toBe('reception')
})
