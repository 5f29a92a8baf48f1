import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { CalendarWarning } from '#contract/calendar.ts'
import type { Role } from '#contract/staff.ts'
import { speak } from '../../test-support/texts.ts'
import { type FakeService, fakeService } from '../../test-support/fake-service.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage, settle } from '../../test-support/page.tsx'
import { aUser } from '../../test-support/samples.ts'
import { CalendarBanner } from './calendar-banner.tsx'

let service: FakeService
beforeEach(() => {
  service = fakeService()
})
afterEach(() => {
  speak('vi')
  vi.unstubAllGlobals()
})

async function shownTo(role: Role, warnings: CalendarWarning[]): Promise<HTMLElement> {
  const body = { days: [], cultureDayHoliday: true, profile: 'S', version: 0, warnings }
  service.answer('GET /api/calendar/days', { body })
  const { element } = mount(inPage(<CalendarBanner />, { user: aUser({ role }) }))
  await settle()
  return element
}

const MISSING: CalendarWarning = { year: 2028, coverage: 'missing' }

test.each(['supervisor', 'admin'] as const)(
  'a %s is told of a year without holidays, in both languages',
  async (role) => {
    const element = await shownTo(role, [MISSING])
    expect(element.textContent).toContain('Chưa nhập ngày nghỉ Tết 2028')
    speak('en')
    expect(element.textContent).toContain('The calendar has no holidays of Tet 2028')
  },
)

test('holidays that nobody has confirmed are told as such', async () => {
  const element = await shownTo('admin', [{ year: 2027, coverage: 'projected' }])
  expect(element.textContent).toContain('Lịch nghỉ Tết và Quốc khánh năm 2027 mới là dự kiến')
})

test('each is put away by itself until the page is loaded again', async () => {
  const element = await shownTo('admin', [MISSING, { year: 2027, coverage: 'projected' }])
  const close = () =>
    act(() => element.querySelector<HTMLButtonElement>('button[aria-label="Đóng"]')?.click())
  close()
  expect(element.textContent).toContain('Lịch nghỉ Tết và Quốc khánh năm 2027 mới là dự kiến')
  expect(element.textContent).not.toContain('2028')
  close()
  expect(element.textContent).toBe('')
})

test('nothing is said when all is entered, and agents are not even asked for', async () => {
  expect((await shownTo('admin', [])).textContent).toBe('')
  const before = service.asked.length
  expect((await shownTo('agent', [MISSING])).textContent).toBe('')
  expect(service.asked).toHaveLength(before)
})
