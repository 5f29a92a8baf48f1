import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { runChord } from '../../actions.ts'
import { fakeService } from '../../test-support/fake-service.ts'
import type { FakeService } from '../../test-support/fake-service.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage, settle } from '../../test-support/page.tsx'
import { aTicket, anOffer } from '../../test-support/samples.ts'
import { OutageBanner } from './outage-banner.tsx'

const outage = {
  ticketId: 'outage-1',
  code: 'KN-2026-000900',
  message: 'Đứt cáp Cầu Giấy',
  expectedUntil: null,
}
let service: FakeService

beforeEach(() => {
  service = fakeService()
})
afterEach(() => vi.unstubAllGlobals())

test('an open outage of the area is offered, and one key links the ticket to it', async () => {
  service.answer('POST /api/tickets/ticket-1/actions', { body: aTicket({ outage }) })
  const offered = aTicket({
    version: 2,
    outageOffer: outage,
    actions: [anOffer({ action: 'link_outage' })],
  })
  const { element } = mount(inPage(<OutageBanner ticket={offered} />))
  expect(element.textContent).toContain('Đứt cáp Cầu Giấy')
  act(() => void runChord('Alt+O'))
  await settle()
  expect(service.asked.at(-1)?.body).toEqual({
    action: 'link_outage',
    version: 2,
    outageId: 'outage-1',
  })
})

test('a ticket that is linked says what is known and offers nothing more', () => {
  const linked = aTicket({ outage, actions: [anOffer({ action: 'link_outage' })] })
  const { element } = mount(inPage(<OutageBanner ticket={linked} />))
  expect(element.textContent).toContain('Chưa có thời gian dự kiến')
  expect(element.querySelector('button')).toBeNull()
  expect(runChord('Alt+O')).toBe(false)
})
