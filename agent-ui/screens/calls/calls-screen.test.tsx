import { cleanNotifications, notificationsStore } from '@mantine/notifications'
import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ListedCall } from '#contract/calls.ts'
import { runChord } from '../../actions.ts'
import { tell } from '../../live-store.ts'
import { callSearch } from '../../state/call-search.ts'
import { fakeService } from '../../test-support/fake-service.ts'
import type { FakeService } from '../../test-support/fake-service.ts'
import { mountScreen, settle } from '../../test-support/page.tsx'
import { aCall } from '../../test-support/samples.ts'
import { CallsScreen } from './calls-screen.tsx'

const AT = '2026-11-28T01:00:00.000Z'
const TICKET = { id: 't1', code: 'KN-2026-000001' }

let service: FakeService
beforeEach(() => {
  service = fakeService()
  service.answer('GET /api/views?list=calls', { body: { items: [] } })
  service.answer('GET /api/directory', { body: { people: [], queues: [], pbxs: [] } })
})
afterEach(() => {
  act(() => {
    tell({ type: 'signed_out' })
    cleanNotifications()
  })
  vi.unstubAllGlobals()
})

function listed(change: Partial<ListedCall>): ListedCall {
  const { heldSince: _held, consult: _consult, ...row } = aCall({ enteredAt: AT, endedAt: AT })
  return { ...row, ticket: TICKET, customer: null, agents: ['An'], ...change }
}

async function shown(rows: readonly ListedCall[], complete = true): Promise<HTMLElement> {
  const body = { items: rows, nextCursor: null, complete }
  service.answer('GET /api/calls?limit=50', { body })
  return mountScreen({ path: '/calls', component: CallsScreen, validateSearch: callSearch })
}

const toCall = (page: HTMLElement) =>
  [...page.querySelectorAll('button')].filter(({ textContent }) => textContent === 'Gọi')

test('whoever called is called from the row, for the ticket of the call', async () => {
  const page = await shown([listed({}), listed({ id: 'c2', endedAt: null })])
  const [button, ...others] = toCall(page)
  expect(others).toEqual([])
  act(() => button?.click())
  await settle()
  expect(service.asked.find(({ method }) => method === 'POST')).toEqual({
    method: 'POST',
    path: '/api/calls',
    body: { ticketId: 't1', number: listed({}).number.raw },
  })
})

test('while the PBX is away neither the button of a row nor its key calls, and both say so', async () => {
  const page = await shown([listed({})])
  const lost = { pbxId: 'pbx1', link: 'closed', since: AT, version: null, problem: null } as const
  act(() => tell({ type: 'pbx_status', pbx: [lost] }))
  const [button] = toCall(page)
  expect(button?.title).toBe('Đang chờ kết nối lại tổng đài, chưa thực hiện được.')
  act(() => button?.click())
  act(() => void runChord('j'))
  act(() => expect(runChord('d')).toBe(true))
  await settle()
  expect(service.asked.filter(({ method }) => method === 'POST')).toEqual([])
  const said = notificationsStore.getState().notifications.map(({ message }) => message)
  expect(said).toEqual([button?.title])
})

test('a list that may lack calls says so', async () => {
  expect((await shown([listed({})], false)).textContent).toContain('gõ thêm để thấy hết')
  expect((await shown([listed({})])).textContent).not.toContain('gõ thêm')
})
