import { act } from 'react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { mountHook } from './test-support/mount.tsx'
import { aPop, aSnapshot, aTicketRef } from './test-support/samples.ts'

const KEY = 'hotline.workspace'
const answered = aPop({ stage: 'answered', rev: 2, ticket: aTicketRef('ticket-1') })

/** The modules as a page that was just loaded has them. */
async function freshPage() {
  vi.resetModules()
  const [store, { tell }] = await Promise.all([
    import('./workspace-store.ts'),
    import('./live-store.ts'),
  ])
  const tabs = mountHook(store.useWorkspace, undefined)
  return { ...store, tell, tabs }
}

beforeEach(() => {
  sessionStorage.clear()
  document.body.replaceChildren()
})

describe('the tabs of the desk', () => {
  test('are found again after a reload', async () => {
    const before = await freshPage()
    act(() => before.step({ type: 'ticket_opened', ticketId: 'ticket-7' }))
    const after = await freshPage()
    expect(after.tabs.now.tabs).toEqual([{ key: 'ticket-7', callId: null, ticketId: 'ticket-7' }])
    expect(after.tabs.now.activeKey).toBe('ticket-7')
  })

  test.each(['{', '[]', '{"tabs":[1]}'])('start empty when %s was kept', async (text) => {
    sessionStorage.setItem(KEY, text)
    expect((await freshPage()).tabs.now.tabs).toEqual([])
  })

  test('are forgotten for the next person, also in storage', async () => {
    const page = await freshPage()
    act(() => page.step({ type: 'ticket_opened', ticketId: 'ticket-7' }))
    act(() => page.forgetWorkspace())
    expect(page.tabs.now.tabs).toEqual([])
    expect((await freshPage()).tabs.now.tabs).toEqual([])
  })
})

describe('following the pops', () => {
  test('an answered call opens its ticket, once', async () => {
    const page = await freshPage()
    const leave = page.followPops()
    act(() => page.tell({ type: 'desk_snapshot', snapshot: aSnapshot() }))
    act(() => page.tell({ type: 'screen_pop', pop: answered }))
    expect(page.tabs.now.activeKey).toBe('call-1')
    act(() => page.step({ type: 'tab_closed', key: 'call-1' }))
    act(() => page.tell({ type: 'agent_state', state: aSnapshot().state }))
    expect(page.tabs.now.tabs).toEqual([])
    leave()
  })

  test('a call that was answered while the page was away is opened by the snapshot', async () => {
    const page = await freshPage()
    const leave = page.followPops()
    act(() => page.tell({ type: 'desk_snapshot', snapshot: aSnapshot({ pops: [answered] }) }))
    expect(page.tabs.now.tabs).toHaveLength(1)
    leave()
  })

  test('an agent who is writing keeps the ticket in front', async () => {
    const page = await freshPage()
    const leave = page.followPops()
    act(() => page.tell({ type: 'desk_snapshot', snapshot: aSnapshot() }))
    act(() => page.step({ type: 'ticket_opened', ticketId: 'other' }))
    const form = document.body.appendChild(document.createElement('form'))
    form.appendChild(document.createElement('textarea')).focus()
    act(() => page.tell({ type: 'screen_pop', pop: answered }))
    expect(page.tabs.now.tabs).toHaveLength(2)
    expect(page.tabs.now.activeKey).toBe('other')
    leave()
  })

  test('nothing is opened after following ended', async () => {
    const page = await freshPage()
    page.followPops()()
    act(() => page.tell({ type: 'desk_snapshot', snapshot: aSnapshot({ pops: [answered] }) }))
    expect(page.tabs.now.tabs).toEqual([])
  })
})
