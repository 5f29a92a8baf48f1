import { expect, test } from 'vitest'
import { InvalidInput } from './errors.ts'
import { cutPage, readCursor, writeCursor } from './page.ts'

const AT = '2026-11-23T02:00:00.000Z'

test('a cursor comes back as it was written, ids with a tilde too', () => {
  const cursor = { at: AT, id: 'a~b' }
  expect(readCursor(writeCursor(cursor))).toEqual(cursor)
})

test.each(['', 'x', `${AT}~`, '~id', 'yesterday~id', `2026~${'x'.repeat(101)}`])(
  'what is no cursor is refused: %s',
  (text) => {
    expect(() => readCursor(text)).toThrow(InvalidInput)
  },
)

test('a page with a row too many says where the next one begins', () => {
  const rows = ['a', 'b', 'c'].map((id) => ({ at: AT, id }))
  expect(cutPage(rows, 2, writeCursor)).toEqual({
    items: rows.slice(0, 2),
    nextCursor: writeCursor({ at: AT, id: 'b' }),
  })
})

test('a full last page has no next one', () => {
  const rows = ['a', 'b'].map((id) => ({ at: AT, id }))
  expect(cutPage(rows, 2, writeCursor)).toEqual({ items: rows, nextCursor: null })
  expect(cutPage([], 2, writeCursor)).toEqual({ items: [], nextCursor: null })
})
