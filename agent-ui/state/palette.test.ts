import { describe, expect, test } from 'vitest'
import { foldWords, matching, numberIn } from './palette.ts'

const items = ['Hẹn gọi lại cho phiếu đang mở', 'Đổi trạng thái của tôi', 'Phiếu'].map((label) => ({
  label,
}))
const found = (query: string) => matching(items, query).map(({ label }) => label)

describe('actions by words', () => {
  test.each([
    ['', 3],
    ['phieu', 2],
    ['PHIẾU hen', 1],
    ['doi trang thai', 1],
    ['không có', 0],
  ])('%s', (query, count) => {
    expect(found(query)).toHaveLength(count)
  })

  test('are found however the accents were typed', () => {
    expect(foldWords('Hoà Đình'.normalize('NFD'))).toBe('hoa dinh')
    expect(found('he\u0323n go\u0323i')).toEqual(['Hẹn gọi lại cho phiếu đang mở'])
  })
})

describe('a number to call', () => {
  test.each([
    ['gọi 0912 345 678', '0912 345 678'],
    ['Goi 0912345678', '0912345678'],
    ['call +84 912 345 678', '+84 912 345 678'],
    ['0912.345.678', '0912.345.678'],
    ['1900 0382', '1900 0382'],
    ['102', null],
    ['2026-000123', null],
    ['gọi Bình', null],
    ['gọi', null],
    ['KN-2026-000123', null],
  ])('%s', (query, number) => {
    expect(numberIn(query)).toBe(number)
  })
})
