import { expect, test } from 'vitest'
import { codeOf, readCode } from './wall-code.ts'

const BYTES = Uint8Array.from({ length: 16 }, (_, at) => at * 19)

test('a code is four groups of four letters, five bits of each byte', () => {
  expect(codeOf(BYTES)).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
  expect(codeOf(new Uint8Array(16))).toBe('0000-0000-0000-0000')
  expect(codeOf(Uint8Array.from({ length: 16 }, () => 255))).toBe('ZZZZ-ZZZZ-ZZZZ-ZZZZ')
})

test.each([
  ['as it was shown', '0123-4567-89AB-CDEF', '0123456789ABCDEF'],
  ['in small letters, with spaces', ' 0123 4567 89ab cdef ', '0123456789ABCDEF'],
  ['with letters that look like digits', 'OIl3-4567-89AB-CDEF', '0113456789ABCDEF'],
  ['too short', '0123-4567', null],
  ['too long', '0123-4567-89AB-CDEF-0', null],
  ['with a letter that no code has', 'U123-4567-89AB-CDEF', null],
])('%s', (_, typed, read) => {
  expect(readCode(typed)).toBe(read)
})

test('a code that was given out is read again', () => {
  expect(readCode(codeOf(BYTES))).toBe(codeOf(BYTES).replaceAll('-', ''))
})
