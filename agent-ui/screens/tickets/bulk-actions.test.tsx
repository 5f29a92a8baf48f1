import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fakeService } from '../../test-support/fake-service.ts'
import type { FakeService } from '../../test-support/fake-service.ts'
import { inPage, mountRouted, settle } from '../../test-support/page.tsx'
import { aTicket, aUser, anOutage } from '../../test-support/samples.ts'
import { BulkActions } from './bulk-actions.tsx'

const rows = [aTicket(), aTicket({ id: 'ticket-2', code: 'KN-2026-000002' })]
let service: FakeService
let done: number

beforeEach(() => {
  done = 0
  service = fakeService()
  service.answer('GET /api/teams', { body: { items: [] } })
  service.answer('GET /api/outages?status=open', { body: { items: [anOutage()] } })
})
afterEach(() => vi.unstubAllGlobals())

async function shown(user = aUser()) {
  await mountRouted(inPage(<BulkActions rows={rows} onDone={() => (done += 1)} />, { user }))
  await settle()
}

function press(label: string): Promise<void> {
  const button = [...document.querySelectorAll('button')].findLast(
    (one) => one.textContent === label,
  )
  act(() => button?.click())
  return settle()
}

test('many tickets go to the open outage at once; who stands in the way is named', async () => {
  const path = 'POST /api/outages/outage-1/link'
  const errors = [{ path: 'ticketIds.1', message: 'closed', code: 'ticket_over' }]
  service.answer(path, { status: 422, body: { title: 'x', status: 422, detail: 'x', errors } })
  await shown()
  await press('Gắn vào sự cố')
  await press('Gắn vào sự cố')
  expect(document.querySelector('[role=alert]')?.textContent).toContain(
    'KN-2026-000002: Phiếu đã kết thúc.',
  )
  expect(done).toBe(0)
  service.answer(path, { body: anOutage({ children: 2 }) })
  await press('Gắn vào sự cố')
  expect(service.asked.findLast(({ method }) => method === 'POST')?.body).toEqual({
    ticketIds: ['ticket-1', 'ticket-2'],
  })
  expect(done).toBe(1)
})

test('a supervisor gives them out to people of the team that has them', async () => {
  const team = { id: 'team', kind: 'cskh', name: 'CSKH', areas: [], active: true, isDefault: true }
  const members = [{ id: 'lan', displayName: 'Lan', isLead: false, signedIn: true }]
  service.answer('GET /api/teams', { body: { items: [{ ...team, members, version: 1 }] } })
  await shown(aUser({ role: 'supervisor' }))
  await press('Giao cho')
  const people = [...document.querySelectorAll('option')].map(({ textContent }) => textContent)
  expect(people).toContain('Lan')
})

test('administrators do neither', async () => {
  await shown(aUser({ role: 'admin' }))
  expect(document.querySelectorAll('button')).toHaveLength(0)
})
