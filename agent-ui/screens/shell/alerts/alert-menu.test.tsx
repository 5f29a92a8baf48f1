import { act } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { fakeSpeaker } from '../../../test-support/fake-speaker.ts'
import { mount } from '../../../test-support/mount.tsx'
import { inPage } from '../../../test-support/page.tsx'
import { AlertMenu } from './alert-menu.tsx'

afterEach(() => vi.unstubAllGlobals())

const item = (text: string) =>
  [...document.querySelectorAll<HTMLElement>('[role="menuitem"]')].find((one) =>
    one.textContent.includes(text),
  )

async function opened() {
  const { element } = mount(inPage(<AlertMenu />))
  const button = element.querySelector('button')
  await act(async () => button?.click())
  await vi.waitUntil(() => document.querySelector('[role="menu"]') !== null, 30_000)
  return { button }
}

test('the sound can be tried, and a browser that forbids it is said to', async () => {
  const speaker = fakeSpeaker()
  const { button } = await opened()
  await act(async () => item('Thử chuông')?.click())
  expect(speaker.chimes).toBe(1)
  expect(button?.getAttribute('aria-label')).toBe('Chuông và thông báo')
  await act(async () => speaker.forbid())
  expect(button?.getAttribute('aria-label')).toBe('Âm thanh bị chặn')
  await act(async () => speaker.allow())
  expect(button?.getAttribute('aria-label')).toBe('Chuông và thông báo')
})

test('notices are asked for by a click, and what the browser said stands there', async () => {
  const requestPermission = vi.fn<() => Promise<string>>(async () => 'denied')
  vi.stubGlobal('Notification', { permission: 'default', requestPermission })
  await opened()
  expect(requestPermission).not.toHaveBeenCalled()
  await act(async () => item('Bật thông báo')?.click())
  expect(item('Bật thông báo')).toBeUndefined()
  expect(document.body.textContent).toContain('Trình duyệt đang chặn thông báo')
})
