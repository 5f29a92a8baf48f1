import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { TeamView, TeamWork } from '#contract/casework/teams.ts'
import type { Ticket } from '#contract/tickets.ts'
import { keepJobs, readKeptJobs } from '../../kept-jobs.ts'
import { openOutbox } from '../../outbox.ts'
import { readOutbox } from '../../state/outbox.ts'
import { forbidStorage } from '../../test-support/forbidden-storage.ts'
import { fakeService } from '../../test-support/fake-service.ts'
import type { FakeService } from '../../test-support/fake-service.ts'
import { inPage, mountRouted, settle } from '../../test-support/page.tsx'
import { aTicket, aUser, anOffer } from '../../test-support/samples.ts'
import { FieldScreen } from './field-screen.tsx'

const me = aUser({ id: 'kt', role: 'field' })
const team: TeamView = {
  id: 'team-kt',
  kind: 'field',
  name: 'KT',
  areas: [],
  active: true,
  isDefault: true,
  members: [],
  version: 1,
}
const MINE = 'assignee=kt&status=field_queued%2Cfield_working&sort=clock&limit=20'
let service: FakeService
let close: () => void

beforeEach(() => {
  localStorage.clear()
  close = openOutbox('kt')
  service = fakeService()
  service.answer('GET /api/teams', { body: { items: [team], nextCursor: null } })
  listsAre([], [])
})
afterEach(() => {
  close()
  vi.unstubAllGlobals()
})

function listsAre(mine: readonly Ticket[], free: readonly Ticket[]): void {
  service.answer(`GET /api/tickets?${MINE}`, { body: { items: mine, nextCursor: null } })
  service.answer('GET /api/teams/team-kt/work', { body: workOf(mine, free) })
  for (const one of mine) service.answer(`GET /api/tickets/${one.id}`, { body: one })
}
/** The open work of the team and what belongs to none of several, as the service lists it. */
function workOf(mine: readonly Ticket[], free: readonly Ticket[]): TeamWork {
  const jobs = [
    ...free.map((job) => ({ ...job, assignee: null })),
    ...mine.map((job) => ({ ...job, assignee: { id: me.id, displayName: me.displayName } })),
  ]
  const statuses = ['field_queued', 'field_working'] as const
  return {
    stages: statuses.map((status) => {
      const items = jobs.filter((job) => job.status === status)
      return { status, count: items.length, unassigned: free.length, items }
    }),
  }
}
async function shown(): Promise<HTMLElement> {
  const { element } = await mountRouted(inPage(<FieldScreen />, { user: me }))
  await settle()
  return element
}
async function press(page: HTMLElement, label: string): Promise<void> {
  const button = [...page.querySelectorAll('button')].find((one) => one.textContent === label)
  if (!button) throw new Error(`there is no button ${label}`)
  act(() => button.click())
  await settle()
}
const kept = () => readOutbox(JSON.parse(localStorage.getItem('hotline.outbox.kt') ?? '[]'))
const working = aTicket({
  id: 't1',
  code: 'KN-1',
  status: 'field_working',
  team: 'field',
  version: 4,
  address: null,
  actions: [anOffer({ action: 'field_done', main: true }), anOffer({ action: 'field_failed' })],
})

test('a job that nobody has is taken by way of the outbox, once', async () => {
  const free = { ...working, id: 't2', code: 'KN-2', status: 'field_queued' } as const
  listsAre([], [free])
  const page = await shown()
  await press(page, 'Tiếp nhận xử lý')
  await press(page, 'Tiếp nhận xử lý')
  expect(kept()).toMatchObject([
    {
      ticketId: 't2',
      step: { kind: 'act', action: 'accept', version: 4, input: { staffId: 'kt' } },
    },
  ])
})

test('a job says what is missing, and what was done and is not sent', async () => {
  listsAre([working], [])
  const page = await shown()
  expect(page.textContent).toContain('Chưa có địa chỉ')
  await press(page, 'Đã đến')
  expect(page.textContent).toContain('Đã đến · chưa gửi')
  expect(kept()).toMatchObject([{ step: { kind: 'note', note: 'Đã đến' } }])
})

test('the customer is called by the ticket, without a number', async () => {
  listsAre([working], [])
  const page = await shown()
  await press(page, 'Gọi khách')
  expect(service.asked.find(({ method }) => method === 'POST')).toEqual({
    method: 'POST',
    path: '/api/calls',
    body: { ticketId: 't1' },
  })
})

test('what the phone has no room for is not said to be kept', async () => {
  listsAre([working], [])
  const page = await shown()
  forbidStorage()
  await press(page, 'Đã đến')
  expect(page.textContent).not.toContain('chưa gửi')
})

test('without a connection it opens with the jobs of the last time, and says of when they are', async () => {
  listsAre([working], [])
  await shown()
  vi.unstubAllGlobals()
  service = fakeService()
  const page = await shown()
  expect(page.textContent).toMatch(/số liệu tính đến \d\d:\d\d\./)
  expect(page.textContent).toContain('KN-1')
  await press(page, 'Đã đến')
  expect(kept()).toMatchObject([{ step: { kind: 'note', note: 'Đã đến' } }])
})

test('with a connection nothing old is offered while the new is on its way', async () => {
  keepJobs({ user: me, at: Date.now(), jobs: [working], tickets: [working] })
  service.answer(`GET /api/tickets?${MINE}`, { body: { items: [working], nextCursor: null } })
  const page = await shown()
  expect(page.textContent).toContain('KN-1')
  expect(page.textContent).not.toContain('Đã đến')
  expect(readKeptJobs()?.tickets).toHaveLength(1)
})

test('nobody sees the jobs of another person who was here', async () => {
  const user = aUser({ id: 'other', role: 'field' })
  keepJobs({ user, at: Date.now(), jobs: [working], tickets: [working] })
  vi.unstubAllGlobals()
  service = fakeService()
  const page = await shown()
  expect(page.textContent).not.toContain('KN-1')
  expect(page.textContent).toContain('Thử lại')
})

test('a day without jobs says so', async () => {
  expect((await shown()).textContent).toContain('Bạn chưa có việc nào')
})
