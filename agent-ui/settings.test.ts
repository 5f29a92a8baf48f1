import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readSetting, writeSetting } from './settings.ts'
import { forbidStorage } from './test-support/forbidden-storage.ts'

beforeEach(() => localStorage.clear())
afterEach(() => vi.unstubAllGlobals())

test('a choice is kept in this browser', () => {
  expect(readSetting('sound')).toBeNull()
  writeSetting('sound', 'off')
  expect(readSetting('sound')).toBe('off')
  expect(localStorage.getItem('hotline.sound')).toBe('off')
})

test('a browser that forbids storage keeps the choice until the page is left', () => {
  forbidStorage()
  writeSetting('language', 'en')
  expect(readSetting('language')).toBe('en')
})
