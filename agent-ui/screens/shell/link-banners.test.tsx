import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { speak } from '../../test-support/texts.ts'
import { tell } from '../../live-store.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage } from '../../test-support/page.tsx'
import { LinkBanners } from './link-banners.tsx'

const since = '2026-11-22T02:15:00.000Z'

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-22T03:00:00.000Z') })
  tell({ type: 'signed_out' })
  tell({ type: 'connection', status: 'connected' })
})
afterEach(() => {
  speak('vi')
  vi.useRealTimers()
})

test('nothing is said while all is well', () => {
  expect(mount(inPage(<LinkBanners />)).element.textContent).toBe('')
})

test('a database that takes no writes is told in plain words, until it does again', () => {
  const { element } = mount(inPage(<LinkBanners />))
  act(() => tell({ type: 'service_status', service: { database: 'waiting', since } }))
  expect(element.textContent).toBe(
    'Cơ sở dữ liệu đang bận từ 09:15: cuộc gọi vẫn chạy, phiếu sẽ được mở khi ghi được.',
  )
  speak('en')
  expect(element.textContent).toContain('The database has been busy since 09:15')
  act(() => tell({ type: 'service_status', service: { database: 'ok', since: null } }))
  expect(element.textContent).toBe('')
})

test('a PBX in trouble is named, and two troubles are both told', () => {
  const { element } = mount(inPage(<LinkBanners />))
  const closed = { pbxId: 'pbx1', link: 'closed', since, version: null, problem: null } as const
  act(() => tell({ type: 'pbx_status', pbx: [closed] }))
  act(() => tell({ type: 'service_status', service: { database: 'waiting', since } }))
  expect(element.textContent).toContain('Tổng đài pbx1: mất kết nối từ 09:15.')
  expect(element.textContent).toContain('Cơ sở dữ liệu đang bận')
})

test('a page that hears nothing says only that', () => {
  const { element } = mount(inPage(<LinkBanners />))
  act(() => tell({ type: 'service_status', service: { database: 'waiting', since } }))
  act(() => tell({ type: 'connection', status: 'disconnected' }))
  act(() => void vi.advanceTimersByTime(6_000))
  expect(element.textContent).toMatch(/^Đang kết nối lại… số liệu tính đến \d\d:\d\d:\d\d$/)
})
