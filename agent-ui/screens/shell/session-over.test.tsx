import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { followTyping } from '../../hands.ts'
import { SESSION_KEY } from '../../session.ts'
import { fakeService } from '../../test-support/fake-service.ts'
import { inPage, mountRouted, testClient } from '../../test-support/page.tsx'
import { aUser } from '../../test-support/samples.ts'
import { SessionOver } from './session-over.tsx'

let unfollow: () => void
beforeEach(() => {
  fakeService()
  unfollow = followTyping()
})
afterEach(() => {
  unfollow()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const dialog = () => document.querySelector('[role="dialog"]')

test('asks for the password alone, of whoever was here', async () => {
  const client = testClient()
  client.setQueryData(SESSION_KEY, { user: aUser(), isOver: true })
  await mountRouted(inPage(<SessionOver user={aUser()} />, { client }))
  const name = dialog()?.querySelector<HTMLInputElement>('input[name="username"]')
  expect(name?.value).toBe(aUser().username)
  expect(document.activeElement?.getAttribute('name')).toBe('password')
  expect(dialog()?.textContent).toContain('bản nháp vẫn được giữ')
})

test('waits until the hands rest, so that no word goes into the password', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
  const field = document.body.appendChild(document.createElement('textarea'))
  field.focus()
  const type = () => field.dispatchEvent(new InputEvent('input', { bubbles: true }))
  type()
  const page = await mountRouted(inPage(<SessionOver user={aUser()} />))
  expect(page.element.querySelector('[role="alert"]')?.textContent).toContain('hết hạn')
  act(() => void vi.advanceTimersByTime(1_400))
  type()
  act(() => void vi.advanceTimersByTime(1_400))
  expect(dialog()).toBeNull()
  expect(document.activeElement).toBe(field)
  act(() => void vi.advanceTimersByTime(400))
  expect(dialog()).not.toBeNull()
  field.remove()
})
