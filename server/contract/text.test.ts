import { assert, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanText } from './text.ts'

describe('what people write', () => {
  it.each([
    ['\u00D0ặng Văn Sơn', 'Đặng Văn Sơn'],
    ['\u0189ặng', 'Đặng'],
    ['ngh\u00F0', 'nghđ'],
    ['\u0256ường', 'đường'],
    ['d\u0335ường D\u0336à', 'đường Đà'],
    ['\u0111ường \u0110à', 'đường Đà'],
    ['Nguye\u0302\u0303n', 'Nguyễn'],
    ['Đ\u00ADặng\u200B Văn\uFEFF', 'Đặng Văn'],
    ['\u202aSơn\u202c', 'Sơn'],
    ['Ｎｇｕｙễｎ　１２', 'Nguyễn 12'],
    ['Công ty\nÁnh Dương', 'Công ty\nÁnh Dương'],
    ['👩\u200D💻', '👩\u200D💻'],
    ['a\u200Db', 'ab'],
  ])('is stored composed, with the right letters: %j as %j', (given, kept) => {
    expect(cleanText(given)).toBe(kept)
  })

  it('changes no more the second time', () => {
    expect.hasAssertions()
    assert(
      property(string({ unit: 'binary' }), (text) => {
        expect(cleanText(cleanText(text))).toBe(cleanText(text))
      }),
    )
  })
})
