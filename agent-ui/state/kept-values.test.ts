import { expect, test } from 'vitest'
import { keptValues, rebasedValues, restoredValues } from './kept-values.ts'

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

const day = (date: string, name = '') => ({ date, name })

test('a list takes the rows that others added, changed and removed, beside mine', () => {
  const from = { days: [day('01-01'), day('04-30'), day('05-01'), day('09-02')] }
  const to = {
    days: [day('01-01', 'Tết dương lịch'), day('05-01', 'sửa'), day('09-02'), day('11-24')],
  }
  const mine = { days: [day('01-01'), day('04-30'), day('05-01', 'tôi'), day('02-17')] }
  expect(rebasedValues(mine, from, to)).toEqual({
    days: [day('01-01', 'Tết dương lịch'), day('05-01', 'tôi'), day('02-17'), day('11-24')],
  })
})

test('a list of rows that cannot be told apart stays as it is here', () => {
  const mine = { rows: [{ id: '' }, { id: '' }, { id: 'a' }] }
  expect(rebasedValues(mine, { rows: [] }, { rows: [{ id: 'b' }] })).toEqual(mine)
})

test('kept words take what was saved since they were typed', () => {
  const base = { note: '', steps: { a: 'ok', b: 'ok' } }
  const kept = { base, values: { note: 'khách bận', steps: { a: 'nok', b: 'ok' } } }
  const now = { note: '', steps: { a: 'ok', b: 'skipped' } }
  expect(restoredValues(kept, now)).toEqual({
    note: 'khách bận',
    steps: { a: 'nok', b: 'skipped' },
  })
  expect(restoredValues({ note: 'trang cũ' }, now)).toEqual({ ...now, note: 'trang cũ' })
  expect(restoredValues({ base, values: base }, base)).toBeNull()
})
