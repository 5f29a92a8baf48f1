import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { runChord } from '../../actions.ts'
import { fakeService } from '../../test-support/fake-service.ts'
import type { FakeService } from '../../test-support/fake-service.ts'
import { inPage, mountRouted, settle } from '../../test-support/page.tsx'
import { aTicket, aUser, anOffer, anOutage } from '../../test-support/samples.ts'
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
  const { element } = await mountRouted(inPage(<OutageBanner ticket={offered} />))
  expect(element.textContent).toContain('Đứt cáp Cầu Giấy')
  act(() => void runChord('Alt+O'))
  await settle()
  expect(service.asked.at(-1)?.body).toEqual({
    action: 'link_outage',
    version: 2,
    outageId: 'outage-1',
  })
})

test('a ticket that is linked says what is known and offers nothing more but the way out', async () => {
  const linked = aTicket({ outage, actions: [anOffer({ action: 'link_outage' })] })
  const { element } = await mountRouted(inPage(<OutageBanner ticket={linked} />))
  expect(element.textContent).toContain('Chưa có thời gian dự kiến')
  expect(runChord('Alt+O')).toBe(false)
  service.answer('POST /api/outages/outage-1/unlink', { body: anOutage() })
  act(() => element.querySelector('button')?.click())
  await settle()
  expect(service.asked.at(-1)?.body).toEqual({ ticketIds: ['ticket-1'] })
})

test('administrators are shown where the outage is, and no way out', async () => {
  const user = aUser({ role: 'admin' })
  const { element } = await mountRouted(
    inPage(<OutageBanner ticket={aTicket({ outage })} />, { user }),
  )
  expect(element.querySelector('a')?.getAttribute('href')).toBe('/outages/outage-1')
  expect(element.querySelector('button')).toBeNull()
})
