import { expect, it } from 'vitest'
import { processAction } from '#contract/casework/process.ts'
import { ACTION_INPUT, causeCode, needsOf } from './inputs.ts'

const need = (action: Parameters<typeof needsOf>[0], name: string) =>
  needsOf(action).find((one) => one.name === name)

it('what a page draws is what the input asks for', () => {
  expect(needsOf('core_done')).toEqual([
    { name: 'note', type: 'long_text', required: true, options: [], maxLength: 5000 },
  ])
  expect(need('core_fixable', 'causeCode')).toMatchObject({
    type: 'choice',
    required: true,
    options: causeCode.options,
  })
})

it.each([
  ['accept', 'staffId', 'staff'],
  ['merge', 'into', 'ticket'],
  ['postpone_visit', 'visitAt', 'instant'],
  ['reply_result', 'letterDate', 'date'],
  ['reply_result', 'letterReference', 'text'],
  ['field_done', 'rxDbm', 'number'],
  ['resolved_on_call', 'customerConfirmed', 'flag'],
] as const)('%s asks for %s as %s', (action, name, type) => {
  expect(need(action, name)?.type).toBe(type)
})

it('the checklist has a form of its own', () => {
  expect(needsOf('save_guidance').map(({ name }) => name)).toEqual(['result', 'note', 'promise'])
})

it('no action asks for a field whose words a page cannot draw', () => {
  for (const action of processAction.options) {
    const names = needsOf(action).map(({ name }) => name)
    expect(Object.keys(ACTION_INPUT[action].shape)).toEqual(expect.arrayContaining(names))
  }
})

it('a text of nothing but spaces is no answer', () => {
  expect(ACTION_INPUT.need_info.safeParse({ question: '   ' }).success).toBe(false)
  expect(ACTION_INPUT.need_info.safeParse({ question: ' ở đâu ' }).data).toEqual({
    question: 'ở đâu',
  })
})
