import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { cleanNotifications, Notifications } from '@mantine/notifications'
import { runChord } from '../../actions.ts'
import { fakeService } from '../../test-support/fake-service.ts'
import type { FakeService } from '../../test-support/fake-service.ts'
import { inPage, mountRouted, settle } from '../../test-support/page.tsx'
import { aTicket, anOffer } from '../../test-support/samples.ts'
import { forgetWorkspace, useWorkspace } from '../../workspace-store.ts'
import { OpenTickets } from './open-tickets.tsx'

const ticket = aTicket({ version: 3, actions: [anOffer({ action: 'merge' })] })
const other = aTicket({ id: 'ticket-2', code: 'KN-2026-000002', subject: 'Đứt cáp' })
let service: FakeService

beforeEach(() => {
  service = fakeService()
  const found = { body: { items: [ticket, other], nextCursor: null } }
  service.answer('GET /api/tickets?number=84912345678&status=open&limit=20', found)
})
afterEach(() => {
  act(() => cleanNotifications())
  vi.unstubAllGlobals()
})

async function shown(given = ticket, at = '/here') {
  const page = await mountRouted(
    inPage(
      <>
        <Notifications />
        <OpenTickets
          ticket={given}
          ticketId={given.id}
          customerId={null}
          numberKey="84912345678"
          known={undefined}
        />
      </>,
    ),
    at,
  )
  await settle()
  return page
}

test('the open tickets of the number are found without a customer, and not the one in front', async () => {
  const { element } = await shown()
  expect([...element.querySelectorAll('a')].map((link) => link.textContent)).toEqual([other.code])
})

function Tabs() {
  return <p id="tabs">{useWorkspace().tabs.map(({ ticketId }) => ticketId)}</p>
}

test.each([
  ['/desk', '/desk', 'ticket-2'],
  ['/tickets/ticket-1', '/tickets/ticket-2', ''],
])('from %s another one opens at %s', async (at, leadsTo, tabs) => {
  forgetWorkspace()
  const desk = await mountRouted(inPage(<Tabs />))
  const page = await shown(ticket, at)
  act(() => page.element.querySelector('a')?.click())
  await settle()
  expect([page.path(), desk.element.querySelector('#tabs')?.textContent]).toEqual([leadsTo, tabs])
  forgetWorkspace()
})

test.each(['shiftKey', 'ctrlKey', 'metaKey'])(
  'on the desk a press with %s is left to the browser',
  async (held) => {
    forgetWorkspace()
    const desk = await mountRouted(inPage(<Tabs />))
    const page = await shown(ticket, '/desk')
    const link = page.element.querySelector('a')
    link?.setAttribute('href', '#')
    act(() => void link?.dispatchEvent(new MouseEvent('click', { bubbles: true, [held]: true })))
    expect(desk.element.querySelector('#tabs')?.textContent).toBe('')
  },
)

test('Alt+L merges the ticket into the newest of them, and a message takes it back', async () => {
  const path = '/api/tickets/ticket-1/actions'
  service.answer(`POST ${path}`, { body: { ...ticket, version: 4 } })
  await shown()
  act(() => void runChord('Alt+L'))
  await settle()
  const acts = () => service.asked.filter(({ method }) => method === 'POST').map(({ body }) => body)
  expect(acts()).toEqual([{ action: 'merge', version: 3, into: 'ticket-2' }])
  const undo = [...document.querySelectorAll('button')].find(
    (one) => one.textContent === 'Hoàn tác',
  )
  act(() => undo?.click())
  await settle()
  expect(acts().at(-1)).toEqual({ action: 'unmerge', version: 4 })
})

test('who may not merge reads them only', async () => {
  const { element } = await shown(aTicket())
  expect(element.querySelector('button')).toBeNull()
  expect(runChord('Alt+L')).toBe(false)
})

test('those that could not be read are not said to be none', async () => {
  service = fakeService()
  const { element } = await shown()
  expect(element.textContent).toContain('Thử lại')
  expect(element.textContent).not.toContain('Không có phiếu nào')
})
