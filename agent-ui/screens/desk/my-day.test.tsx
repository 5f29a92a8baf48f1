import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { NO_DAY } from '#contract/supervision/agent-day.ts'
import type { MyDay as Day } from '#contract/supervision/my-day.ts'
import { speak } from '../../test-support/texts.ts'
import { type FakeService, fakeService } from '../../test-support/fake-service.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage, settle } from '../../test-support/page.tsx'
import { MyDay } from './my-day.tsx'

const NOW = '2026-11-22T03:00:00.000Z'
let service: FakeService
beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(NOW), toFake: ['Date'] })
  service = fakeService()
})
afterEach(() => {
  speak('vi')
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function shown(work: Partial<Day['work']>, promises: Day['promises']) {
  const body: Day = { day: '2026-11-22', work: { ...NO_DAY, ...work }, promises }
  service.answer('GET /api/desk/my-day', { body })
  const { element } = mount(inPage(<MyDay />))
  await settle()
  return element
}
const lines = (element: HTMLElement) =>
  [...element.querySelectorAll('dl > div')].map((line) => line.textContent)

test('an agent sees their calls, handling, talk, occupancy and promises, each with its formula', async () => {
  const times = { signedInSeconds: 3_000, pausedSeconds: 1_000, running: null }
  const calls = { taken: 4, handled: 5, talkSeconds: 800, holdSeconds: 150, wrapUpSeconds: 50 }
  const element = await shown({ ...calls, times }, { kept: 3, late: 1, broken: 0 })
  expect(lines(element)).toEqual([
    'Cuộc đã nghe4',
    'Xử lý trung bình3:20',
    'Đàm thoại13:20',
    'Tỷ lệ bận50 %',
    'Gọi lại đúng hẹn75 %3/4',
  ])
  expect(
    element.querySelector('[title*="÷ (thời gian nhận cuộc gọi − thời gian tạm nghỉ)"]'),
  ).not.toBeNull()
  speak('en')
  expect(lines(element).at(-1)).toBe('Promises kept75 %3/4')
})

test('before the first call there is no rate, neither 0 nor 100 %', async () => {
  expect(lines(await shown({}, { kept: 0, late: 0, broken: 0 }))).toEqual([
    'Cuộc đã nghe0',
    'Xử lý trung bình—',
    'Đàm thoại0:00',
    'Tỷ lệ bận—',
    'Gọi lại đúng hẹn—',
  ])
})

test('what cannot be read says so and is asked for again', async () => {
  service.answer('GET /api/desk/my-day', { status: 503, body: {} })
  const { element } = mount(inPage(<MyDay />))
  await settle()
  expect(element.querySelector('button')?.textContent).toContain('Thử lại')
})
