import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Role } from '#contract/staff.ts'
import { runChord } from '../../actions.ts'
import { tell } from '../../live-store.ts'
import { fakeService, type FakeService } from '../../test-support/fake-service.ts'
import { inPage, mountRouted, settle, within } from '../../test-support/page.tsx'
import { aHelp, aUser } from '../../test-support/samples.ts'
import { speak } from '../../test-support/texts.ts'
import { forgetWorkspace } from '../../workspace-store.ts'
import { AskHelp } from './ask-help.tsx'
import { HelpStrip } from './help-strip.tsx'

let service: FakeService
beforeEach(() => {
  forgetWorkspace()
  service = fakeService()
  service.answer('GET /api/help/mine', { body: { help: null } })
  service.answer('GET /api/help', { body: { items: [] } })
})
afterEach(() => {
  vi.useRealTimers()
  act(() => tell({ type: 'signed_out' }))
  speak('vi')
  vi.unstubAllGlobals()
})

async function shownTo(role: Role, at = '/here') {
  const node = (
    <>
      {role === 'agent' && <AskHelp />}
      <HelpStrip />
    </>
  )
  const page = await mountRouted(inPage(node, { user: aUser({ role }) }), at)
  await settle()
  return page.element
}
const posted = () => service.asked.filter(({ method }) => method === 'POST')
const press = async () => {
  const wasTaken = { now: false }
  act(() => {
    wasTaken.now = runChord('Alt+V')
  })
  await settle()
  return wasTaken.now
}

test('one key asks once, about the ticket in front, and says that nobody has taken it yet', async () => {
  const element = await shownTo('agent', '/tickets/ticket-9')
  expect(element.textContent).toBe('')
  service.answer('POST /api/help', { body: aHelp() })
  expect(await press()).toBe(true)
  expect(await press()).toBe(false)
  expect(posted()).toMatchObject([{ path: '/api/help', body: { ticketId: 'ticket-9' } }])
  expect(element.textContent).toContain('Bạn đang xin hỗ trợ, chưa có ai nhận')
  speak('en')
  expect(element.textContent).toContain('nobody has taken it yet')
})

test('the agent sees who comes, and takes the request back', async () => {
  const help = aHelp({ takenBy: { id: 'chief', displayName: 'Trưởng ca' } })
  service.answer('GET /api/help/mine', { body: { help } })
  const element = await shownTo('agent')
  expect(element.textContent).toContain('Trưởng ca đang đến')
  const over = { ...help, endedAt: help.askedAt, end: 'withdrawn' }
  service.answer('POST /api/help/help-1/withdraw', { body: over })
  service.answer('GET /api/help/mine', { body: { help: null } })
  await within(element).press('Thôi, không cần nữa')
  expect(element.textContent).toBe('')
})

test('a request is taken back when the service can hear it, and says meanwhile why it waits', async () => {
  service.answer('GET /api/help/mine', { body: { help: aHelp() } })
  vi.useFakeTimers({ toFake: ['Date', 'setInterval'] })
  act(() => tell({ type: 'connection', status: 'connected' }))
  const element = await shownTo('agent')
  act(() => tell({ type: 'connection', status: 'disconnected' }))
  act(() => void vi.advanceTimersByTime(6_000))
  await within(element).press('Thôi, không cần nữa')
  expect(posted()).toEqual([])
  const button = element.querySelector('[data-testid="own-help"] button')
  expect(button?.getAttribute('aria-disabled')).toBe('true')
})

test('what was not heard to end is over by its time', async () => {
  const help = aHelp({ expiresAt: '2001-11-22T03:30:00.000Z' })
  service.answer('GET /api/help/mine', { body: { help } })
  expect((await shownTo('agent')).textContent).toBe('')
})

test('a supervisor reads who asks, on which ticket, and comes', async () => {
  service.answer('GET /api/help', { body: { items: [aHelp()] } })
  const element = await shownTo('supervisor')
  expect(element.textContent).toContain('Nguyễn An xin hỗ trợ')
  expect(element.querySelector('a[href="/tickets/ticket-1"]')?.textContent).toBe('KN-2026-000123')
  const taken = aHelp({ takenBy: { id: 'staff-1', displayName: 'Test' } })
  service.answer('POST /api/help/help-1/take', { body: taken })
  service.answer('GET /api/help', { body: { items: [taken] } })
  await within(element).press('Tôi đến')
  expect(posted()).toMatchObject([{ path: '/api/help/help-1/take' }])
  expect(element.textContent).toBe('')
})

test('of many who ask three are shown, and how many more', async () => {
  const items = ['a', 'b', 'c', 'd', 'e'].map((id) => aHelp({ id }))
  service.answer('GET /api/help', { body: { items } })
  const element = await shownTo('admin')
  expect(element.querySelectorAll('[data-testid^="help-"]')).toHaveLength(3)
  expect(element.textContent).toContain('Còn 2 người xin hỗ trợ')
})

test('whoever takes no calls here is not even asked for', async () => {
  expect((await shownTo('noc')).textContent).toBe('')
  expect(service.asked).toEqual([])
})
