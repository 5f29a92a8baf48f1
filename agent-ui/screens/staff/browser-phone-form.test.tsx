import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { StaffMember } from '#contract/staff.ts'
import { fakeService } from '../../test-support/fake-service.ts'
import type { FakeService } from '../../test-support/fake-service.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage, settle, type } from '../../test-support/page.tsx'
import { BrowserPhoneForm } from './browser-phone-form.tsx'

const lan: StaffMember = {
  id: 'lan',
  username: 'lan',
  displayName: 'Lan',
  role: 'agent',
  extension: '101',
  mobile: null,
  active: true,
  version: 1,
  createdAt: '2026-11-01T00:00:00.000Z',
}
let service: FakeService

beforeEach(() => {
  service = fakeService()
  service.answer('PUT /api/staff/lan/phone', { status: 204 })
})
afterEach(() => vi.unstubAllGlobals())

async function form(phones: { isEnabled: boolean; items: object[] }, person = lan) {
  service.answer('GET /api/staff/phones', { body: phones })
  return shown(person)
}

async function shown(person = lan) {
  const { element } = mount(inPage(<BrowserPhoneForm person={person} />))
  await settle()
  const button = (name: string) =>
    [...element.querySelectorAll('button')].find(({ textContent }) => textContent === name)
  return { element, button, field: () => element.querySelector('input') }
}

test('a secret is given and is not left in the field', async () => {
  const { element, button, field } = await form({ isEnabled: true, items: [] })
  expect(element.textContent).toContain('Chưa cấp')
  expect(button('Lưu mật khẩu')?.disabled).toBe(true)
  await type(field(), 'secret-of-web-101')
  await act(async () => button('Lưu mật khẩu')?.click())
  await settle()
  expect(service.asked).toContainEqual({
    method: 'PUT',
    path: '/api/staff/lan/phone',
    body: { secret: 'secret-of-web-101' },
  })
  expect(field()?.value).toBe('')
})

test('one that was given is taken away', async () => {
  const items = [{ staffId: 'lan', device: 'web' }]
  const { element, button } = await form({ isEnabled: true, items })
  expect(element.textContent).toContain('Đã cấp')
  await act(async () => button('Thu hồi')?.click())
  await settle()
  const bodies = service.asked.filter(({ method }) => method === 'PUT').map(({ body }) => body)
  expect(bodies).toEqual([{ secret: null }])
})

test.each([
  ['it is turned off', { isEnabled: false, items: [] }, lan],
  ['the person has no extension', { isEnabled: true, items: [] }, { ...lan, extension: null }],
])('nothing is shown while %s', async (_why, phones, person) => {
  const { element } = await form(phones, person)
  expect(element.querySelector('form')).toBeNull()
})

test('a browser offers no password of its own for the secret', async () => {
  const { field } = await form({ isEnabled: true, items: [] })
  expect(field()?.autocomplete).toBe('new-password')
})

test('while one order is on its way no second one goes', async () => {
  const { button, field } = await form({ isEnabled: true, items: [{ staffId: 'lan' }] })
  await type(field(), 'secret-of-web-101')
  const never = vi.fn<() => Promise<Response>>(() => new Promise(() => undefined))
  vi.stubGlobal('fetch', never)
  const give = async () => {
    await act(async () => field()?.form?.requestSubmit())
    await settle()
  }
  await give()
  await give()
  await act(async () => button('Thu hồi')?.click())
  expect(never).toHaveBeenCalledTimes(1)
})

test('phones that could not be read are asked for again', async () => {
  const { element, button } = await shown()
  service.answer('GET /api/staff/phones', { body: { isEnabled: true, items: [] } })
  await act(async () => button('Thử lại')?.click())
  await settle()
  expect(element.textContent).toContain('Chưa cấp')
})
