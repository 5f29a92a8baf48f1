import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { runChord, useActions } from '../../actions.ts'
import { keepDraft } from '../../drafts.ts'
import { fakeService } from '../../test-support/fake-service.ts'
import { tell } from '../../live-store.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage, settle } from '../../test-support/page.tsx'
import { aCustomerRef, aPop, aTicket, aUser } from '../../test-support/samples.ts'
import { forgetWorkspace, step, useWorkspace } from '../../workspace-store.ts'
import { DeskTabs } from './desk-tabs.tsx'

beforeEach(() => {
  localStorage.clear()
  forgetWorkspace()
  const service = fakeService()
  for (const id of ['a', 'b']) {
    const customer = aCustomerRef({ name: `Khách ${id}` })
    const body = aTicket({ id, code: `KN-${id}`, customer })
    service.answer(`GET /api/tickets/${id}`, { body })
    step({ type: 'ticket_opened', ticketId: id })
  }
})
afterEach(() => vi.unstubAllGlobals())

function Desk() {
  useActions([{ id: 'desk.tab.1', keys: 'Alt+1', label: '', run: () => undefined }])
  const { tabs, activeKey } = useWorkspace()
  return (
    <main id="content" tabIndex={0}>
      <DeskTabs tabs={tabs} activeKey={activeKey} pops={[]} />
    </main>
  )
}

async function shown() {
  const { element } = mount(inPage(<Desk />, { user: aUser({ id: 'lan' }) }))
  await settle()
  return { element, tab: () => element.querySelector('button') }
}

test('a tab says the customer, then the code, and the digit of its key', async () => {
  const { tab } = await shown()
  expect(tab()?.textContent).toBe('Khách aKN-a1')
  expect(tab()?.title).toBe('Alt+1')
})

test('a tab of a hidden number says so', async () => {
  const number = { raw: '', kind: 'anonymous', key: null, display: '' } as const
  fakeService().answer('GET /api/tickets/a', { body: aTicket({ id: 'a', code: 'KN-a', number }) })
  const { tab } = await shown()
  expect(tab()?.textContent).toBe('Số ẩnKN-a1')
})

test('a tab is marked while words about its ticket are unsaved', async () => {
  const { element } = await shown()
  expect(element.querySelectorAll('[role="img"]')).toHaveLength(0)
  act(() => keepDraft('lan', 'note.b', { note: 'x' }))
  const marked = element.querySelectorAll('[aria-label="Có nội dung chưa lưu"]')
  expect([...marked].map((mark) => mark.closest('button')?.textContent)).toEqual(['Khách bKN-b'])
})

async function close(): Promise<void> {
  act(() => void runChord('Alt+W'))
  await act(() => new Promise<void>((resolve) => void requestAnimationFrame(() => resolve())))
}

test('one key closes the tab in front; the keyboard goes to the next one, and then to the work', async () => {
  const { element, tab } = await shown()
  await close()
  expect(document.activeElement).toBe(tab())
  expect(tab()?.textContent).toContain('Khách a')
  await close()
  expect(document.activeElement).toBe(element.querySelector('main'))
  expect(runChord('Alt+W')).toBe(false)
})

test('the tab of a call that rings says so, and nothing is known of it while its PBX is away', () => {
  act(() => tell({ type: 'connection', status: 'connected' }))
  const tabs = [{ key: 'call-1', callId: 'call-1', ticketId: null }]
  const { element } = mount(
    inPage(<DeskTabs tabs={tabs} activeKey="call-1" pops={[aPop()]} />, {
      user: aUser({ id: 'lan' }),
    }),
  )
  const word = () => element.querySelector('svg[aria-label]')?.getAttribute('aria-label')
  expect(word()).toBe('Đang đổ chuông')
  const lost = { link: 'closed', since: '2026-11-22T03:00:10.000Z', version: null } as const
  act(() => tell({ type: 'pbx_status', pbx: [{ ...lost, pbxId: 'pbx1', problem: null }] }))
  expect(word()).toBe('Mất kết nối: chưa rõ còn đổ chuông không')
  act(() => tell({ type: 'signed_out' }))
})
