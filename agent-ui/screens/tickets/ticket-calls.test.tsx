import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Recording } from '../../components/recording.tsx'
import { fakeService } from '../../test-support/fake-service.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage, mountRouted } from '../../test-support/page.tsx'
import { aTicket } from '../../test-support/samples.ts'
import { TicketCalls } from './ticket-calls.tsx'

beforeEach(() => void fakeService())
afterEach(() => vi.unstubAllGlobals())

const AT = '2026-11-28T01:00:00.000Z'
const call = { direction: 'inbound', enteredAt: AT, answeredAt: AT, endedAt: AT } as const

test('a call on which somebody talked has a place for its recording, which says that there is none', async () => {
  const calls = [
    { ...call, id: 'c1', agents: ['An'] },
    { ...call, id: 'c2', agents: [] },
  ]
  const { element } = await mountRouted(inPage(<TicketCalls ticket={aTicket({ calls })} />))
  const lines = [...element.querySelectorAll('li')].map(({ textContent }) => textContent)
  expect(lines.map((line) => line?.includes('Chưa có bản ghi'))).toEqual([true, false])
})

test.each([
  [true, 'chưa lấy bản ghi âm từ tổng đài'],
  [false, 'không có gì để nghe lại'],
])('why there is none is said (talked: %s)', (hasTalk, why) => {
  const { element } = mount(inPage(<Recording hasTalk={hasTalk} />))
  expect(element.textContent).toContain(why)
})
