import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fakeService } from '../../test-support/fake-service.ts'
import type { FakeService } from '../../test-support/fake-service.ts'
import { inPage, mountRouted, settle, type as typeInto } from '../../test-support/page.tsx'
import { aCustomer, aTicket } from '../../test-support/samples.ts'
import { FindCustomer } from './find-customer.tsx'

let service: FakeService

beforeEach(() => {
  localStorage.clear()
  service = fakeService()
})
afterEach(() => vi.unstubAllGlobals())

async function press(text: string): Promise<void> {
  const button = [...document.querySelectorAll('button')].find((one) => one.textContent === text)
  act(() => button?.click())
  await settle()
}

test('a caller whom nobody knows is made a customer of the call, with their number', async () => {
  service.answer('POST /api/customers', { body: aCustomer() })
  await mountRouted(inPage(<FindCustomer ticket={aTicket()} onChoose={() => undefined} />))
  await press('Tìm khách hàng khác')
  await press('Tạo khách hàng từ cuộc gọi này')
  const name = document.querySelector<HTMLInputElement>('form input')
  await typeInto(name, 'Nguyễn Thị Mẫu')
  await press('Lưu')
  expect(service.asked.find(({ method }) => method === 'POST')?.body).toMatchObject({
    name: 'Nguyễn Thị Mẫu',
    phones: [{ number: '0912 345 678', label: '' }],
    linkTicketId: 'ticket-1',
  })
})

test('a name is needed, and said at its field', async () => {
  await mountRouted(inPage(<FindCustomer ticket={aTicket()} onChoose={() => undefined} />))
  await press('Tìm khách hàng khác')
  await press('Tạo khách hàng từ cuộc gọi này')
  await press('Lưu')
  expect(document.body.textContent).toContain('Không được để trống.')
  expect(service.asked.filter(({ method }) => method === 'POST')).toEqual([])
})
