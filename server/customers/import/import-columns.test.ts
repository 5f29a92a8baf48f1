import { expect, it } from 'vitest'
import { columnFaults, readColumns } from './import-columns.ts'

it.each([
  ['Mã khách hàng', 'code', 1],
  ['MA_KH', 'code', 1],
  ['Customer code', 'code', 1],
  ['Tên KH', 'name', 1],
  ['Họ và tên', 'name', 1],
  ['Số điện thoại', 'phone', 1],
  ['SĐT 2', 'phone', 2],
  ['Điện thoại (3)', 'phone', 3],
  ['Phone2', 'phone', 2],
  ['Số hợp đồng', 'contractNo', 1],
  ['Hợp đồng 2', 'contractNo', 2],
  ['Mã kênh', 'circuitId', 1],
  ['Địa chỉ lắp đặt 2', 'installationAddress', 2],
  ['Loại khu vực', 'areaClass', 1],
  ['Chủ hợp đồng', 'holderName', 1],
  ['Tên 2', null, 1],
  ['Màu sắc', null, 1],
  ['', null, 1],
])('the header %j is %s %i', (header, field, part) => {
  expect(readColumns([header])).toEqual([{ header, field, part }])
})

it.each([
  [['Mã KH', 'Tên'], []],
  [['Tên'], ['column_missing']],
  [['Màu'], ['column_missing', 'column_missing']],
  [['Mã KH', 'Tên', 'Name'], ['column_doubled']],
  [['Mã KH', 'Tên', 'SĐT', 'Phone'], ['column_doubled']],
  [['Mã KH', 'Tên', 'Gói cước'], ['column_alone']],
  [['Mã KH', 'Tên', 'Số HĐ', 'Gói cước 2'], ['column_alone']],
  [['Mã KH', 'Tên', 'Phone label'], ['column_alone']],
])('the headers %j have the faults %j', (headers, codes) => {
  expect(columnFaults(readColumns(headers)).map(({ code }) => code)).toEqual(codes)
})
