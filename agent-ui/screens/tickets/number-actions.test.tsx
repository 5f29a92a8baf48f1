import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fakeService } from '../../test-support/fake-service.ts'
import type { FakeService } from '../../test-support/fake-service.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage, settle } from '../../test-support/page.tsx'
import { aTicket, aUser } from '../../test-support/samples.ts'
import { NumberActions } from './number-actions.tsx'

const masked = { raw: '', kind: 'mobile', key: null, display: '•••• ••• 101' } as const
const contact = { raw: '0900000101', kind: 'mobile', key: '84900000101', display: '0900 000 101' }
let service: FakeService

beforeEach(() => {
  service = fakeService()
})
afterEach(() => vi.unstubAllGlobals())

test('NOC sees the number of the contact of a ticket that nobody called about', async () => {
  service.answer('POST /api/tickets/ticket-1/reveal', { body: { number: null, contact } })
  const ticket = aTicket({ number: null, contact: { name: 'Hà', number: masked } })
  const user = aUser({ role: 'noc' })
  const { element } = mount(inPage(<NumberActions ticket={ticket} />, { user }))
  act(() => element.querySelector('button')?.click())
  await settle()
  expect(element.querySelector('strong')?.textContent).toBe('0900 000 101')
})
