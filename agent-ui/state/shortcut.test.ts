import { describe, expect, test } from 'vitest'
import { screenAt, shortcutOf } from './shortcut.ts'
import type { KeyPress } from './shortcut.ts'

function press(change: Partial<KeyPress>): KeyPress {
  return {
    key: '',
    code: '',
    alt: false,
    ctrl: false,
    meta: false,
    shift: false,
    composing: false,
    inField: false,
    ...change,
  }
}

describe('keys with a meaning', () => {
  test.each([
    [{ alt: true, code: 'KeyH' }, 'promise'],
    [{ alt: true, code: 'KeyS' }, 'state'],
    [{ alt: true, code: 'KeyC' }, 'next_ringing'],
    [{ key: '/' }, 'search'],
    [{ key: '?', shift: true }, 'help'],
    [{ alt: true, code: 'Digit2' }, { screenIndex: 1 }],
  ])('%o', (change, action) => {
    expect(shortcutOf(press(change))).toEqual(action)
  })
})

describe('keys that are left alone', () => {
  test.each([
    ['typing in a field', { alt: true, code: 'KeyH', inField: true }],
    ['composing a Vietnamese letter', { key: '/', composing: true }],
    ['the keyboard switch of UniKey', { alt: true, code: 'KeyZ' }],
    ['Ctrl+Shift combinations', { ctrl: true, shift: true, code: 'KeyH' }],
    ['AltGr letters (Ctrl+Alt)', { ctrl: true, alt: true, code: 'KeyH' }],
    ['browser keys', { ctrl: true, code: 'KeyT' }],
    ['plain letters', { key: 'h', code: 'KeyH' }],
  ])('%s', (_, change) => {
    expect(shortcutOf(press(change))).toBeNull()
  })
})

test('Alt+number follows the navigation of the role', () => {
  expect(screenAt(['tickets', 'calls'], 1)).toBe('calls')
  expect(screenAt(['tickets', 'calls'], 2)).toBeNull()
})
