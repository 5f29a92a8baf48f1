import { describe, expect, it } from 'vitest'
import { normalizeVn } from '../phone-number.ts'
import { readColumns } from './import-columns.ts'
import { layoutOf, readLine } from './import-line.ts'

const HEADERS = [
  'Mã KH',
  'Tên',
  'Loại KH',
  'Email',
  'SĐT',
  'SĐT 2',
  'Số HĐ',
  'Gói cước',
  'Dịch vụ',
  'Trạng thái',
  'Loại khu vực',
]
const LAYOUT = layoutOf(readColumns(HEADERS))

function read(cells: Record<string, string>) {
  const all = { 'Mã KH': 'KH-1', Tên: 'An', ...cells }
  const line = HEADERS.map((header) => Reflect.get(all, header) ?? '')
  return readLine(7, line, LAYOUT, normalizeVn)
}

function customerOf(cells: Record<string, string>) {
  const result = read(cells)
  if ('faults' in result) throw new Error(JSON.stringify(result.faults))
  return result.customer
}

function codesOf(cells: Record<string, string>): string[] {
  const result = read(cells)
  return 'faults' in result ? result.faults.map(({ column, code }) => `${column}: ${code}`) : []
}

it('an empty cell says nothing, so that what is stored stays', () => {
  expect(customerOf({})).toEqual({ line: 7, code: 'KH-1', name: 'An', phones: [], contracts: [] })
})

it('codes are upper case, words are cleaned of what nobody sees', () => {
  expect(customerOf({ 'Mã KH': ' kh-1 ', Tên: '\u200B Ðỗ  Bình ' })).toMatchObject({
    code: 'KH-1',
    name: 'Đỗ  Bình',
  })
})

it.each([
  ['Loại KH', 'Doanh nghiệp', { kind: 'organisation' }],
  ['Loại KH', 'cá nhân', { kind: 'individual' }],
  ['Email', 'lan@example.com', { email: 'lan@example.com' }],
])('%s %j is read', (header, value, expected) => {
  expect(customerOf({ [header]: value })).toMatchObject(expected)
})

it('a contract has its plan, services, state and class of area', () => {
  const contract = {
    'Số HĐ': 'HD-1',
    'Gói cước': 'FTTH 200',
    'Dịch vụ': 'Internet; IPTV',
    'Trạng thái': 'Tạm ngưng',
    'Loại khu vực': 'Nông thôn',
  }
  expect(customerOf(contract).contracts).toEqual([
    {
      contractNo: 'HD-1',
      servicePlan: 'FTTH 200',
      services: ['Internet', 'IPTV'],
      status: 'suspended',
      areaClass: 'rural',
    },
  ])
})

it('a name behind a number is its label', () => {
  expect(customerOf({ SĐT: '0912345678 (chị Hoa)' }).phones).toMatchObject([
    { number: { key: '+84912345678' }, label: 'chị Hoa' },
  ])
})

it('a number written twice stands once', () => {
  const { phones } = customerOf({ SĐT: '0912 345 678', 'SĐT 2': '+84912345678' })
  expect(phones.map(({ number }) => number.key)).toEqual(['+84912345678'])
})

it.each([
  [{ 'Mã KH': '' }, ['Mã KH: code_missing']],
  [{ Tên: ' ' }, ['Tên: name_missing']],
  [{ Tên: 'x'.repeat(161) }, ['Tên: too_long']],
  [{ Tên: 'a\0b' }, ['Tên: character']],
  [{ 'Loại KH': 'khác' }, ['Loại KH: kind_unknown']],
  [{ Email: 'lan@' }, ['Email: email']],
  [{ 'Gói cước': 'FTTH' }, ['Số HĐ: contract_missing']],
  [{ 'Số HĐ': 'H', 'Trạng thái': '?' }, ['Trạng thái: contractStatus_unknown']],
  [{ 'Số HĐ': 'H', 'Loại khu vực': 'x' }, ['Loại khu vực: areaClass_unknown']],
])('a line with %j is refused: %j', (cells, codes) => {
  expect(codesOf(cells)).toEqual(codes)
})

describe('numbers of spreadsheets (cases/spreadsheet-numbers.csv)', () => {
  it.each([
    ['9.12346E+08', 'number_scientific'],
    ['912345678.0', 'number_decimal'],
    ['0912345678/0987654321', 'number_several'],
    ['0912345678, 0987654321', 'number_several'],
    ['0912345678 (chị Hoa)', null],
    ["'0912345678", null],
    ['=0912345678', null],
    ['912345678', null],
    ['0000000000', 'number_nobody'],
  ])('%j', (number, code) => {
    const codes = codesOf({ SĐT: number })
    expect(codes).toEqual(code === null ? [] : [`SĐT: ${code}`])
  })
})
