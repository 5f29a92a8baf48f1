import { expect, test } from 'vitest'
import { withRow } from './list-patch.ts'

const list = {
  pages: [
    { items: [{ id: 'a', version: 1 }], nextCursor: 'x' },
    { items: [{ id: 'b', version: 5 }], nextCursor: null },
  ],
  pageParams: ['', 'x'],
}

test('a row that changed is put where it stands, and other pages stay what they were', () => {
  const patched = withRow(list, { id: 'b', version: 6 })
  expect(patched.pages[1]?.items).toEqual([{ id: 'b', version: 6 }])
  expect(patched.pages[0]).toBe(list.pages[0])
})

test.each([
  ['a row that is not in the list', { id: 'c', version: 9 }],
  ['older news', { id: 'b', version: 4 }],
  ['news that is known', { id: 'b', version: 5 }],
])('%s changes nothing', (_, row) => {
  expect(withRow(list, row)).toBe(list)
})
