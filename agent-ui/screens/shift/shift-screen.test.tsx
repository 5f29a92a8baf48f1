import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { HandoverSections } from '#contract/supervision/handover.ts'
import { aProblem, fakeService, type FakeService } from '../../test-support/fake-service.ts'
import { inPage, mountRouted, settle, type, within } from '../../test-support/page.tsx'
import { anAlarm } from '../../../test/support/domain/an-alarm.ts'
import { aHelp } from '../../test-support/samples.ts'
import { speak } from '../../test-support/texts.ts'
import { HandoverPaper } from './handover-screen.tsx'
import { ShiftScreen } from './shift-screen.tsx'

const AT = '2026-11-22T14:00:00.000Z'
const NONE = { count: 0, hasMore: false, items: [] }
const LEFT: HandoverSections = {
  asOf: AT,
  open: { count: 12, hasMore: false, overdue: 2, byStatus: { new: 12 } },
  late: {
    count: 1000,
    hasMore: true,
    byClock: { noc: 1000 },
    items: [
      {
        ticket: { id: 't1', code: 'KN-2026-000001', subject: 'Mất mạng' },
        clock: 'noc',
        dueAt: AT,
        assignee: null,
      },
    ],
  },
  promisesLate: NONE,
  promisesAtRisk: NONE,
  missed: {
    count: 1,
    hasMore: false,
    items: [
      { callId: 'c1', number: '0912 345 678', customerName: 'Lê Ánh', missedAt: AT, calls: 2 },
    ],
  },
  help: { count: 1, hasMore: false, items: [aHelp()] },
  alarms: {
    count: 2,
    hasMore: false,
    items: [
      anAlarm({ queue: 'hotline' }),
      anAlarm({ id: 'over', endedAt: '2026-11-23T02:10:00.000Z' }),
    ],
  },
}
const by = { id: 'chief', displayName: 'Trưởng ca' }
const row = { id: 'h1', at: AT, by, latest: { version: 1, note: 'Cáp đứt', by, at: AT } }
const SENT = {
  id: 'm1',
  to: null,
  text: 'Họp lúc 9 giờ',
  sentAt: AT,
  validUntil: AT,
  told: 3,
  read: 1,
}

let service: FakeService
beforeEach(() => {
  localStorage.clear()
  service = fakeService()
  service.answer('GET /api/shift/left', { body: LEFT })
  service.answer('GET /api/shift/handovers?limit=10', { body: { items: [row], nextCursor: null } })
  service.answer('GET /api/shift/messages?limit=20', { body: { items: [SENT], nextCursor: null } })
  service.answer('GET /api/shift/people', {
    body: { items: [{ id: 'mai', displayName: 'Mai', isHere: false }] },
  })
})
afterEach(() => {
  speak('vi')
  vi.unstubAllGlobals()
})

async function shown(node = <ShiftScreen />) {
  const { element } = await mountRouted(inPage(node))
  await settle()
  return element
}
const sent = () => service.asked.filter(({ method }) => method !== 'GET')
const area = (element: ParentNode, label: string) => {
  const form = element.querySelector(`form[aria-label="${label}"]`)
  return form?.querySelector('textarea') ?? null
}

test('what is left is said with its counts, its first lines and links, in both languages', async () => {
  const element = await shown()
  expect(element.textContent).toContain('Quá hạn theo chặng: 1.000+')
  expect(element.textContent).toContain('1 dòng đầu trong 1.000+')
  expect(element.textContent).toContain('2 phiếu quá hạn giải quyết')
  expect(element.querySelector('a[href="/tickets/t1"]')?.textContent).toContain('KN-2026-000001')
  expect(element.querySelector('a[href="/calls/c1"]')?.textContent).toBe('Lê Ánh · 0912 345 678')
  expect(element.querySelector('h2 a[href="/missed"]')?.textContent).toBe('Xem tất cả')
  expect(element.querySelector('h2 a[href="/promises?state=late"]')).toBeNull()
  expect(element.textContent).toContain('Cảnh báo chưa xác nhận: 2')
  const alarms = element.querySelectorAll('[aria-label="Cảnh báo chưa xác nhận"] li')
  expect([...alarms].map(({ textContent }) => textContent)).toEqual([
    'Nhiều khách chờ (hotline)6 khách · 23/11/2026 08:55',
    'Nhiều khách chờ6 khách · 23/11/2026 08:55 · Kết thúc 23/11/2026 09:10',
  ])
  speak('en')
  expect(element.textContent).toContain('Overdue by stage: 1.000+')
})

test('a shift is handed over with a note, which is kept as it is typed', async () => {
  await type(area(await shown(), 'Ghi chú cho ca sau'), 'Cáp đã nối')
  const element = await shown()
  expect(area(element, 'Ghi chú cho ca sau')?.value).toBe('Cáp đã nối')
  service.answer('POST /api/shift/handovers', { status: 201, body: row })
  await within(element).press('Bàn giao ca')
  expect(sent()).toMatchObject([{ path: '/api/shift/handovers', body: { note: 'Cáp đã nối' } }])
  expect(area(element, 'Ghi chú cho ca sau')?.value).toBe('')
})

test('a note is written anew over the version that was read; who was slower keeps their words', async () => {
  const element = await shown()
  await within(element).press('Sửa ghi chú')
  await type(area(element, 'Sửa ghi chú'), 'Cáp đã nối')
  const stale = aProblem(409)
  service.answer('PATCH /api/shift/handovers/h1', stale)
  const words = { version: 2, note: 'Đã đo lại tuyến', by, at: AT }
  const newer = { items: [{ ...row, latest: words }], nextCursor: null }
  service.answer('GET /api/shift/handovers?limit=10', { body: newer })
  const said = () => element.querySelector('[data-testid="handover-h1"]')?.textContent
  expect(said()).not.toContain('Cáp đứt')
  await within(element).press('Lưu')
  expect(sent()).toMatchObject([{ body: { version: 1, note: 'Cáp đã nối' } }])
  expect(area(element, 'Sửa ghi chú')?.value).toBe('Cáp đã nối')
  expect(said()).toContain('Đã đo lại tuyến')
})

test('a message goes to the shift or to one person, and says who has read it', async () => {
  const element = await shown()
  expect(element.textContent).toContain('1/3 đã đọc')
  service.answer('POST /api/shift/messages', { status: 201, body: SENT })
  await type(area(element, 'Nhắn tin'), 'Họp')
  await within(element).press('Gửi')
  await type(area(element, 'Nhắn tin'), 'Gọi lại khách A')
  await type(element.querySelector('form[aria-label="Nhắn tin"] select'), 'mai')
  await within(element).press('Gửi')
  expect(sent().map(({ body }) => body)).toEqual([
    { staffId: null, text: 'Họp', validMinutes: 480 },
    { staffId: 'mai', text: 'Gọi lại khách A', validMinutes: 480 },
  ])
  service.answer('GET /api/shift/messages/m1/receipts', {
    body: { items: [{ id: 'mai', displayName: 'Mai', readAt: null }] },
  })
  await within(element).press('Ai đã đọc')
  expect(element.textContent).toContain('Maichưa đọc')
})

test('what cannot be loaded says so and is asked for again', async () => {
  service.answer('GET /api/shift/left', aProblem(503))
  const element = await shown()
  service.answer('GET /api/shift/left', { body: LEFT })
  await within(element).press('Thử lại')
  expect(element.textContent).toContain('Phiếu đang mở: 12')
})

test('the paper has the note, what it said before, what was left then, and who signs', async () => {
  const latest = { version: 2, note: 'Cáp đã nối', by: { id: 'x', displayName: 'Dũng' }, at: AT }
  const body = { ...row, latest, before: [row.latest], sections: LEFT }
  service.answer('GET /api/shift/handovers/h1', { body })
  const { textContent } = await shown(<HandoverPaper handoverId="h1" />)
  for (const text of ['BIÊN BẢN BÀN GIAO CA', 'Cáp đã nối', 'bản 2 · Dũng', 'Cáp đứt']) {
    expect(textContent).toContain(text)
  }
  expect(textContent).toContain('Người nhận ca')
  expect(textContent).toContain('Phiếu đang mở: 12')
})
