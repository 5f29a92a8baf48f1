import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { aProblem, fakeService } from '../../test-support/fake-service.ts'
import type { FakeService } from '../../test-support/fake-service.ts'
import { inPage, mountRouted, settle, type } from '../../test-support/page.tsx'
import { aUser } from '../../test-support/samples.ts'
import { OutageWindow } from './outage-window.tsx'

const PATH = '/api/settings/outages'
let service: FakeService

beforeEach(() => {
  service = fakeService()
  service.answer(`GET ${PATH}`, { body: { callers: 5, minutes: 15, version: 3 } })
})
afterEach(() => vi.unstubAllGlobals())

const form = () => document.querySelector('form')
const field = (index: number) => form()?.querySelectorAll('input')[index] ?? null

async function open() {
  await mountRouted(inPage(<OutageWindow />, { user: aUser({ role: 'admin' }) }))
  await settle()
  act(() => document.querySelector('button')?.click())
  await settle()
}

async function save() {
  act(() => form()?.querySelector<HTMLButtonElement>('button[type=submit]')?.click())
  await settle()
}

test('when an outage is offered is saved by the version that was seen', async () => {
  await open()
  service.answer(`PUT ${PATH}`, { body: { callers: 8, minutes: 15, version: 4 } })
  await type(field(0), '8')
  await save()
  expect(service.asked.at(-1)?.body).toEqual({ callers: 8, minutes: 15, version: 3 })
  expect(form()).toBeNull()
})

test('who would save over somebody else’s numbers sees theirs beside the own, and saves over them', async () => {
  await open()
  await type(field(0), '8')
  service.answer(`PUT ${PATH}`, aProblem(409))
  service.answer(`GET ${PATH}`, { body: { callers: 6, minutes: 30, version: 4 } })
  await save()
  expect([field(0)?.value, field(1)?.value]).toEqual(['8', '30'])
  service.answer(`PUT ${PATH}`, { body: { callers: 8, minutes: 30, version: 5 } })
  await save()
  expect(service.asked.findLast(({ method }) => method === 'PUT')?.body).toEqual({
    callers: 8,
    minutes: 30,
    version: 4,
  })
})
