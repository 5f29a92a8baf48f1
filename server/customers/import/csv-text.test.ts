import { expect, it, test } from 'vitest'
import { badByteIn, delimiterOf } from './csv-text.ts'

it.each([
  ['Mã KH,Tên,SĐT', ','],
  ['Mã KH;Tên;SĐT', ';'],
  ['Mã KH\tTên\tSĐT', '\t'],
  ['"Mã, KH, cũ";Tên', ';'],
  ['"a ""; b"" ;;",Tên', ','],
  ['Mã KH', ','],
])('the header %j is divided by %j', (header, delimiter) => {
  expect(delimiterOf(header)).toBe(delimiter)
})

it.each([
  ['plain', [0x61, 0x62], null],
  ['Vietnamese', [...Buffer.from('Đặng\nẾ 🙂')], null],
  ['Latin-1', [0x61, 0x0a, 0xc1, 0x6e], { line: 2, byte: 3, value: 0xc1 }],
  ['a lone continuation', [0x80], { line: 1, byte: 1, value: 0x80 }],
  ['an overlong form', [0xe0, 0x80, 0x80], { line: 1, byte: 1, value: 0xe0 }],
  ['a surrogate', [0x0a, 0xed, 0xa0, 0x80], { line: 2, byte: 2, value: 0xed }],
  ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80], { line: 1, byte: 1, value: 0xf4 }],
  ['cut off at the end', [0x61, 0xe1, 0xba], { line: 1, byte: 2, value: 0xe1 }],
] as const)('of bytes that are %s the first bad one is found', (_name, bytes, bad) => {
  expect(badByteIn(Uint8Array.from(bytes))).toEqual(bad)
})

test('the judge of bytes agrees with the decoder on every two-byte beginning', () => {
  const differ: string[] = []
  for (let first = 0x80; first < 0x100; first += 1) {
    for (let second = 0; second < 0x100; second += 1) {
      const bytes = Uint8Array.from([first, second, 0x80, 0x80])
      let isGood = true
      try {
        new TextDecoder('utf-8', { fatal: true }).decode(bytes)
      } catch {
        isGood = false
      }
      if ((badByteIn(bytes) === null) !== isGood) differ.push(`${first} ${second}`)
    }
  }
  expect(differ).toEqual([])
})
