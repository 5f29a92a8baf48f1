import { expect, test } from 'vitest'
import { inOrder, nextSort, sortStep } from './list-sort.ts'

test('a column is sorted up, then down, then not', () => {
  expect(nextSort(undefined, 'dueAt')).toBe('dueAt')
  expect(nextSort('dueAt', 'dueAt')).toBe('-dueAt')
  expect(nextSort('-dueAt', 'dueAt')).toBeUndefined()
  expect(nextSort('-receivedAt', 'dueAt')).toBe('dueAt')
})

test('rows are ordered here by a column that compares them, and by none else', () => {
  const rows = [2, 3, 1]
  const columns = [{ id: 'size', compare: (a: number, b: number) => a - b }, { id: 'server' }]
  expect(inOrder(rows, columns, 'size')).toEqual([1, 2, 3])
  expect(inOrder(rows, columns, '-size')).toEqual([3, 2, 1])
  expect(inOrder(rows, columns, 'server')).toBe(rows)
  expect(inOrder(rows, columns, undefined)).toBe(rows)
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
