import { describe, expect, test } from 'vitest'
import { filledText, inOneLine, moduleQuery, modulesFor } from './text-modules.ts'

describe('what is asked for', () => {
  test.each([
    ['::', { start: 0, query: '' }],
    ['::los', { start: 0, query: 'los' }],
    ['Khách báo ::ló', { start: 10, query: 'ló' }],
    ['dòng một\n::hen', { start: 9, query: 'hen' }],
    ['(::a-1', { start: 1, query: 'a-1' }],
    ['fe80::1', null],
    ['giờ: 14::30', null],
    ['::los đỏ', null],
    [':los', null],
  ])('of %j', (typed, asked) => {
    expect(moduleQuery(typed, typed.length)).toEqual(asked)
  })

  test('is what stands before the caret', () => {
    expect(moduleQuery('::los sau', 5)).toEqual({ start: 0, query: 'los' })
    expect(moduleQuery('::los sau', 1)).toBeNull()
  })
})

const MODULES = [
  { name: 'hen', title: 'Hẹn gọi lại' },
  { name: 'los', title: 'Đèn LOS đỏ' },
  { name: 'thaythe', title: 'Thay thế thiết bị' },
]
const found = (query: string) => modulesFor(MODULES, query).map(({ name }) => name)

describe('the texts that are found', () => {
  test.each([
    ['', ['hen', 'los', 'thaythe']],
    ['lo', ['los']],
    ['ló', ['los']],
    ['đèn', ['los']],
    ['goi', ['hen']],
    ['GOILAI', []],
    ['hengoi', ['hen']],
    ['tế', ['thaythe']],
    ['tt', ['thaythe']],
    ['h', ['hen', 'thaythe']],
    ['xyz', []],
  ])('by %j', (query, names) => {
    expect(found(query)).toEqual(names)
  })
})

test('a text is filled from its ticket; what is not known is a gap, what is no field stays', () => {
  const values = { customer: 'Chị Hoa', ticket: 'KN-2026-000001', agent: 'Lan', due: null }
  expect(filledText('{customer}, {ticket}: {due}. {agent} {khac} {constructor}', values)).toBe(
    'Chị Hoa, KN-2026-000001: …. Lan {khac} {constructor}',
  )
})

test('a text of several lines is one line in a field that has no second one', () => {
  expect(inOneLine('Chào anh.\n\n  Hẹn gọi lại.\n')).toBe('Chào anh. Hẹn gọi lại.')
})
