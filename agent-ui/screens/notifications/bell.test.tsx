import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { runChord } from '../../actions.ts'
import { fakeService } from '../../test-support/fake-service.ts'
import type { FakeService } from '../../test-support/fake-service.ts'
import { inPage, mountRouted, settle } from '../../test-support/page.tsx'
import { NotificationBell } from './bell.tsx'

const UNREAD = 'GET /api/notifications?unread=1&limit=50'
const alarm = {
  id: 'n1',
  at: '2026-11-27T03:00:00.000Z',
  kind: 'clock_alarm',
  ticket: { id: 't1', code: 'KN-2026-000001', subject: 'Mất mạng' },
  fields: { clock: 'noc', step: 'most' },
  readAt: null,
}
let service: FakeService

beforeEach(() => {
  service = fakeService()
  service.answer(UNREAD, { body: { items: [alarm], nextCursor: null, unread: 1 } })
})
afterEach(() => vi.unstubAllGlobals())

async function opened() {
  const page = await mountRouted(inPage(<NotificationBell />))
  await settle()
  act(() => void runChord('Alt+B'))
  await settle()
  return page
}

test('the bell says how many are unread, and its list which clock is how far', async () => {
  const { element } = await opened()
  const bell = element.querySelector('button[aria-label^="Thông báo"]')
  expect(bell?.getAttribute('aria-label')).toBe('Thông báo, 1 chưa đọc')
  expect(document.body.textContent).toContain('NOC 24 giờ: đã qua 80 % thời gian')
  expect(document.body.textContent).toContain('KN-2026-000001 · Mất mạng')
})

test('one stays in the list until the person says that it is read', async () => {
  await opened()
  service.answer('POST /api/notifications/n1/read', { status: 204 })
  service.answer(UNREAD, { body: { items: [], nextCursor: null, unread: 0 } })
  const read = [...document.querySelectorAll('button')].find((one) => one.textContent === 'Đã đọc')
  act(() => read?.click())
  await settle()
  await settle()
  expect(service.asked.some(({ path }) => path === '/api/notifications/n1/read')).toBe(true)
  expect(document.body.textContent).toContain('Không có thông báo chưa đọc')
})

test('a possible outage says where it is and how many call', async () => {
  const fields = { scope: 'area', name: 'Cầu Giấy', callers: '6', offerId: 'offer-1' }
  const offer = { ...alarm, kind: 'outage_offered', ticket: null, fields }
  service.answer(UNREAD, { body: { items: [offer], nextCursor: null, unread: 1 } })
  await opened()
  expect(document.body.textContent).toContain('Cầu Giấy: 6 khách gọi')
  const link = [...document.querySelectorAll('a')].find((one) => one.textContent.includes('sự cố'))
  expect(link?.getAttribute('href')).toBe('/outages?offer=offer-1')
})
