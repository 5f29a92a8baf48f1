import { describe, expect, test } from 'vitest'
import { chordOf, joined } from './shortcut.ts'
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
    inDialog: false,
    ...change,
  }
}

describe('keys with a name', () => {
  test.each([
    [{ alt: true, code: 'KeyH' }, 'Alt+H'],
    [{ alt: true, code: 'KeyH', inField: true }, 'Alt+H'],
    [{ alt: true, code: 'Digit2', key: '™' }, 'Alt+2'],
    [{ ctrl: true, code: 'KeyK', key: 'k', inField: true }, 'Ctrl+K'],
    [{ key: '/' }, '/'],
    [{ key: '?', shift: true }, '?'],
    [{ key: 'j', code: 'KeyJ' }, 'j'],
    [{ key: 'J', code: 'KeyJ' }, 'j'],
    [{ key: '3', code: 'Digit3' }, '3'],
    [{ key: 'F9', code: 'F9', inField: true }, 'F9'],
  ])('%o', (change, chord) => {
    expect(chordOf(press(change))).toBe(chord)
  })
})

describe('keys that are left alone', () => {
  test.each([
    ['a function key of the browser', { key: 'F5' }],
    ['a function key with Shift', { key: 'F9', shift: true }],
    ['typing in a field', { key: 'j', inField: true }],
    ['composing a Vietnamese letter', { key: '/', composing: true }],
    ['composing in a field with Alt held', { alt: true, code: 'KeyH', composing: true }],
    ['the keyboard switch of UniKey', { alt: true, code: 'KeyZ' }],
    ['the address bar of Chrome', { alt: true, code: 'KeyD' }],
    ['the menus of Chrome', { alt: true, code: 'KeyE' }],
    ['the file menu of Chrome', { alt: true, code: 'KeyF' }],
    ['the palette behind a dialog', { ctrl: true, code: 'KeyK', inDialog: true }],
    ['Ctrl+Shift combinations', { ctrl: true, shift: true, code: 'KeyH' }],
    ['AltGr letters (Ctrl+Alt)', { ctrl: true, alt: true, code: 'KeyH' }],
    ['browser keys', { ctrl: true, code: 'KeyT' }],
    ['a letter with Shift', { key: 'J', shift: true }],
    ['Enter, Escape and arrows', { key: 'Enter', code: 'Enter' }],
    ['the space bar, which scrolls and presses', { key: ' ', code: 'Space' }],
    ['what is pressed in a dialog', { alt: true, code: 'KeyH', inDialog: true }],
  ])('%s', (_, change) => {
    expect(chordOf(press(change))).toBeNull()
  })
})

describe('one key after another', () => {
  const started = { chord: 'g', atMs: 1_000 }
  test.each([
    ['first of all', null, 1_000, 't'],
    ['soon after it', started, 2_500, 'g t'],
    ['too late after it', started, 2_501, 't'],
  ])('%s', (_, before, atMs, chord) => {
    expect(joined(before, 't', atMs)).toBe(chord)
  })
})
