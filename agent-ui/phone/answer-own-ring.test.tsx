import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fakeLocks, fakePhone } from '../test-support/fake-phone.ts'
import type { FakePhone } from '../test-support/fake-phone.ts'
import { mount } from '../test-support/mount.tsx'
import { inPage, settle } from '../test-support/page.tsx'
import { aUser } from '../test-support/samples.ts'
import { useAnswerOwnRing } from './answer-own-ring.ts'
import { startPhone } from './phone-store.ts'

const ACCOUNT = { url: 'wss://pbx/ws', user: 'web-109', secret: 'never shown' }
let phone: FakePhone
let stop: (() => void) | null = null

beforeEach(async () => {
  fakeLocks()
  phone = fakePhone()
  act(() => {
    stop = startPhone(ACCOUNT, phone.load)
  })
  await settle()
})
afterEach(() => {
  act(() => stop?.())
  vi.unstubAllGlobals()
})

function Order({ isAskedFor }: { isAskedFor: boolean }) {
  useAnswerOwnRing(isAskedFor)
  return null
}

const chief = aUser({ role: 'supervisor', extension: '109' })
const order = (isAskedFor: boolean) => inPage(<Order isAskedFor={isAskedFor} />, { user: chief })

test('the call that was asked for is answered, once for each time it is asked for', async () => {
  const { show } = mount(order(true))
  phone.hear({ type: 'ringing', number: '109' })
  expect(phone.did).toEqual(['answer'])
  // no microphone: whoever rings is not answered again and again
  phone.hear({ type: 'answering' })
  phone.hear({ type: 'not_answered' })
  expect(phone.did).toEqual(['answer'])
  show(order(false))
  show(order(true))
  expect(phone.did).toEqual(['answer', 'answer'])
})

test('a customer who calls meanwhile is not answered, nor what nobody asked for', () => {
  const { show } = mount(order(true))
  phone.hear({ type: 'ringing', number: '0912345678' })
  phone.hear({ type: 'ended' })
  show(order(false))
  phone.hear({ type: 'ringing', number: '109' })
  expect(phone.did).toEqual([])
})
