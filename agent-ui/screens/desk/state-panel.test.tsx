import { cleanNotifications, notificationsStore } from '@mantine/notifications'
import { act } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import type { AgentState } from '#contract/desk.ts'
import { runChord } from '../../actions.ts'
import { speak } from '../../test-support/texts.ts'
import { tell } from '../../live-store.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage } from '../../test-support/page.tsx'
import { aCall, aUser } from '../../test-support/samples.ts'
import type { DeskState } from '../../state/desk.ts'
import { StatePanel } from './state-panel.tsx'

const READY: AgentState = {
  state: 'ready',
  reason: null,
  since: '2026-11-22T02:15:00.000Z',
  confirmed: true,
}

const DESK: Omit<DeskState, 'state'> = {
  user: aUser(),
  call: null,
  pops: [],
  callbacks: [],
  awaiting: [],
  counts: { myOpenTickets: 0, callbacksDue: 0 },
  popRevs: {},
  callbackVersions: {},
}

afterEach(() => speak('vi'))

function panel(state: AgentState, call: DeskState['call'] = null): HTMLElement {
  return mount(inPage(<StatePanel desk={{ ...DESK, state, call }} />)).element
}

test('a phone that is not registered is said on the page, in both languages', () => {
  const element = panel({ ...READY, phone: 'unreachable' })
  const alert = () => element.querySelector('[role=alert]')?.textContent
  expect(alert()).toContain('Máy điện thoại chưa đăng ký với tổng đài')
  speak('en')
  expect(alert()).toContain('Your phone is not registered')
})

test('of a phone that can ring nothing is said', () => {
  expect(panel(READY).querySelector('[role=alert]')).toBeNull()
})

test('whoever talks is said to talk, and what they are after the call stands below', () => {
  const element = panel(READY, aCall())
  const word = element.querySelector('[data-testid="agent-state"]')
  expect(word?.textContent).toMatch(/^Đang đàm thoại/)
  expect(element.textContent).toContain('Sau cuộc gọi: Sẵn sàng')
  expect(panel(READY).textContent).not.toContain('Sau cuộc gọi')
})

test('the rest after a call fits on the line of the state word, and is named in full beside it', () => {
  const wrapUp = { endsAt: new Date(Date.now() + 60_000).toISOString() }
  const element = panel({ ...READY, wrapUp })
  const word = element.querySelector('[data-testid="agent-state"] > span')
  expect([word?.textContent, word?.getAttribute('title')]).toEqual([
    'Sau cuộc gọi',
    'Xử lý sau cuộc gọi',
  ])
})

test('a talk counts no further while its PBX is away, and the own state does', () => {
  vi.useFakeTimers({ now: Date.parse('2026-11-22T03:00:12.000Z') })
  act(() => tell({ type: 'connection', status: 'connected' }))
  const shown = [panel(READY, aCall()), panel({ ...READY, since: aCall().enteredAt })]
  const times = () => shown.map((one) => one.querySelector('[role=timer]')?.textContent)
  const lost = { pbxId: 'pbx1', link: 'closed' as const, version: null, problem: null }
  act(() => tell({ type: 'pbx_status', pbx: [{ ...lost, since: '2026-11-22T03:00:20.000Z' }] }))
  act(() => void vi.advanceTimersByTime(60_000))
  expect(times()).toEqual(['0:08', '1:12'])
  vi.useRealTimers()
  act(() => tell({ type: 'signed_out' }))
})

const key = () => void runChord('Alt+S')

test('a pause is chosen by key or hand; while the service is away it says why it waits', async () => {
  vi.useFakeTimers({ now: Date.parse('2026-11-22T03:00:00.000Z') })
  act(() => tell({ type: 'connection', status: 'connected' }))
  const button = [...panel(READY).querySelectorAll('button')].find(
    ({ textContent }) => textContent === 'Tạm nghỉ ▾',
  )
  const isOpen = () => button?.getAttribute('aria-expanded')
  const press = (by: () => void) => {
    act(by)
    return isOpen()
  }
  const hand = () => button?.click()
  expect([press(hand), press(hand), press(key), press(hand)]).toEqual([
    'true',
    'false',
    'true',
    'false',
  ])
  act(() => tell({ type: 'connection', status: 'disconnected' }))
  act(() => void vi.advanceTimersByTime(6_000))
  expect([press(hand), press(key), button?.getAttribute('aria-disabled')]).toEqual([
    'false',
    'false',
    'true',
  ])
  expect(notificationsStore.getState().notifications.map(({ message }) => message)).toEqual([
    button?.title,
  ])
  act(() => cleanNotifications())
  vi.useRealTimers()
  act(() => tell({ type: 'signed_out' }))
})
