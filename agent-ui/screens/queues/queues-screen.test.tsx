import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { LiveQueue, QueueMember, QueuesSnapshot } from '#contract/queues.ts'
import { NO_DAY } from '#contract/supervision/agent-day.ts'
import { type CallCounts, NO_CALLS } from '#contract/supervision/figures.ts'
import type { Owed } from '#contract/supervision/owed.ts'
import { tell } from '../../live-store.ts'
import { boardSearch } from '../../state/board.ts'
import { type FakeService, fakeService } from '../../test-support/fake-service.ts'
import { mountScreen, settle } from '../../test-support/page.tsx'
import { speak } from '../../test-support/texts.ts'
import { QueuesScreen } from './queues-screen.tsx'

const since = '2026-11-22T02:15:00.000Z'
const pbx1 = { pbxId: 'pbx1', link: 'ready', since, version: null, problem: null } as const
const hotline: LiveQueue = {
  pbxId: 'pbx1',
  name: 'hotline',
  waiting: [],
  members: [],
  today: NO_CALLS,
}
const member: QueueMember = {
  extension: '101',
  displayName: 'Mai',
  state: 'ready',
  pauseReason: null,
  stateSince: since,
  today: NO_DAY,
  hasPage: true,
}
const number = { raw: '0912345678', kind: 'mobile', key: null, display: '0912 345 678' } as const
const owed: Owed = {
  asOf: since,
  promises: { due: 3, atRisk: 2, late: 1, keptToday: 9, lateToday: 1, brokenToday: 0 },
  calledBack: [
    { queue: null, count: 4 },
    { queue: 'hotline', count: 2 },
  ],
  missed: [{ queue: 'tech', count: 5 }],
  overdue: { tickets: 6, byStage: [{ clock: 'noc', count: 4 }] },
}
const targets = {
  version: 0,
  items: [
    { figure: 'serviceLevel', value: 80, from: null, setBy: null, setAt: null },
    { figure: 'kept', value: 90, from: '2026-11-01', setBy: null, setAt: null },
  ],
}

let service: FakeService
async function board(change: Partial<QueuesSnapshot>, at = '/queues'): Promise<HTMLElement> {
  tell({
    type: 'queues_snapshot',
    snapshot: { rev: 1, asOf: since, pbx: [pbx1], queues: [hotline], ...change },
  })
  return mountScreen({ path: at, component: QueuesScreen, validateSearch: boardSearch })
}
beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(since), toFake: ['Date', 'setInterval', 'clearInterval'] })
  service = fakeService()
  service.answer('GET /api/targets', { body: targets })
  service.answer('GET /api/figures/counted', { body: { from: null } })
  tell({ type: 'signed_out' })
  tell({ type: 'connection', status: 'connected' })
})
afterEach(() => {
  speak('vi')
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** What the tile with this label shows. */
function tile(element: HTMLElement, label: string): string | undefined {
  const labels = [...element.querySelectorAll('dt')]
  const found = labels.find(({ textContent }) => textContent === label)
  return found?.parentElement?.querySelector('dd')?.textContent
}

test('the board of a PBX that tags its callers has nothing to explain', async () => {
  const { textContent } = await board({})
  expect(textContent).not.toContain('HOTLINE')
  expect(textContent).not.toContain('Không hỗ trợ')
})

test('the board says in plain words that a PBX sends no tags, in both languages', async () => {
  const element = await board({ pbx: [{ ...pbx1, tagsMissing: 'no_variable' }] })
  expect(element.textContent).toContain('Tổng đài pbx1 không gửi nhãn HOTLINE kèm cuộc gọi')
  speak('en')
  expect(element.textContent).toContain('PBX pbx1 sends no HOTLINE tag with its calls')
})

test('the board says by how much the clock of a PBX is wrong', async () => {
  const element = await board({ pbx: [{ ...pbx1, clockAheadSeconds: -3600 }] })
  expect(element.textContent).toContain('Đồng hồ tổng đài pbx1 chậm hơn máy chủ 3.600 giây')
})

test('while calls of an earlier release are counted the board says from which day figures are whole', async () => {
  service.answer('GET /api/figures/counted', { body: { from: '2026-11-20' } })
  const element = await board({})
  await settle()
  expect(element.textContent).toContain('Cuộc gọi trước ngày 20/11/2026 đang được tính lại')
})

test('the board names the members that are not supported', async () => {
  const unsupported = ['Local/900@from-queue/n']
  const element = await board({ queues: [{ ...hotline, unsupported }] })
  expect(element.textContent).toContain(
    'Không hỗ trợ làm thành viên hàng đợi: Local/900@from-queue/n.',
  )
})

test('who waits is shown with customer, outage and promise; who keeps a place is no customer on the line', async () => {
  const place = { uniqueid: 'pl-1', number, customerName: null, position: 2, joinedAt: since }
  const caller = {
    ...place,
    uniqueid: 'c-1',
    position: 1,
    customerName: 'Công ty Sao Mai',
    isPlace: false,
    promise: { dueAt: '2026-11-22T03:30:00.000Z', ticketId: 't1' },
    outage: { ticketId: 't9', code: 'KN-2026-000009' },
  }
  const waiting = [{ ...place, isPlace: true }, caller]
  const element = await board({ queues: [{ ...hotline, waiting }] })
  const rows = [...element.querySelectorAll('[data-testid^="waiting-"]')]
  expect(rows.map(({ textContent }) => textContent)).toEqual([
    '1Công ty Sao Mai0912 345 678Sự cốHẹn 10:300:00',
    '20912 345 678Giữ chỗ0:00',
  ])
  expect(rows[0]?.querySelector('a')?.getAttribute('href')).toBe('/outages/t9')
  expect(tile(element, 'Đang chờ')).toBe('1giữ chỗ: 1')
})

const today: CallCounts = {
  entered: 10,
  offered: 8,
  answered: 4,
  abandoned: 2,
  short: 1,
  timedOut: 1,
  asked: 1,
  withinLevel: 3,
  withinService: 4,
  waitSeconds: 48,
  handled: 4,
  talkSeconds: 400,
  holdSeconds: 60,
  wrapUpSeconds: 20,
  waits: [1, 1, 1, 1, 0, 0, 0, 0],
}

test('the day has its counts and rates, how each is counted, and its target', async () => {
  const element = await board({ queues: [{ ...hotline, today }] })
  await settle()
  const shown = (label: string) => tile(element, label)
  expect(['Tổng gọi đến', 'Đã nghe', 'Gác máy khi chờ', 'Hết thời gian chờ'].map(shown)).toEqual([
    '8',
    '4tỷ lệ 50 %',
    '2dưới 5 giây: 1',
    '1',
  ])
  expect(
    ['Nghe ≤ 20 giây', 'Gặp người ≤ 60 giây', 'Tỷ lệ bỏ cuộc', 'Chờ trung bình'].map(shown),
  ).toEqual(['37,5 %chưa đạt ≥ 80 %', '40 %', '25 %bỏ dưới 5 giây: 14,3 %', '0:12'])
  expect(shown('Xử lý trung bình')).toBe('2:00')
  const level = element.querySelector('[title*="÷ tổng gọi đến, kể cả khách gác máy sớm"]')
  expect(level?.getAttribute('title')).toContain('Chỉ tiêu: ít nhất 80 %, từ đầu.')
  expect(level?.getAttribute('title')).toContain('Số liệu lúc 09:15:00.')
  speak('en')
  expect(tile(element, 'Answered within 20 s')).toBe('37,5 %misses ≥ 80 %')
})

test('before the first call there is no rate, neither 0 nor 100 %', async () => {
  const element = await board({})
  expect(tile(element, 'Nghe ≤ 20 giây')).toBe('—chỉ tiêu ≥ 80 %')
  expect(tile(element, 'Đã nghe')).toBe('0tỷ lệ —')
})

test('what is owed is shown with whether promises are kept; of one queue, its own', async () => {
  const tech = { ...hotline, name: 'tech' }
  const element = await board({ queues: [hotline, tech], owed })
  await settle()
  const shown = (label: string) => tile(element, label)
  expect(['Hẹn đến hạn', 'Hẹn đúng giờ', 'Phiếu quá hạn'].map(shown)).toEqual([
    '3nguy cơ 2 · trễ 1',
    '90 %đạt ≥ 90 %',
    '6NOC 24 giờ 4',
  ])
  expect(['Nhỡ, chưa gặp', 'Đã gọi lại'].map(shown)).toEqual(['5', '6hẹn bằng phím: 0'])
  const links = [...element.querySelectorAll('nav a')]
  act(() => void links.find((link) => link.textContent === 'hotline')?.dispatchEvent(click()))
  await settle()
  expect(['Nhỡ, chưa gặp', 'Đã gọi lại'].map(shown)).toEqual(['0', '2hẹn bằng phím: 0'])
})

const click = () => new MouseEvent('click', { bubbles: true, cancelable: true, button: 0 })

test('a member leads to call and ticket, and the row says who paused whom', async () => {
  const talking: QueueMember = {
    ...member,
    state: 'in_call',
    callId: 'call-7',
    onCall: { number, customerName: null, ticket: { id: 't1', code: 'KN-2026-000001' } },
  }
  const paused: QueueMember = {
    ...member,
    extension: '102',
    state: 'paused',
    pauseReason: 'meeting',
    pausedBy: 'Hoa',
    hasPage: false,
  }
  const element = await board({ queues: [{ ...hotline, members: [talking, paused] }] })
  const rows = [...element.querySelectorAll('[data-testid^="member-"]')]
  const links = [...(rows[0]?.querySelectorAll('a') ?? [])]
  expect(links.map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
    ['0912 345 678', '/calls/call-7'],
    ['KN-2026-000001', '/tickets/t1'],
  ])
  expect(rows[1]?.textContent).toContain('Tạm nghỉHọp, bởi Hoa')
  expect(rows[1]?.querySelector('[aria-label="Chưa mở trang nào"]')).not.toBeNull()
})

test('a PBX that is away makes its figures old, and leaves what is read from rows as it is', async () => {
  const element = await board({ owed })
  const silent = () =>
    [...element.querySelectorAll('dl > div')].map((one) => one.getAttribute('data-silent'))
  expect(new Set(silent())).toEqual(new Set(['false']))
  act(() => tell({ type: 'pbx_status', pbx: [{ ...pbx1, link: 'closed' }] }))
  expect(silent().filter((one) => one === 'false')).toHaveLength(5)
  expect(element.textContent).toContain('Mất kết nối tổng đài pbx1 từ 09:15:00')
  expect(element.textContent).toContain('Máy chủ: đang kết nối')
  expect(tile(element, 'Đang chờ')).toBe('0cũ 0:00')
})

test('a service that is away makes every figure old, and says nothing of the PBX', async () => {
  const element = await board({ owed })
  act(() => tell({ type: 'connection', status: 'disconnected' }))
  act(() => void vi.advanceTimersByTime(5000))
  expect(element.textContent).toContain('Mất kết nối máy chủ từ 09:15:00')
  const silent = [...element.querySelectorAll('dl > div')].map((one) =>
    one.getAttribute('data-silent'),
  )
  expect(new Set(silent)).toEqual(new Set(['true']))
  expect(element.textContent).not.toContain('Tổng đài pbx1')
})

test('without a snapshot the board loads, and says why it cannot', async () => {
  service.answer('GET /api/queues', { status: 503, body: {} })
  const element = await mountScreen({
    path: '/queues',
    component: QueuesScreen,
    validateSearch: boardSearch,
  })
  await settle()
  expect(element.querySelector('dl')).toBeNull()
  expect(element.textContent).toContain('Thử lại')
})

test('a PBX without queues yet has an empty board', async () => {
  const element = await board({ queues: [] })
  expect(element.textContent).toContain('Chưa có hàng đợi nào')
})
