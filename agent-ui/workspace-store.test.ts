import { act } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { mountHook } from './test-support/mount.tsx'
import { aCall, aPop, aSnapshot, aTicketRef } from './test-support/samples.ts'

const KEY = 'hotline.workspace'
const answered = aPop({ stage: 'answered', rev: 2, ticket: aTicketRef('ticket-1') })

/** The modules as a page that was just loaded has them. */
async function freshPage() {
  vi.resetModules()
  const [store, { tell }, { useWantedFocus }] = await Promise.all([
    import('./workspace-store.ts'),
    import('./live-store.ts'),
    import('./wanted.ts'),
  ])
  const tabs = mountHook(store.useWorkspace, undefined)
  const bring = vi.fn<() => void>()
  // every ticket is there, unless a test says otherwise
  const fetch = vi.fn<(ticketId: string) => Promise<unknown> | null>(() => null)
  const followPops = () => store.followPops({ bring, fetch })
  return { ...store, followPops, bring, fetch, tell, useWantedFocus, tabs }
}

/** A dialog of the page; a menu is one too, but none that covers the rest. */
function showDialog(): HTMLElement {
  const dialog = document.body.appendChild(document.createElement('div'))
  dialog.setAttribute('role', 'dialog')
  return dialog
}

/** A page that follows its calls, with another ticket in front and a field to type into. */
async function withOtherTicket() {
  const page = await freshPage()
  const leave = page.followPops()
  act(() => page.tell({ type: 'desk_snapshot', snapshot: aSnapshot() }))
  act(() => page.step({ type: 'ticket_opened', ticketId: 'other' }))
  const field = document.body.appendChild(document.createElement('textarea'))
  const type = (value: string) => {
    field.value = value
    field.dispatchEvent(new InputEvent('input', { bubbles: true }))
  }
  const answer = () => act(() => page.tell({ type: 'screen_pop', pop: answered }))
  return { ...page, leave, field, type, answer }
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

test('the own call that is over is remembered with its ticket, also after a reload', async () => {
  const page = await freshPage()
  const leave = page.followPops()
  const call = aCall({ ticket: null })
  act(() => page.tell({ type: 'desk_snapshot', snapshot: aSnapshot({ call, pops: [answered] }) }))
  expect(page.tabs.now.lastCall).toBeUndefined()
  act(() => page.tell({ type: 'desk_call', call: null }))
  const over = { callId: 'call-1', direction: 'inbound', ticketId: 'ticket-1' }
  expect(page.tabs.now.lastCall).toEqual(over)
  act(() => page.step({ type: 'ticket_opened', ticketId: 'ticket-7' }))
  leave()
  expect((await freshPage()).tabs.now.lastCall).toEqual(over)
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

  describe('comes to the front of the whole page', () => {
    afterEach(() => vi.useRealTimers())

    test('though the keyboard is in a field whose words are saved', async () => {
      const page = await withOtherTicket()
      page.field.focus()
      page.type('Khách báo')
      const { dropDraft } = await import('./drafts.ts')
      dropDraft('staff-1', 'other')
      page.answer()
      expect(page.tabs.now.activeKey).toBe('call-1')
      expect(page.bring).toHaveBeenCalledOnce()
      page.leave()
    })

    test.each([
      [9_999, 'other'],
      [10_000, 'call-1'],
    ])('%i ms after the last unsaved word: %s is in front', async (ms, inFront) => {
      vi.useFakeTimers()
      const page = await withOtherTicket()
      page.type('Khách báo')
      vi.advanceTimersByTime(ms)
      page.answer()
      expect(page.tabs.now.tabs).toHaveLength(2)
      expect(page.tabs.now.activeKey).toBe(inFront)
      expect(page.bring).toHaveBeenCalledTimes(inFront === 'other' ? 0 : 1)
      page.leave()
    })

    test('though words were typed into a field that is gone or empty again', async () => {
      const page = await withOtherTicket()
      page.type('Khách báo')
      page.type('')
      page.answer()
      expect(page.tabs.now.activeKey).toBe('call-1')
      act(() => page.step({ type: 'ticket_opened', ticketId: 'other' }))
      page.type('Khách báo')
      page.field.remove()
      const call = { ...answered.call, id: 'call-2' }
      const next = { ...answered, id: 'pop-2', call, ticket: aTicketRef('ticket-2') }
      act(() => page.tell({ type: 'screen_pop', pop: next }))
      expect(page.tabs.now.activeKey).toBe('call-2')
      page.leave()
    })

    test('but not over a dialog, which waits for its answer', async () => {
      const page = await withOtherTicket()
      showDialog().setAttribute('aria-modal', 'true')
      page.answer()
      expect(page.tabs.now.activeKey).toBe('other')
      page.leave()
    })

    test('and past a menu that was left open', async () => {
      const page = await withOtherTicket()
      showDialog()
      page.answer()
      expect(page.tabs.now.activeKey).toBe('call-1')
      page.leave()
    })

    test('once its ticket is there, so that tab and form are drawn together', async () => {
      const page = await withOtherTicket()
      const asked = Promise.withResolvers<void>()
      page.fetch.mockReturnValue(asked.promise)
      page.answer()
      expect(page.fetch.mock.calls).toEqual([['ticket-1', 'now']])
      expect(page.tabs.now.activeKey).toBe('other')
      await act(async () => asked.resolve())
      expect(page.tabs.now.activeKey).toBe('call-1')
      page.leave()
    })

    test('at once when the desk has the form of this call ready, though not of another', async () => {
      const page = await withOtherTicket()
      mountHook(page.useReadyCall, 'call-1')
      page.fetch.mockReturnValue(new Promise(() => {}))
      page.answer()
      expect(page.fetch.mock.calls).toEqual([['ticket-1', 'painted']])
      expect(page.tabs.now.activeKey).toBe('call-1')
      const call = { ...answered.call, id: 'call-2' }
      const next = { ...answered, id: 'pop-2', call, ticket: aTicketRef('ticket-2') }
      act(() => page.tell({ type: 'screen_pop', pop: next }))
      expect(page.tabs.now.activeKey).toBe('call-1')
      page.leave()
    })

    test('150 ms after the answer though its ticket does not come, or comes as a failure', async () => {
      vi.useFakeTimers()
      const page = await withOtherTicket()
      page.fetch.mockReturnValue(new Promise(() => {}))
      page.answer()
      await act(() => vi.advanceTimersByTimeAsync(149))
      expect(page.tabs.now.activeKey).toBe('other')
      await act(() => vi.advanceTimersByTimeAsync(1))
      expect(page.tabs.now.activeKey).toBe('call-1')
      page.fetch.mockReturnValue(Promise.reject(new Error('no network')))
      const call = { ...answered.call, id: 'call-2' }
      const next = { ...answered, id: 'pop-2', call, ticket: aTicketRef('ticket-2') }
      await act(async () => page.tell({ type: 'screen_pop', pop: next }))
      expect(page.tabs.now.activeKey).toBe('call-2')
      page.leave()
    })

    test('of several that are answered at once the last in front, with its field alone', async () => {
      const page = await withOtherTicket()
      const asked = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const
      page.fetch.mockImplementation((id) => asked[id === 'ticket-1' ? 0 : 1].promise)
      page.answer()
      const call = { ...answered.call, id: 'call-2' }
      const next = { ...answered, id: 'pop-2', call, ticket: aTicketRef('ticket-2') }
      act(() => page.tell({ type: 'screen_pop', pop: next }))
      await act(async () => asked[0].resolve())
      const open = () => page.tabs.now.tabs.map(({ key }) => key)
      expect([open(), page.tabs.now.activeKey]).toEqual([['other', 'call-1', 'call-2'], 'call-2'])
      act(() => page.step({ type: 'tab_closed', key: 'call-2' }))
      act(() => page.step({ type: 'tab_chosen', key: 'other' }))
      await act(async () => asked[1].resolve())
      expect([open(), page.tabs.now.activeKey]).toEqual([['other', 'call-1'], 'other'])
      expect(page.bring).toHaveBeenCalledTimes(1)
      page.leave()
    })

    test('without the keyboard and the desk when the call is over by the time its ticket comes', async () => {
      const page = await withOtherTicket()
      const asked = Promise.withResolvers<void>()
      page.fetch.mockReturnValue(asked.promise)
      page.answer()
      act(() => page.tell({ type: 'screen_pop', pop: { ...answered, rev: 3, stage: 'ended' } }))
      await act(async () => asked.resolve())
      expect(page.tabs.now.tabs.map(({ key }) => key)).toContain('call-1')
      expect(page.bring).not.toHaveBeenCalled()
      page.leave()
    })

    test('not when nobody follows any more by the time its ticket comes', async () => {
      const page = await withOtherTicket()
      const asked = Promise.withResolvers<void>()
      page.fetch.mockReturnValue(asked.promise)
      page.answer()
      page.leave()
      await act(async () => asked.resolve())
      expect(page.tabs.now.activeKey).toBe('other')
    })

    test('and its first field waits for the keyboard, once', async () => {
      const page = await withOtherTicket()
      page.answer()
      const focus = vi.fn<() => void>()
      const field = () => page.useWantedFocus('ticket-1', focus)
      mountHook(field, undefined)
      mountHook(field, undefined)
      expect(focus).toHaveBeenCalledOnce()
      page.leave()
    })
  })

  test('nothing is opened after following ended', async () => {
    const page = await freshPage()
    page.followPops()()
    act(() => page.tell({ type: 'desk_snapshot', snapshot: aSnapshot({ pops: [answered] }) }))
    expect(page.tabs.now.tabs).toEqual([])
  })
})
