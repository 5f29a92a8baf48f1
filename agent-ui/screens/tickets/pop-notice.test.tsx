import { act } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { speak } from '../../test-support/texts.ts'
import { tell } from '../../live-store.ts'
import { fakeService } from '../../test-support/fake-service.ts'
import { mount, type Mounted } from '../../test-support/mount.tsx'
import { inPage, mountRouted } from '../../test-support/page.tsx'
import { aPop, aSnapshot, aTicketRef } from '../../test-support/samples.ts'
import { PopPreview } from '../desk/pop-preview.tsx'
import { CallBar } from '../shell/call-bar/call-bar.tsx'
import { PopNotice } from './pop-notice.tsx'
import { TicketView } from './ticket-view.tsx'

const promise = {
  callbackId: 'callback-1',
  dueAt: '2026-11-22T03:30:00.000Z',
  note: 'báo kết quả kiểm tra',
}
const { call } = aPop()
const CALLBACK = aPop({
  notice: 'callback',
  promise,
  call: { ...call, direction: 'callback', queue: null },
})

afterEach(() => {
  speak('vi')
  vi.unstubAllGlobals()
})

const noticeOf = ({ element }: Mounted) =>
  element.querySelector('[data-testid="pop-notice"]')?.textContent

test('a call of which nothing is unusual says nothing', () => {
  expect(noticeOf(mount(inPage(<PopNotice pop={aPop()} />)))).toBeUndefined()
})

test('a caller of an area with an outage is told so from the first word', async () => {
  fakeService()
  const known = { message: 'Đứt cáp', expectedUntil: '2026-11-22T09:00:00.000Z' }
  const outage = { ticketId: 'outage-1', code: 'KN-2026-000900', ...known }
  const page = await mountRouted(inPage(<PopPreview pop={aPop({ outage })} promises={[]} />))
  const shown = page.element.querySelector('[data-testid="outage"]')?.textContent
  expect(shown).toMatch(/KN-2026-000900: Đứt cáp.*16:00/)
  // there is no ticket yet that these are others of
  const titles = [...page.element.querySelectorAll('h2')].map(({ textContent }) => textContent)
  expect(titles).toContain('Phiếu đang mở')
})

test('a callback that rings shows the number and what was promised, before its ticket', async () => {
  fakeService()
  const page = await mountRouted(inPage(<PopPreview pop={CALLBACK} promises={[]} />))
  expect(noticeOf(page)).toMatch(
    /Cuộc gọi lại theo hẹn.*\.0912 345 678 · Nội dung hẹn: báo kết quả kiểm tra$/,
  )
  speak('en')
  expect(noticeOf(page)).toMatch(/0912 345 678 · Promised: báo kết quả kiểm tra$/)
})

test('so does the ticket of the callback, before it is loaded', async () => {
  vi.stubGlobal('fetch', () => new Promise<Response>(() => undefined))
  const pop = { ...CALLBACK, ticket: aTicketRef('ticket-1') }
  const page = await mountRouted(inPage(<TicketView ticketId="ticket-1" pop={pop} />))
  expect(noticeOf(page)).toContain('0912 345 678 · Nội dung hẹn: báo kết quả kiểm tra')
})

test('so does the bar of what rings', async () => {
  act(() => tell({ type: 'desk_snapshot', snapshot: aSnapshot({ pops: [CALLBACK] }) }))
  const { element } = await mountRouted(inPage(<CallBar />))
  expect(element.textContent).toContain('0912 345 678')
  expect(element.textContent).toContain('Nội dung hẹn: báo kết quả kiểm tra')
  act(() => tell({ type: 'signed_out' }))
})

test('a customer who calls before the promise is due is met with what was promised', () => {
  const text = noticeOf(mount(inPage(<PopNotice pop={aPop({ promise })} />)))
  expect(text).toMatch(/^Đã hẹn gọi lại lúc .* · Nội dung hẹn: báo kết quả kiểm tra$/)
})

test('the preview of a call says that nothing is known of it while its PBX is away', async () => {
  fakeService()
  const page = await mountRouted(inPage(<PopPreview pop={aPop()} promises={[]} />))
  const word = () => page.element.querySelector('[data-tone]:last-child')?.textContent
  expect(word()).toBe('Đang đổ chuông')
  const since = '2026-11-22T03:00:10.000Z'
  const lost = { pbxId: 'pbx1', link: 'closed' as const, since, version: null, problem: null }
  act(() => tell({ type: 'pbx_status', pbx: [lost] }))
  expect(word()).toBe('Mất kết nối: chưa rõ còn đổ chuông không')
  expect(page.element.textContent).toContain('0:10')
  act(() => tell({ type: 'signed_out' }))
})
