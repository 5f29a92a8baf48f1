import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { aProblem, fakeService } from '../../test-support/fake-service.ts'
import type { FakeService } from '../../test-support/fake-service.ts'
import { inPage, mountRouted, settle, type as typeInto } from '../../test-support/page.tsx'
import { SettingsScreen } from './settings-screen.tsx'

const company = { name: 'DCNET', address: '', hotline: '19000382', email: '', taxCode: '' }
const missedRules = { rules: [{ queue: 'hotline', rule: 'one_a_day' }], version: 4 }
const hours = { restorationUrbanHours: 24, restorationRuralHours: 48, version: 2 }
const rules = {
  hoursFrom: '07:00',
  hoursTo: '21:30',
  delayMinutes: 30,
  retries: 2,
  customerFirstQueue: null,
}
const AT = '2026-11-23T13:50:00.000Z'
const previewOf = (hoursTo: string) =>
  `/api/settings/callbacks/preview?${new URLSearchParams({ hoursFrom: '07:00', hoursTo, delayMinutes: '30', retries: '2' })}`
const dials = ['2026-11-23T14:20:00.000Z', '2026-11-24T00:00:00.000Z']
let service: FakeService

beforeEach(() => {
  localStorage.clear()
  service = fakeService()
  service.answer('GET /api/clocks/settings', { body: hours })
  service.answer('GET /api/settings/callbacks', { body: { ...rules, version: 7 } })
  service.answer(`GET ${previewOf('21:30')}`, { body: { at: AT, dials } })
  service.answer('GET /api/settings/missed', { body: missedRules })
  service.answer('GET /api/settings/company', { body: { ...company, version: 3 } })
})
afterEach(() => vi.unstubAllGlobals())

async function shown() {
  const { element } = await mountRouted(inPage(<SettingsScreen />))
  await settle()
  const form = (label: string) =>
    element.querySelector<HTMLFormElement>(`form[aria-label="${label}"]`)
  const save = async (label: string) => {
    act(() => form(label)?.querySelector<HTMLButtonElement>('button[type=submit]')?.click())
    await settle()
  }
  return { element, form, save }
}

test('the address on receipt slips is saved by the version that was seen', async () => {
  const saved = { ...company, address: '1 Tràng Tiền', version: 4 }
  service.answer('PUT /api/settings/company', { body: saved })
  const page = await shown()
  const inputs = page.form('Thông tin trên phiếu tiếp nhận')?.querySelectorAll('input')
  await typeInto(inputs?.[1] ?? null, '1 Tràng Tiền')
  await page.save('Thông tin trên phiếu tiếp nhận')
  expect(service.asked.at(-1)?.body).toEqual({ ...saved, version: 3 })
  expect(localStorage.length).toBe(0)
})

test('hours are numbers, and what cannot be is said before it is sent', async () => {
  service.answer('PUT /api/clocks/settings', { body: hours })
  const page = await shown()
  const asked = service.asked.length
  const urban = page.form('Thời hạn khôi phục dịch vụ')?.querySelector('input') ?? null
  await typeInto(urban, '0')
  await page.save('Thời hạn khôi phục dịch vụ')
  expect(page.element.textContent).toContain('Ít nhất 1.')
  expect(service.asked).toHaveLength(asked)
  await typeInto(urban, '12')
  await page.save('Thời hạn khôi phục dịch vụ')
  expect(service.asked.at(-1)?.body).toEqual({ ...hours, restorationUrbanHours: 12 })
})

test('what the rules of callbacks would do is shown before they are saved', async () => {
  service.answer('PUT /api/settings/callbacks', { body: { ...rules, version: 8 } })
  const page = await shown()
  const form = page.form('Gọi lại khách hàng')
  const said = () => form?.querySelector('[role=status]')?.textContent
  expect(said()).toBe(
    'Hẹn tạo bây giờ sẽ được gọi lúc 21:20. Khách không nghe máy: gọi lại lúc 24/11 07:00.',
  )
  service.answer(`GET ${previewOf('20:00')}`, { body: { at: AT, dials: dials.slice(1) } })
  await typeInto(form?.querySelectorAll('input')[1] ?? null, '7:00')
  await page.save('Gọi lại khách hàng')
  expect(form?.textContent).toContain('Chưa đúng dạng.')
  await typeInto(form?.querySelectorAll('input')[1] ?? null, '20:00')
  await settle()
  expect(said()).toBe(
    'Hẹn tạo bây giờ sẽ được gọi lúc 24/11 07:00. Khách không nghe máy: không tự gọi lại.',
  )
  await page.save('Gọi lại khách hàng')
  expect(service.asked.findLast(({ method }) => method === 'PUT')?.body).toEqual({
    ...rules,
    hoursTo: '20:00',
    version: 7,
  })
})

test('who saves over somebody else’s rules is told, and sees theirs', async () => {
  service.answer('PUT /api/settings/callbacks', aProblem(409))
  const page = await shown()
  const form = page.form('Gọi lại khách hàng')
  await typeInto(form?.querySelectorAll('input')[0] ?? null, '08:00')
  service.answer('GET /api/settings/callbacks', {
    body: { ...rules, hoursTo: '20:15', version: 8 },
  })
  await page.save('Gọi lại khách hàng')
  const values = [...(form?.querySelectorAll('input') ?? [])].map(({ value }) => value)
  expect(values.slice(0, 2)).toEqual(['08:00', '20:15'])
})

test('the rule of a queue is chosen', async () => {
  const off = { rules: [{ queue: 'hotline', rule: 'off' }], version: 4 }
  service.answer('PUT /api/settings/missed', { body: off })
  const page = await shown()
  const choice = page.form('Gọi lại khách bị nhỡ')?.querySelector('select')
  act(() => {
    if (!choice) throw new Error('there is no choice')
    choice.value = 'off'
    choice.dispatchEvent(new Event('change', { bubbles: true }))
  })
  await page.save('Gọi lại khách bị nhỡ')
  expect(service.asked.at(-1)?.body).toEqual(off)
})

test('customers of an outage can be rung first, in a queue of the hotline, and what that does is said', async () => {
  service.answer('PUT /api/settings/callbacks', { body: { ...rules, version: 8 } })
  service.answer(`GET ${previewOf('21:30')}&customerFirstQueue=hotline`, {
    body: { at: AT, dials },
  })
  const page = await shown()
  const form = page.form('Gọi lại khách hàng')
  const select = form?.querySelector('select')
  expect(form?.textContent).toContain('máy điện thoại viên đổ chuông trước')
  act(() => {
    if (select) select.value = 'hotline'
    select?.dispatchEvent(new Event('change', { bubbles: true }))
  })
  await settle()
  expect(form?.textContent).toContain('vào hàng đợi hotline, trước mọi người khác')
  await page.save('Gọi lại khách hàng')
  const put = service.asked.findLast(({ path }) => path === '/api/settings/callbacks')
  expect(put?.body).toEqual({ ...rules, customerFirstQueue: 'hotline', version: 7 })
})
