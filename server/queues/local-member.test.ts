import { expect, test } from 'vitest'
import { localNumber, whyLocalMember } from './local-member.ts'

test.each([
  ['Local/900@from-queue/n', '900'],
  ['local/900@from-queue', '900'],
  ['PJSIP/900', null],
  ['Local/', null],
])('%s leads to %s', (memberInterface, number) => {
  expect(localNumber(memberInterface)).toBe(number)
})

test('says what stands at the PBX and what would be right', () => {
  expect(whyLocalMember('900', 'Local/900@q/n')).toMatch(/Local\/900@q\/n .* PJSIP\/900 there/)
})
