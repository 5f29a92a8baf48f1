import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { CallbackView } from '#contract/callbacks.ts'
import { fakeService } from '../../test-support/fake-service.ts'
import type { FakeService } from '../../test-support/fake-service.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage, settle, type as typeInto } from '../../test-support/page.tsx'
import { aCallback } from '../../test-support/samples.ts'
import { OtherNumber, ReschedulePromise } from './promise-change.tsx'

let service: FakeService
const onClose = vi.fn<() => void>()

beforeEach(() => {
  localStorage.clear()
  service = fakeService()
  onClose.mockClear()
})
afterEach(() => vi.unstubAllGlobals())

async function submit(element: HTMLElement): Promise<void> {
  act(() => element.querySelector<HTMLButtonElement>('button[type=submit]')?.click())
  await settle()
}

test('a customer whose number is nobody’s is called on another one, which is asked for by the keyboard', async () => {
  const promise: CallbackView = aCallback({ id: 'p1', status: 'failed', note: 'đèn PON' })
  service.answer('POST /api/tickets/t1/callbacks', { body: { ...promise, id: 'p2' } })
  const { element } = mount(
    inPage(<OtherNumber promise={promise} ticketId="t1" onClose={onClose} />),
  )
  const input = element.querySelector('input')
  expect(document.activeElement).toBe(input)
  await submit(element)
  expect(service.asked).toEqual([])
  await typeInto(input, '0987654321')
  await submit(element)
  expect(service.asked.at(-1)?.body).toEqual({
    number: '0987654321',
    inMinutes: 0,
    note: 'đèn PON',
  })
  expect(onClose).toHaveBeenCalledOnce()
})

test('a promise is moved to a time that the customer agreed to', async () => {
  const promise = aCallback({ id: 'p1', version: 4 })
  service.answer('PATCH /api/callbacks/p1', { body: { ...promise, version: 5 } })
  const { element } = mount(inPage(<ReschedulePromise promise={promise} onClose={onClose} />))
  act(() => element.querySelector<HTMLInputElement>('input[type=checkbox]')?.click())
  await submit(element)
  expect(service.asked.at(-1)?.body).toMatchObject({ version: 4, agreed: true })
})
