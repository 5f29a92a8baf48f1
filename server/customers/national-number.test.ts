import { describe, expect, it } from 'vitest'
import { isMobile, nationalNumber } from './national-number.ts'

describe('the national number', () => {
  it.each([
    ['0912345678', '912345678'],
    ['912345678', '912345678'],
    ['+84912345678', '912345678'],
    ['+840912345678', '912345678'],
    ['+0912345678', '912345678'],
    ['00912345678', '912345678'],
    ['+912345678', '912345678'],
    ['841234567', '841234567'],
    ['01201234567', '701234567'],
    ['02438223344', '2438223344'],
    ['002438223344', '2438223344'],
  ])('of %s is %s', (cleaned, national) => {
    expect(nationalNumber(cleaned)).toBe(national)
  })

  it.each([
    ['+376123456', 'Andorra has nine digits'],
    ['+95123456789', 'Myanmar'],
    ['+2201234567', 'Gambia has ten'],
    ['002171234567', 'no area code'],
    ['+14155552671', 'ten digits after 1'],
    ['0438223344', 'an area code of before 2017'],
    ['113', 'a short code'],
    ['', 'nothing'],
  ])('of %s is none: %s', (cleaned) => {
    expect(nationalNumber(cleaned)).toBeNull()
  })

  it('says what is a mobile', () => {
    expect([isMobile('912345678'), isMobile('2438223344')]).toEqual([true, false])
  })
})
