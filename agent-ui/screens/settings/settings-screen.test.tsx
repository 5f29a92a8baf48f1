import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fakeService } from '../../test-support/fake-service.ts'
import type { FakeService } from '../../test-support/fake-service.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage, settle, type as typeInto } from '../../test-support/page.tsx'
import { SettingsScreen } from './settings-screen.tsx'

const company = { name: 'DCNET', address: '', hotline: '19000382', email: '', taxCode: '' }
const hours = { restorationUrbanHours: 24, restorationRuralHours: 48, version: 2 }
let service: FakeService

beforeEach(() => {
  localStorage.clear()
  service = fakeService()
  service.answer('GET /api/clocks/settings', { body: hours })
  service.answer('GET /api/settings/company', { body: { ...company, version: 3 } })
})
afterEach(() => vi.unstubAllGlobals())

async function shown() {
  const { element } = mount(inPage(<SettingsScreen />))
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
