import { describe, expect, it } from 'vitest'
import {
  cleanNumberText,
  customerNumberFault,
  faultMessage,
  writtenFault,
} from './customer-number.ts'
import { normalizeVn } from './phone-number.ts'

function faultOf(given: string) {
  const text = cleanNumberText(given)
  return customerNumberFault(text, normalizeVn(text))
}

describe('a number from a spreadsheet or a form', () => {
  it.each([
    ["'0912345678", '0912345678'],
    ["  ' 0912 345 678 ", '0912 345 678'],
    ['="0912345678"', '0912345678'],
    ['’0912345678', '0912345678'],
    ['０９１２３４５６７８', '0912345678'],
    ['\u200b0912345678\ufeff', '0912345678'],
  ])('is cleaned: %j is %j', (given, cleaned) => {
    expect(cleanNumberText(given)).toBe(cleaned)
    expect(faultOf(given)).toBeNull()
  })

  it.each([
    '0912 345 678',
    '0912.345.678',
    '+84 912 345 678',
    '(024) 3822-3344',
    '1900 1234',
    '+1 415 555 2671',
    '"Hoa" <0912345678>',
    'tel:+84912345678',
    '0438223344',
    '069123456',
    '38223344',
  ])('may be %s', (given) => {
    expect(faultOf(given)).toBeNull()
  })

  it.each([
    ['9.12346E+08', 'number_scientific'],
    ['9,12E+8', 'number_scientific'],
    ['912345678.0', 'number_decimal'],
    ['91234567.8', 'number_decimal'],
    ['912345678,00', 'number_decimal'],
    ['0912345678/0987654321', 'number_several'],
    ['0912345678, 0987654321', 'number_several'],
    ['0912345678 0987654321', 'number_several'],
    ['0912345678 - 0987654321', 'number_several'],
    ['0912345678\n0987654321', 'number_several'],
    ['0912345678 hoặc 0987654321', 'number_several'],
    ['0912345678 (chị Hoa)', 'number_letters'],
    ['0912345678,,1', 'number_letters'],
    ['gọi cho vợ', 'number_letters'],
    ['số 1', 'number_letters'],
    ['0912345678 098 765 4321', 'number_too_long'],
    ['091234567', 'number_digits'],
    ['09123456789', 'number_digits'],
    ['9123456780', 'number_digits'],
    ['+8491234567', 'number_digits'],
    ['024 3822 334', 'number_digits'],
    ['113', 'number_short'],
    ['0000000000', 'number_nobody'],
    ['unknown', 'number_nobody'],
  ])('is refused: %j because %s', (given, fault) => {
    expect(faultOf(given)).toBe(fault)
  })

  it('is told what was wrong and what would be right', () => {
    const message = faultMessage('9.12346E+08', 'number_scientific')
    expect(message).toContain('9.12346E+08')
    expect(message).toContain('0912 345 678')
  })
})

it('of a ticket may be short, but not two in one', () => {
  expect(writtenFault('113', normalizeVn('113'))).toBeNull()
  expect(writtenFault('0912345678/0987654321', normalizeVn('x'))).toBe('number_several')
})
