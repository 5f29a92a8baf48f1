import { cleanNotifications, notificationsStore } from '@mantine/notifications'
import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { PbxStatus } from '#contract/queues.ts'
import { tell } from '../live-store.ts'
import { mount } from '../test-support/mount.tsx'
import { inPage } from '../test-support/page.tsx'
import { speak } from '../test-support/texts.ts'
import { OrderButton } from './order-button.tsx'

beforeEach(() => {
  vi.useFakeTimers()
  tell({ type: 'signed_out' })
  tell({ type: 'connection', status: 'connected' })
})
afterEach(() => {
  speak('vi')
  act(() => cleanNotifications())
  vi.useRealTimers()
})

const link = (pbxId: string, state: PbxStatus['link']): PbxStatus => ({
  pbxId,
  link: state,
  since: '2026-11-22T03:00:00.000Z',
  version: null,
  problem: null,
})

/** A button for the service and one for a PBX, pressed one after the other. */
function twoButtons() {
  const ordered = vi.fn<(what: string) => void>()
  const { element } = mount(
    inPage(
      <>
        <OrderButton title="Alt+A" onClick={() => ordered('service')}>
          A
        </OrderButton>
        <OrderButton needs="pbx" pbxId="pbx1" onClick={() => ordered('pbx')}>
          B
        </OrderButton>
      </>,
    ),
  )
  const buttons = [...element.querySelectorAll('button')]
  return {
    ordered,
    press: () => {
      for (const button of buttons) act(() => button.click())
    },
    waits: () => buttons.map((button) => button.getAttribute('aria-disabled')),
    titles: () => buttons.map((button) => button.title),
  }
}

const messages = () => notificationsStore.getState().notifications.map(({ message }) => message)

test('what nothing is in the way of is ordered', () => {
  const { ordered, press, titles } = twoButtons()
  act(() => tell({ type: 'pbx_status', pbx: [link('pbx1', 'ready'), link('pbx2', 'closed')] }))
  press()
  expect(ordered.mock.calls).toEqual([['service'], ['pbx']])
  expect(titles()).toEqual(['Alt+A', ''])
})

test('what needs a PBX that is away says so and orders nothing, in both languages', () => {
  const { ordered, press, titles, waits } = twoButtons()
  act(() => tell({ type: 'pbx_status', pbx: [link('pbx1', 'closed'), link('pbx2', 'ready')] }))
  press()
  expect(ordered.mock.calls).toEqual([['service']])
  expect(waits()).toEqual([null, 'true'])
  expect(titles()[1]).toBe('Đang chờ kết nối lại tổng đài, chưa thực hiện được.')
  speak('en')
  expect(titles()[1]).toBe('Waiting for the PBX: this cannot be done yet.')
  act(() => tell({ type: 'pbx_status', pbx: [link('pbx1', 'ready')] }))
  expect(waits()).toEqual([null, null])
})

test('while no news come every button waits, and however often they are pressed it is one message', () => {
  const { ordered, press, titles } = twoButtons()
  act(() => tell({ type: 'connection', status: 'disconnected' }))
  act(() => void vi.advanceTimersByTime(6_000))
  for (let times = 0; times < 5; times += 1) press()
  expect(ordered).not.toHaveBeenCalled()
  expect(messages()).toEqual(['Đang chờ kết nối lại máy chủ, chưa gửi được.'])
  expect(new Set(titles())).toEqual(new Set(messages()))
  act(() => tell({ type: 'connection', status: 'connected' }))
  expect(titles()).toEqual(['Alt+A', ''])
  press()
  expect(ordered).toHaveBeenCalledTimes(2)
})
