import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fakeLocks, fakePhone } from '../test-support/fake-phone.ts'
import type { FakePhone } from '../test-support/fake-phone.ts'
import { mountHook } from '../test-support/mount.tsx'
import { settle } from '../test-support/page.tsx'
import { phoneActions, startPhone, usePhone } from './phone-store.ts'

const ACCOUNT = { url: 'wss://pbx/ws', user: 'web-101', secret: 'never shown' }
let locks: ReturnType<typeof fakeLocks>
let phone: FakePhone
let stop: (() => void) | null = null

beforeEach(() => {
  locks = fakeLocks()
  phone = fakePhone()
})
afterEach(() => {
  act(() => stop?.())
  stop = null
  vi.unstubAllGlobals()
})

async function start() {
  const shown = mountHook(() => usePhone((value) => value), null)
  act(() => {
    stop = startPhone(ACCOUNT, phone.load)
  })
  await settle()
  return shown
}

test('opens the phone of the account, and what is done goes to it while a call is on', async () => {
  const shown = await start()
  expect(phone.opened).toEqual(['web-101@wss://pbx/ws'])
  expect(shown.now.link).toBe('connecting')
  phone.hear({ type: 'link', link: 'registered' }, { type: 'ringing', number: '0912345678' })
  phoneActions.answer()
  phone.hear({ type: 'talking' })
  phoneActions.hold()
  phone.hear({ type: 'held', isHeld: true }, { type: 'muted', isMuted: true })
  phoneActions.hold()
  phoneActions.mute()
  phoneActions.press('1')
  phoneActions.hangUp()
  expect(phone.did).toEqual(['answer', 'hold', 'resume', 'unmute', 'key 1', 'hang up'])
})

test('of two tabs one is the phone: the other says so, and takes over when that one is gone', async () => {
  const leave = locks.take('hotline.phone')
  const shown = await start()
  expect(shown.now.link).toBe('elsewhere')
  expect(phone.opened).toEqual([])
  await act(async () => leave())
  await settle()
  expect(phone.opened).toHaveLength(1)
  expect(shown.now.link).toBe('connecting')
})

test('that is stopped unregisters, gives the phone to the next tab, and hears nothing more', async () => {
  const shown = await start()
  act(() => stop?.())
  await settle()
  expect(phone.did).toEqual(['stop'])
  phone.hear({ type: 'link', link: 'registered' })
  expect(shown.now).toEqual({ link: 'off', call: null, mic: null })
  const again = await start()
  expect(again.now.link).toBe('connecting')
  expect(phone.opened).toHaveLength(2)
})

test('without the parts of it, which come over the network, it is away', async () => {
  phone.load = async () => {
    throw new TypeError('no network')
  }
  const shown = await start()
  expect(shown.now.link).toBe('away')
})
