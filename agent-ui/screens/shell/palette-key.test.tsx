import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { runChord, useActions } from '../../actions.ts'
import { fakeService } from '../../test-support/fake-service.ts'
import type { FakeService } from '../../test-support/fake-service.ts'
import { inPage, mountRouted, settle, type } from '../../test-support/page.tsx'
import { aCustomer, aTicket, aUser } from '../../test-support/samples.ts'
import { forgetWorkspace } from '../../workspace-store.ts'
import { eventually } from '../../../test/support/eventually.ts'
import { PaletteKey } from './palette-key.tsx'

let service: FakeService
let runs: string[]

beforeEach(() => {
  forgetWorkspace()
  runs = []
  service = fakeService()
})
afterEach(() => vi.unstubAllGlobals())

function Page() {
  useActions([
    { id: 'a', keys: 'Alt+H', label: 'Hẹn gọi lại', run: () => void runs.push('promise') },
    { id: 'b', keys: null, label: 'Đổi trạng thái', run: () => void runs.push('state') },
  ])
  return (
    <>
      <PaletteKey />
      <input aria-label="note" />
    </>
  )
}

function seen(check: () => void): Promise<void> {
  return eventually(async () => {
    await settle()
    check()
  }, 1)
}

async function opened(user = aUser()) {
  const page = await mountRouted(inPage(<Page />, { user }))
  page.element.querySelector<HTMLElement>('input[aria-label="note"]')?.focus()
  act(() => void runChord('Ctrl+K'))
  await seen(() => expect(search()).not.toBeNull())
  return page
}

const dialog = () => document.querySelector('[role="dialog"]')
const search = () => dialog()?.querySelector('input') ?? null
const shown = () =>
  [...(dialog()?.querySelectorAll('[data-action]') ?? [])].map(({ textContent }) => textContent)
const press = (code: string) =>
  act(async () => {
    search()?.dispatchEvent(new KeyboardEvent('keydown', { code, key: code, bubbles: true }))
    await new Promise<void>(
      (resolve) => void setTimeout(() => requestAnimationFrame(() => resolve())),
    )
  })
const focused = () => document.activeElement?.getAttribute('aria-label')

test('offers what can be done now with its key, by words without accents', async () => {
  await opened()
  expect(shown()).toEqual(['Đổi trạng thái', 'Hẹn gọi lạiAlt+H'])
  expect(dialog()?.querySelector('[data-selected]')?.textContent).toBe('Đổi trạng thái')
  await type(search(), 'doi')
  expect(shown()).toEqual(['Đổi trạng thái'])
})

test('Enter does the first of what is shown, and the keyboard is back in the field before', async () => {
  await opened()
  await type(search(), 'trang thai')
  await press('Enter')
  expect([runs, dialog(), focused()]).toEqual([['state'], null, 'note'])
})

test('finds tickets and customers by the service, and opens the ticket on the desk', async () => {
  const { id, code, subject, status } = aTicket({ subject: 'Mất mạng' })
  const row = { id, code, subject, status, customer: { name: 'Trường Mầm Non' }, number: null }
  service.answer('GET /api/tickets?q=mam+non&limit=6', { body: { items: [row] } })
  service.answer('GET /api/customers?q=mam+non&limit=6', {
    body: { items: [aCustomer({ name: 'Trường Mầm Non' })] },
  })
  const page = await opened()
  await type(search(), 'mam non')
  await seen(() => expect(shown()).toHaveLength(2))
  expect(shown()[0]).toContain(`Trường Mầm Non · ${code}`)
  await press('Enter')
  expect(page.path()).toBe('/desk')
})

test('calls a number that is typed, for who has a phone', async () => {
  service.answer('POST /api/calls', { status: 202, body: {} })
  await opened()
  await type(search(), 'gọi 0912 345 678')
  expect(shown()[0]).toBe('Gọi 0912 345 678')
  await press('Enter')
  await settle()
  expect(service.asked.find(({ method }) => method === 'POST')?.body).toEqual({
    number: '0912 345 678',
  })
})

test('field staff are offered no number and no customers', async () => {
  await opened(aUser({ role: 'field' }))
  await type(search(), '0912345678')
  expect(shown()).toEqual([])
})
