import { describe, expect, it } from 'vitest'
import { normalizeVn } from '../customers/phone-number.ts'
import { codeMark, compactWord, endMark, numberWords, wordsOf } from './words.ts'

describe('the words of a text', () => {
  it.each([
    ['Đứt cáp, Hòa  Bình!', ['dut', 'cap', 'hoa', 'binh']],
    ['hoà hòa', ['hoa', 'hoa']],
    ['an.nguyen@dcnet.vn', ['an', 'nguyen', 'dcnet', 'vn']],
    ['HD-2024/7', ['hd', '2024', '7']],
    ['50% _ " \' : *', ['50']],
    ['北 Ω', ['u5317', 'u3c9']],
    ['', []],
  ])('of %j are %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words)
  })

  it('are letters and digits of the plainest kind, whatever came in', () => {
    const text = Array.from({ length: 2000 }, (_, code) => String.fromCodePoint(code * 31)).join('')
    expect(wordsOf(text).join('')).toMatch(/^[a-z0-9]+$/)
  })

  it('are cut where they are longer than anybody types', () => {
    expect(wordsOf('x'.repeat(500))).toEqual(['x'.repeat(40)])
  })
})

it('a code is one word, too', () => {
  expect(compactWord('KN-2026-000123')).toBe('kn2026000123')
})

it('marks cannot be typed', () => {
  for (const mark of [codeMark('000123', '2026'), codeMark('7'), endMark('0912')]) {
    expect(wordsOf(mark)).not.toContain(mark)
  }
  expect(codeMark('000123', '2026')).toBe('_y2026n123')
  expect(codeMark('000')).toBe('_c0')
  expect(endMark('0912')).toBe('_r2190')
})

it.each([
  ['+84 912 345 678', ['0912345678', '_r8765432190', '_k84912345678']],
  ['19000382', ['19000382', '_r28300091']],
  ['', []],
])('the number %j is found by %j', (raw, words) => {
  expect(numberWords(normalizeVn(raw))).toEqual(words)
})
