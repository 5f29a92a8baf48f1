import { expect, test } from 'vitest'
import { keptValues, rebasedValues } from './kept-values.ts'

const untouched = { note: '', number: null, steps: [] }

test.each([
  ['the words', { note: 'khách bận' }, { note: 'khách bận', number: null, steps: [] }],
  ['a field that may be empty', { number: '0912' }, { note: '', number: '0912', steps: [] }],
  [
    'no field that the form has not',
    { note: 'x', gone: 1 },
    { note: 'x', number: null, steps: [] },
  ],
  ['no field of another shape', { note: 5, steps: 'x' }, null],
  ['nothing of nothing', null, null],
  ['nothing of what is no object', 'note', null],
])('keeps %s', (_, kept, values) => {
  expect(keptValues(kept, untouched)).toEqual(values)
})

test('a newer form takes what was typed here and no more', () => {
  const from = { steps: { a: 'ok', b: 'nok', c: 'ok' }, note: '' }
  const to = { steps: { a: 'nok', b: 'nok', c: 'ok', d: 'ok' }, note: 'của người khác' }
  const mine = { steps: { a: 'ok', b: 'skipped', e: 'ok' }, note: '' }
  expect(rebasedValues<object>(mine, from, to)).toEqual({
    steps: { a: 'nok', b: 'skipped', d: 'ok', e: 'ok' },
    note: 'của người khác',
  })
})
