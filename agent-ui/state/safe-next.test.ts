import { expect, test } from 'vitest'
import { safeNext } from './safe-next.ts'

test.each([
  ['/tickets/1?tab=calls', '/tickets/1?tab=calls'],
  ['//evil.example', null],
  ['/\\evil.example', null],
  ['https://evil.example', null],
  ['/sign-in', null],
  [undefined, null],
])('after signing in, %s leads to %s', (next, path) => {
  expect(safeNext(next)).toBe(path)
})
