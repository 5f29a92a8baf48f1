import { expect, test } from 'vitest'
import { localNumber, refuseBesideLocal } from './local-member.ts'

test.each([
  ['Local/900@from-queue/n', '900'],
  ['local/900@from-queue', '900'],
  ['PJSIP/900', null],
  ['Local/', null],
])('%s leads to %s', (memberInterface, number) => {
  expect(localNumber(memberInterface)).toBe(number)
})

test('is named with what would be right, where somebody is to be put beside it', () => {
  expect(() => refuseBesideLocal('state', '900', 'Local/900@q/n')).toThrow(
    /Local\/900@q\/n .* PJSIP\/900 there/,
  )
  expect(() => refuseBesideLocal('state', '900', null)).not.toThrow()
})
