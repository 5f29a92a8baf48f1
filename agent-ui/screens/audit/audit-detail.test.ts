import { t } from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import { loadTexts } from '../../test-support/texts.ts'
import { detailText } from './audit-detail.ts'

beforeAll(() => loadTexts())

test('details are told by their names, their moments by the clock on the wall', () => {
  const detail = { hoursFrom: '07:00 → 08:00', extension: '', dueAt: '2026-11-23T02:00:00.000Z' }
  expect(detailText(t, detail)).toBe('Được gọi từ: 07:00 → 08:00 · Hẹn lúc: 23/11/2026 09:00')
})

test('a name that the site gave is told as it is', () => {
  expect(detailText(t, { 'hotline-tech': 'off' })).toBe('hotline-tech: off')
})
