import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ClockView } from '#contract/casework/process.ts'
import { fakeService } from '../../../test-support/fake-service.ts'
import { mount } from '../../../test-support/mount.tsx'
import { inPage, settle } from '../../../test-support/page.tsx'
import { aClock, aTicket } from '../../../test-support/samples.ts'
import { TicketClocks } from './ticket-clocks.tsx'

const HOUR = 3_600_000
const at = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString()

beforeEach(() => {
  const calendar = { days: [], profile: 'S', cultureDayHoliday: true, warnings: [] }
  fakeService().answer('GET /api/calendar/days', { body: calendar })
})
afterEach(() => vi.unstubAllGlobals())

async function clockOf(change: Partial<ClockView>): Promise<HTMLElement> {
  const clocks = [aClock(change)]
  const { element } = mount(inPage(<TicketClocks ticket={aTicket({ clocks })} />))
  await settle()
  return element
}

test('a clock says what is left, and what it is over by', async () => {
  const calm = await clockOf({ startedAt: at(-1), dueAt: at(23.004), netSeconds: 3_600 })
  expect(calm.textContent).toContain('còn 23 giờ 0 phút')
  expect(calm.querySelector('[data-urgency=calm]')).not.toBeNull()
  const late = await clockOf({ startedAt: at(-26), dueAt: at(-2.01), netSeconds: 26 * 3_600 })
  expect(late.textContent).toContain('quá 2 giờ 0 phút')
  expect(late.querySelector('[data-urgency=late]')).not.toBeNull()
})

test('a clock that stands still says why', async () => {
  const paused = await clockOf({ dueAt: null, pausedSince: at(-1), pausedBy: 'customer_info' })
  expect(paused.textContent).toContain('tạm dừng')
  expect(paused.textContent).toContain('chờ thông tin khách hàng')
})

test('the deadline of the whole case is told in working days', async () => {
  const overall = await clockOf({ kind: 'overall', startedAt: at(-1), dueAt: at(24 * 14) })
  expect(overall.textContent).toContain('còn 10 ngày làm việc')
})
