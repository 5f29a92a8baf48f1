import { t } from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import { loadTexts } from '../../test-support/texts.ts'
import { detailText, subjectText } from './audit-detail.ts'

beforeAll(() => loadTexts())

const told = (detail: Record<string, string>, names = {}) => detailText(t, { detail, names })

test('details are told by their names, their moments by the clock on the wall', () => {
  const detail = { hoursFrom: '07:00 → 08:00', extension: '', dueAt: '2026-11-23T02:00:00.000Z' }
  expect(told(detail)).toBe('Được gọi từ: 07:00 → 08:00 · Hẹn lúc: 23/11/2026 09:00')
})

test('a name that the site gave is told as it is', () => {
  expect(told({ 'hotline-tech': 'off' })).toBe('hotline-tech: Không gọi lại')
})

test('people are told by their names, choices in words', () => {
  const names = { 'staff-1': 'Nguyễn An', 'staff-2': 'Trần Mai' }
  expect(told({ from: 'staff-1', to: 'staff-2' }, names)).toBe('Từ: Nguyễn An · Đến: Trần Mai')
  expect(told({ members: 'staff-1, staff-2', active: 'true' }, names)).toBe(
    'Thành viên: Nguyễn An, Trần Mai · Còn làm việc: có',
  )
  expect(told({ role: 'agent → noc' })).toBe('Vai trò: Điện thoại viên → NOC')
  expect(told({ outcome: 'reached', was: 'busy' })).toBe('Kết quả: Gặp khách · Trước đó: Máy bận')
})

test.each([
  ['callback.moved', 'promise-1', 'KN-2026-000001'],
  ['calendar.changed', 'calendar', 'Lịch làm việc'],
  ['checklist.published', 'SLOW', 'Mạng chậm'],
  ['customers.imported', 'import-1', 'Tệp khách hàng'],
  ['staff.changed', 'mai', 'mai'],
])('%s is about %s: "%s"', (action, subject, text) => {
  const names = { 'promise-1': 'KN-2026-000001' }
  expect(subjectText(t, { action, subject, names })).toBe(text)
})
