import { expect, test } from 'vitest'
import { callQuery } from '#contract/calls.ts'
import { toCallFilter } from './call-filter.ts'

function filterOf(query: object, phones: string[] = []) {
  return toCallFilter(callQuery.parse(query), phones)
}

test('days are those of Vietnam, the last one to its last millisecond', () => {
  expect(filterOf({ from: '2026-11-20', to: '2026-11-21' })).toMatchObject({
    enteredFrom: '2026-11-19T17:00:00.000Z',
    enteredTo: '2026-11-21T16:59:59.999Z',
  })
  expect(filterOf({})).not.toHaveProperty('enteredFrom')
})

test('phones narrow it only where an agent is asked for', () => {
  const days = { from: '2026-11-20', to: '2026-11-21' }
  expect(filterOf({ agent: 'mai', ...days }, ['101'])).toMatchObject({ phones: ['101'] })
  expect(filterOf(days, ['101'])).not.toHaveProperty('phones')
})

test.each([
  [{ agent: 'mai' }, false],
  [{ agent: 'mai', from: '2026-11-01' }, false],
  [{ agent: 'mai', from: '2026-08-01', to: '2026-10-31' }, true],
  [{ agent: 'mai', from: '2026-07-31', to: '2026-10-31' }, false],
  [{ from: '2020-01-01' }, true],
])('%j is a question that can be answered: %s', (query, isGood) => {
  expect(callQuery.safeParse(query).success).toBe(isGood)
})
