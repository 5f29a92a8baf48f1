import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { OutageView } from '#contract/casework/outages.ts'
import { fakeService } from '../../test-support/fake-service.ts'
import type { FakeService } from '../../test-support/fake-service.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage, settle, type } from '../../test-support/page.tsx'
import { anOutage } from '../../test-support/samples.ts'
import { OutageForm } from './outage-form.tsx'

let service: FakeService

beforeEach(() => {
  localStorage.clear()
  service = fakeService()
})
afterEach(() => vi.unstubAllGlobals())

function form(known: OutageView | null) {
  const done: OutageView[] = []
  const { element } = mount(
    inPage(
      <OutageForm
        known={known}
        onDone={(outage) => void done.push(outage)}
        onCancel={() => undefined}
      />,
    ),
  )
  const submit = async () => {
    act(() => element.querySelector<HTMLButtonElement>('button[type=submit]')?.click())
    await settle()
  }
  return { element, done, submit }
}

test('an outage without a place is not sent; with one it is declared', async () => {
  const { element, done, submit } = form(null)
  await type(element.querySelector('textarea'), 'Đứt cáp')
  await submit()
  expect(service.asked).toEqual([])
  service.answer('POST /api/outages', { body: anOutage() })
  await type(element.querySelector('input'), 'Cầu Giấy')
  await submit()
  expect(service.asked.at(-1)?.body).toEqual({
    area: 'Cầu Giấy',
    message: 'Đứt cáp',
    expectedUntil: null,
    callbacksPerMinute: 5,
  })
  expect(done).toHaveLength(1)
})

test('an offer is taken up where it says, without asking for the place again', async () => {
  const { element, submit } = form(
    anOutage({ id: 'offer-1', status: 'offered', ticket: null, message: '' }),
  )
  service.answer('POST /api/outages', { body: anOutage() })
  await type(element.querySelector('textarea'), 'Đứt cáp')
  await submit()
  expect(service.asked.at(-1)?.body).toMatchObject({ fromOffer: 'offer-1', message: 'Đứt cáp' })
})

test('of an open one the expected time changes by one press, with its version', async () => {
  const { element, submit } = form(anOutage({ version: 4 }))
  service.answer('PATCH /api/outages/outage-1', { body: anOutage({ version: 5 }) })
  const hours = [...element.querySelectorAll('button')].find((one) => one.textContent === '+2 giờ')
  act(() => hours?.click())
  await submit()
  const { body } = service.asked.at(-1) ?? {}
  expect(body).toMatchObject({ version: 4, message: 'Đứt cáp Cầu Giấy' })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the form just sent
  const { expectedUntil } = body as { expectedUntil: string }
  const hoursAhead = (Date.parse(expectedUntil) - Date.now()) / 3_600_000
  expect(Math.round(hoursAhead)).toBe(2)
})
