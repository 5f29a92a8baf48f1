import { expect, test } from 'vitest'
import { nextSort, sortStep } from './list-sort.ts'

test('a column is sorted up, then down, then not', () => {
  expect(nextSort(undefined, 'dueAt')).toBe('dueAt')
  expect(nextSort('dueAt', 'dueAt')).toBe('-dueAt')
  expect(nextSort('-dueAt', 'dueAt')).toBeUndefined()
  expect(nextSort('-receivedAt', 'dueAt')).toBe('dueAt')
})

test.each([
  ['dueAt', { id: 'dueAt', desc: false }],
  ['-dueAt', { id: 'dueAt', desc: true }],
  ['-', null],
  ['', null],
  [undefined, null],
])('the address says %s', (sort, step) => {
  expect(sortStep(sort)).toEqual(step)
})
