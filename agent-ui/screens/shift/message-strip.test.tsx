import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fakeService, type FakeService } from '../../test-support/fake-service.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage, settle, within } from '../../test-support/page.tsx'
import { MessageStrip } from './message-strip.tsx'

const UNREAD = 'GET /api/notifications?unread=1&kind=shift_message&limit=20'
let service: FakeService
beforeEach(() => {
  service = fakeService()
})
afterEach(() => vi.unstubAllGlobals())

const message = (id: string, text: string) => {
  const fields = { by: 'Trưởng ca', text }
  const at = '2026-11-22T03:00:00.000Z'
  return { id, at, kind: 'shift_message', ticket: null, fields, readAt: null }
}
const answer = (...items: ReturnType<typeof message>[]) =>
  service.answer(UNREAD, { body: { items, nextCursor: null, unread: items.length } })

async function shown() {
  const { element } = mount(inPage(<MessageStrip />))
  await settle()
  return element
}

test('a message stands on the page until its reader says that it is read', async () => {
  answer(message('m1', 'Họp lúc 9 giờ'))
  const element = await shown()
  expect(element.textContent).toContain('Trưởng ca nhắn')
  expect(element.textContent).toContain('Họp lúc 9 giờ')
  service.answer('POST /api/notifications/m1/read', { status: 204 })
  answer()
  await within(element).press('Đã đọc')
  await settle()
  expect(service.asked.some(({ path }) => path === '/api/notifications/m1/read')).toBe(true)
  expect(element.textContent).toBe('')
})

test('of several the oldest are read first', async () => {
  answer(message('m3', 'ba'), message('m2', 'hai'), message('m1', 'một'))
  const element = await shown()
  const shownTexts = [...element.querySelectorAll('[data-testid="shift-message"]')]
  expect(shownTexts.map(({ textContent }) => textContent)).toEqual([
    expect.stringContaining('một'),
    expect.stringContaining('hai'),
  ])
  expect(element.textContent).toContain('Còn 1 lời nhắn chưa đọc')
})
