import { expect, test } from 'vitest'
import { fillPlaceholders } from './placeholders.ts'

test('every placeholder gets its value', () => {
  expect(fillPlaceholders('bind = @@IP@@:@@PORT@@', { IP: '127.0.0.1', PORT: '5060' })).toBe(
    'bind = 127.0.0.1:5060',
  )
})

test('a placeholder without a value is named', () => {
  expect(() => fillPlaceholders('secret = @@SECRET@@', {})).toThrow('@@SECRET@@')
})
