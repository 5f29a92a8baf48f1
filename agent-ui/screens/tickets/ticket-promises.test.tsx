import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { CallbackView } from '#contract/callbacks.ts'
import type { SessionUser } from '#contract/staff.ts'
import { speak } from '../../test-support/texts.ts'
import { type FakeService, fakeService } from '../../test-support/fake-service.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage, settle } from '../../test-support/page.tsx'
import { aCallback, anAttempt, aTicket, aUser } from '../../test-support/samples.ts'
import { TicketPromises } from './ticket-promises.tsx'

const ATTEMPT = anAttempt()
const KEPT = aCallback({ status: 'done', note: 'báo kết quả', attempts: [ATTEMPT], version: 5 })
let service: FakeService

beforeEach(() => {
  service = fakeService()
})
afterEach(() => {
  speak('vi')
  vi.unstubAllGlobals()
})

function shown(callbacks: CallbackView[], user: Partial<SessionUser> = {}): HTMLElement {
  const ticket = aTicket({ callbacks })
  return mount(inPage(<TicketPromises ticket={ticket} />, { user: aUser(user) })).element
}

const menuOf = (element: HTMLElement) =>
  element.querySelector<HTMLButtonElement>('button[aria-label="Thao tác với hẹn KN-2026-000123"]')

async function chooseCorrect(element: HTMLElement): Promise<void> {
  act(() => menuOf(element)?.click())
  await settle()
  act(() => document.querySelector<HTMLElement>('[role="menuitem"]')?.click())
  await settle()
}

test('a kept promise is put right from its menu: a machine had answered', async () => {
  service.answer('POST /api/callbacks/callback-1/outcome', { body: { ...KEPT, status: 'failed' } })
  const element = shown([KEPT])
  await chooseCorrect(element)
  const options = [...element.querySelectorAll('option')].map((option) => option.textContent)
  expect(options).toEqual(['Không nghe máy', 'Máy bận', 'Từ chối', 'Sai số'])
  act(() => element.querySelector('form')?.requestSubmit())
  await settle()
  expect(service.asked.at(-1)?.body).toEqual({ version: 5, outcome: 'no_answer' })
  expect(element.querySelector('form')).toBeNull()
})

test('by the keyboard: the choice has the focus, Escape gives it back to the menu', async () => {
  const element = shown([KEPT])
  await chooseCorrect(element)
  const select = element.querySelector('select')
  expect(document.activeElement).toBe(select)
  const escape = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })
  act(() => void select?.dispatchEvent(escape))
  expect(element.querySelector('form')).toBeNull()
  expect(document.activeElement).toBe(menuOf(element))
})

test('by its owner, who made it and supervisors, and only when something was dialled', () => {
  expect(menuOf(shown([KEPT]))).not.toBeNull()
  const ofAnother = { ...KEPT, createdBy: 'maker' }
  expect(menuOf(shown([ofAnother], { id: 'maker' }))).not.toBeNull()
  expect(menuOf(shown([ofAnother]))).not.toBeNull()
  expect(menuOf(shown([KEPT], { id: 'sup', role: 'supervisor' }))).not.toBeNull()
  expect(menuOf(shown([KEPT], { id: 'other' }))).toBeNull()
  expect(menuOf(shown([KEPT], { id: 'noc', role: 'noc' }))).toBeNull()
  expect(menuOf(shown([{ ...KEPT, attempts: [] }]))).toBeNull()
  expect(menuOf(shown([{ ...KEPT, status: 'dialing' }]))).toBeNull()
})

test('each promise says when, to which number, how it ended and who said so', () => {
  const said = anAttempt({ outcome: 'no_answer', saidBy: 'Mai' })
  const element = shown([{ ...KEPT, status: 'failed', attempts: [ATTEMPT, said] }])
  expect(element.textContent).toContain('Không gọi được')
  expect(element.textContent).toContain(
    '0912 345 678 · Nguyễn An · Không nghe máy · Mai xác nhận · báo kết quả',
  )
  speak('en')
  expect(element.textContent).toContain('Promised callbacks')
  expect(element.textContent).toContain('No answer · said by Mai')
})
