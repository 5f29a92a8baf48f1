import { expect, test } from 'vitest'
import { ROLES } from '#contract/staff.ts'
import { homeOf, maySee, safeNext, screensOf } from './access.ts'

test.each(ROLES)('%s may see the own home screen', (role) => {
  expect(maySee(role, homeOf(role))).toBe(true)
})

test('agents see no live queues and only administrators see staff and background jobs', () => {
  expect(screensOf('agent')).toEqual(['desk', 'tickets', 'calls'])
  expect(ROLES.filter((role) => maySee(role, 'staff'))).toEqual(['admin'])
  expect(ROLES.filter((role) => maySee(role, 'jobs'))).toEqual(['admin'])
})

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
