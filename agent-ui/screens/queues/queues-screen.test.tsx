import { NO_DAY } from '#contract/supervision/agent-day.ts'
import { type CallCounts, NO_CALLS } from '#contract/supervision/figures.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { QueueMember, QueuesSnapshot } from '#contract/queues.ts'
import { speak } from '../../test-support/texts.ts'
import { tell } from '../../live-store.ts'
import { fakeService } from '../../test-support/fake-service.ts'
import { inPage, mountRouted, settle } from '../../test-support/page.tsx'
import { QueuesScreen } from './queues-screen.tsx'

const since = '2026-11-22T02:15:00.000Z'
const pbx1 = { pbxId: 'pbx1', link: 'ready', since, version: null, problem: null } as const
const hotline = {
  pbxId: 'pbx1',
  name: 'hotline',
  waiting: [],
  members: [],
  today: NO_CALLS,
}

async function board(change: Partial<QueuesSnapshot>): Promise<HTMLElement> {
  tell({
    type: 'queues_snapshot',
    snapshot: { rev: 1, asOf: since, pbx: [pbx1], queues: [hotline], ...change },
  })
  return (await mountRouted(inPage(<QueuesScreen />))).element
}

beforeEach(() => tell({ type: 'signed_out' }))
afterEach(() => speak('vi'))

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

test('the board says by how much the clock of a PBX is wrong, in both languages', async () => {
  const element = await board({ pbx: [{ ...pbx1, clockAheadSeconds: -3600 }] })
  expect(element.textContent).toContain('Đồng hồ tổng đài pbx1 chậm hơn máy chủ 3.600 giây')
  speak('en')
  expect(element.textContent).toContain('The clock of PBX pbx1 is 3.600 s behind ours')
})

test('while calls of an earlier release are counted the board says from which day figures are whole', async () => {
  const service = fakeService()
  service.answer('GET /api/figures/counted', { body: { from: '2026-11-20' } })
  const element = await board({})
  await settle()
  expect(element.textContent).toContain('Cuộc gọi trước ngày 20/11/2026 đang được tính lại')
  speak('en')
  expect(element.textContent).toContain('Calls before 20/11/2026 are still being counted')
  vi.unstubAllGlobals()
})

test('the board names the members that are not supported', async () => {
  const unsupported = ['Local/900@from-queue/n']
  const element = await board({ queues: [{ ...hotline, unsupported }] })
  expect(element.textContent).toContain(
    'Không hỗ trợ làm thành viên hàng đợi: Local/900@from-queue/n.',
  )
  speak('en')
  expect(element.textContent).toContain('Not supported as queue members: Local/900@from-queue/n.')
})

test('who hung up and keeps a place is in the line, and no customer on it', async () => {
  const number = { raw: '0912345678', kind: 'mobile', key: null, display: '0912 345 678' } as const
  const place = { uniqueid: 'pl-1', number, customerName: null, position: 1, joinedAt: since }
  const element = await board({ queues: [{ ...hotline, waiting: [{ ...place, isPlace: true }] }] })
  expect(element.textContent).toContain('Đã gác máy, giữ chỗ: sẽ được gọi khi đến lượt')
  expect(element.querySelector('dd')?.textContent).toBe('0')
  speak('en')
  expect(element.textContent).toContain('Hung up and keeps this place')
})

test('the day has its counts, its rates of all who came, and how each is counted', async () => {
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
  const element = await board({ queues: [{ ...hotline, today }] })
  const tiles = () => [...element.querySelectorAll('dl')].at(-1)?.textContent ?? ''
  for (const text of [
    'Tổng gọi đến8',
    'Khách gác máy khi chờ2trong đó dưới 5 giây: 1',
    'Hết thời gian chờ1',
    'Hẹn gọi lại1',
    'Nghe trong 20 giây37,5 %',
    'Gặp điện thoại viên trong 60 giây40 %',
    'Xử lý trung bình một cuộc2:00',
    'Tỷ lệ bận—',
    'Chờ trung bình đến khi nghe0:12',
    'Tỷ lệ nghe50 %',
    'Tỷ lệ bỏ cuộc25 %không kể dưới 5 giây: 14,3 %',
  ]) {
    expect(tiles()).toContain(text)
  }
  expect(
    element.querySelector('[title*="÷ tổng gọi đến, kể cả khách gác máy sớm. Chỉ tiêu 80 %"]'),
  ).not.toBeNull()
  speak('en')
  expect(tiles()).toContain('Answered within 20 s37,5 %')
})

test('before the first call there is no rate, neither 0 nor 100 %', async () => {
  const tiles = (await board({ queues: [hotline] })).querySelectorAll('dl')
  expect([...tiles].at(-1)?.textContent).not.toContain('%')
  expect([...tiles].at(-1)?.textContent).toContain('Tỷ lệ nghe—')
})

test('a member leads to the call that they are on, and who gave up waiting to the list of them', async () => {
  const member = { extension: '101', displayName: 'Mai', pauseReason: null, stateSince: since }
  const of = { today: { ...NO_DAY, taken: 1 }, hasPage: true, callId: 'call-7' }
  const talking: QueueMember = { ...member, ...of, state: 'in_call' }
  const element = await board({ queues: [{ ...hotline, members: [talking] }] })
  const links = [...element.querySelectorAll('a')].map((link) => [
    link.textContent,
    link.getAttribute('href'),
  ])
  expect(links).toEqual([
    ['Giao ca', '/shift'],
    ['Khách gác máy khi chờ', '/calls?direction=missed'],
    ['Mở cuộc gọi', '/calls/call-7'],
  ])
})
