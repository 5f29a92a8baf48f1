import { describe, expect, it } from 'vitest'
import { foldText, phoneQueryDigits, ticketCodeIn } from './fold-text.ts'

describe('foldText', () => {
  it.each([
    ['Nguyễn Thị Đào', 'nguyen thi dao'],
    ['ĐẶNG VĂN ƯỚC', 'dang van uoc'],
    ['hoà', 'hoa'],
    ['hòa', 'hoa'],
    ['thuỷ thủy', 'thuy thuy'],
    ['nguye\u0302\u0303n', 'nguyen'],
    ['Công ty  TNHH\tÁnh Dương\n', 'cong ty tnhh anh duong'],
    ['KN-2026-000123', 'kn-2026-000123'],
    ['\u00D0ặng \u00F0 \u0189 \u0256 \u0110 \u0111', 'dang d d d d d'],
    ['D\u0336ường', 'duong'],
    ['Đ\u00ADặng V\u200Băn', 'dang van'],
    ['\uFF24ặng', 'dang'],
    ['', ''],
  ])('folds %j to %j', (text, folded) => {
    expect(foldText(text)).toBe(folded)
  })

  it('changes nothing the second time', () => {
    const once = foldText('Trần Hữu Đức ﬁ İ')
    expect(foldText(once)).toBe(once)
  })
})

describe('phoneQueryDigits', () => {
  it.each([
    ['0912 345 678', '0912345678'],
    ['+84 912.345', '84912345'],
    ['0912-345-678', '0912345678'],
    ['(024) 3822-3344', '02438223344'],
    ['+84-912-345-678', '84912345678'],
    ['1900-0382', '19000382'],
    ['2026-000123', null],
    ['2024-00123', null],
    ['12-345-6789', null],
    ['2026000123', '2026000123'],
    ['12', null],
    ['KN-2026', null],
    ['anh 0912', null],
  ])('reads %j as %j', (query, digits) => {
    expect(phoneQueryDigits(query)).toBe(digits)
  })
})

describe('ticketCodeIn', () => {
  it.each([
    ['KN-2026-000123', 'kn-2026-000123'],
    [' kn-2026-123 ', 'kn-2026-000123'],
    ['2026-000123', 'kn-2026-000123'],
    ['2026-123', 'kn-2026-000123'],
    ['2026-0000000123', 'kn-2026-000123'],
    ['2026000123', null],
    ['kn2026-123', null],
    ['1912-345', null],
    ['2026-1234567', null],
    ['2026-', null],
    ['HD-2026-123', null],
    ['2026-123 lan', null],
  ])('reads %j as %j', (query, code) => {
    expect(ticketCodeIn(query)).toBe(code)
  })
})
