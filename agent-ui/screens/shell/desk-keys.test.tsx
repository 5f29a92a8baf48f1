import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { runChord } from '../../actions.ts'
import { tell } from '../../live-store.ts'
import { fakeService } from '../../test-support/fake-service.ts'
import type { FakeService } from '../../test-support/fake-service.ts'
import { inPage, mountRouted, settle } from '../../test-support/page.tsx'
import { aCallback, aSnapshot, aUser } from '../../test-support/samples.ts'
import { forgetWorkspace, step, useWorkspace } from '../../workspace-store.ts'
import { DeskKeys } from './desk-keys.tsx'

const TICKETS = 'GET /api/tickets?status=open&assignee=staff-1&limit=15'
const PAUSED = {
  state: 'paused',
  reason: 'break',
  since: '2026-11-22T03:00:00.000Z',
  confirmed: true,
} as const
let service: FakeService

beforeEach(() => {
  forgetWorkspace()
  service = fakeService()
  service.answer('GET /api/missed', { body: { items: [] } })
  service.answer(TICKETS, { body: { items: [], nextCursor: null } })
})
afterEach(() => {
  act(() => tell({ type: 'signed_out' }))
  vi.unstubAllGlobals()
})

function Front() {
  return <p>{useWorkspace().activeKey}</p>
}

async function shown(change: Parameters<typeof aSnapshot>[0] = {}) {
  const node = (
    <>
      <DeskKeys />
      <Front />
    </>
  )
  const page = await mountRouted(inPage(node, { user: aUser({ id: 'staff-1' }) }))
  act(() => tell({ type: 'desk_snapshot', snapshot: aSnapshot(change) }))
  return page
}

async function press(chord: string): Promise<boolean> {
  let wasTaken = false
  act(() => {
    wasTaken = runChord(chord)
  })
  await settle()
  return wasTaken
}

test('one key makes ready, and is free while this person is', async () => {
  service.answer('POST /api/desk/state', { body: { ...PAUSED, state: 'ready', reason: null } })
  await shown({ state: PAUSED })
  expect(await press('Alt+A')).toBe(true)
  expect(service.asked.map(({ path, body }) => [path, body])).toEqual([
    ['/api/desk/state', { state: 'ready' }],
  ])
  expect(await press('Alt+A')).toBe(false)
})

test('each tab of the desk has the digit of its place, from every screen', async () => {
  const page = await shown()
  act(() => step({ type: 'ticket_opened', ticketId: 'a' }))
  act(() => step({ type: 'ticket_opened', ticketId: 'b' }))
  expect(await press('Alt+1')).toBe(true)
  expect([page.path(), page.element.textContent]).toEqual(['/desk', 'a'])
  expect(await press('Alt+3')).toBe(false)
})

test('the next work is opened: here the promise that is owed', async () => {
  const ticket = { id: 'owed', code: 'KN-1', subject: '' }
  const page = await shown({
    callbacks: [aCallback({ status: 'scheduled', dueAt: '2026-11-22T01:00:00.000Z', ticket })],
  })
  await press('Alt+Q')
  expect([page.path(), page.element.textContent]).toEqual(['/desk', 'owed'])
})

test('callers in vain are next when nothing is owed', async () => {
  const promise = aCallback({ status: 'scheduled', dueAt: '2036-11-22T01:00:00.000Z' })
  service.answer('GET /api/missed', { body: { items: [{ promise }] } })
  const page = await shown({ callbacks: [] })
  await press('Alt+Q')
  expect(page.path()).toBe('/missed')
})
