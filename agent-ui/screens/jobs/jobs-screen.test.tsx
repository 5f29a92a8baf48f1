import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { JobsView } from '#contract/jobs.ts'
import { aProblem, fakeService } from '../../test-support/fake-service.ts'
import type { FakeService } from '../../test-support/fake-service.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage, settle } from '../../test-support/page.tsx'
import { JobsScreen } from './jobs-screen.tsx'

const at = '2026-11-22T03:00:00.000Z'
const NOTHING: JobsView = { loops: [], recurring: [], setAside: { items: [], nextCursor: null } }
const NEVER = { lastErrorAt: null, lastError: null }
let service: FakeService

beforeEach(() => {
  service = fakeService()
})
afterEach(() => vi.unstubAllGlobals())

function aSetAside(id: string) {
  return { id, at, kind: 'owed_ticket', subject: `call-${id}`, reason: 'CHECK failed', detail: '' }
}

async function shown(): Promise<HTMLElement> {
  const { element } = mount(inPage(<JobsScreen />))
  await settle()
  return element
}

function press(element: HTMLElement, label: string): void {
  const buttons = [...element.querySelectorAll('button')]
  act(() => buttons.find((button) => button.textContent === label)?.click())
}

test('while the answer is on its way the page says that it loads', () => {
  const { element } = mount(inPage(<JobsScreen />))
  expect(element.querySelector('[role="status"]')?.getAttribute('aria-label')).toBe('Đang tải…')
})

test('each loop and each recurring job is shown with its state, its times and its last error', async () => {
  const loop = { running: false, runs: 3, failuresInRow: 2, lastRunAt: at, nextRunAt: at }
  const job = { running: false, runs: 1, skipped: 0, lastRunAt: at, lastEndedAt: at }
  service.answer('GET /api/jobs?limit=50', {
    body: {
      ...NOTHING,
      loops: [{ ...loop, name: 'promises', lastErrorAt: at, lastError: 'deadlock' }],
      recurring: [
        {
          ...job,
          ...NEVER,
          name: 'backup',
          cron: '0 2 * * *',
          lastResult: 'done',
          nextRunAt: null,
        },
      ],
    } satisfies JobsView,
  })
  const rows = [...(await shown()).querySelectorAll('tbody tr')].map((row) =>
    [...row.children].map((cell) => cell.textContent),
  )
  const time = '22/11/2026 10:00'
  expect(rows).toEqual([
    ['Hẹn gọi lại', 'Đang lỗi', time, time, `${time} · deadlock`],
    ['backup', '0 2 * * *', 'Đã dừng', time, '—', '—'],
  ])
})

test('a service that has given up on nothing says so', async () => {
  service.answer('GET /api/jobs?limit=50', { body: NOTHING })
  const { textContent } = await shown()
  expect(textContent).toContain('Không có việc nào bị gác lại')
  expect(textContent).toContain('Chưa có vòng quét nào')
  expect(textContent).toContain('Chưa có tác vụ định kỳ')
})

test('what was set aside is listed with its reason, further pages when asked for', async () => {
  const first = { items: [aSetAside('1')], nextCursor: 'c1' }
  const second = { items: [{ ...aSetAside('2'), kind: 'mail' }], nextCursor: null }
  service.answer('GET /api/jobs?limit=50', { body: { ...NOTHING, setAside: first } })
  service.answer('GET /api/jobs?limit=50&cursor=c1', { body: { ...NOTHING, setAside: second } })
  const element = await shown()
  expect(element.textContent).toContain('Phiếu chờ mở bổ sungcall-1CHECK failed')
  expect(element.textContent).not.toContain('call-2')
  press(element, 'Xem thêm')
  await settle()
  expect(element.textContent).toContain('mailcall-2CHECK failed')
  expect(element.textContent).not.toContain('Xem thêm')
})

test('what helps to find the cause is under the reason', async () => {
  const items = [{ ...aSetAside('1'), detail: 'tried 5 times' }, aSetAside('2')]
  const body = { ...NOTHING, setAside: { items, nextCursor: null } }
  service.answer('GET /api/jobs?limit=50', { body })
  const causes = [...(await shown()).querySelectorAll('details')]
  expect(causes.map((cause) => cause.querySelector('summary')?.textContent)).toEqual([
    'CHECK failed',
  ])
  expect(causes[0]?.querySelector('pre')?.textContent).toBe('tried 5 times')
})

test('a failure is told and can be tried again', async () => {
  service.answer('GET /api/jobs?limit=50', aProblem(500))
  const element = await shown()
  expect(element.textContent).toContain('Máy chủ gặp lỗi')
  service.answer('GET /api/jobs?limit=50', { body: NOTHING })
  press(element, 'Thử lại')
  await settle()
  expect(element.textContent).toContain('Không có việc nào bị gác lại')
})
