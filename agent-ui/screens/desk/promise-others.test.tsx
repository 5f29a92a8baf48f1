import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { CallbackView } from '#contract/callbacks.ts'
import { aProblem, fakeService } from '../../test-support/fake-service.ts'
import type { FakeService } from '../../test-support/fake-service.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage, settle } from '../../test-support/page.tsx'
import { CorrectOutcome, GivePromise } from './promise-others.tsx'

const PEOPLE = 'GET /api/callbacks/assignees'
const ME = { id: 'lan', displayName: 'Lan' }
const MAI = { id: 'mai', displayName: 'Mai' }
const PROMISE: CallbackView = {
  id: 'p1',
  ticket: { id: 't1', code: 'KN-2026-000001', subject: '' },
  customerName: null,
  number: { raw: '0912345678', kind: 'mobile', key: '+84912345678', display: '0912 345 678' },
  dueAt: '2026-11-22T03:00:00.000Z',
  status: 'scheduled',
  note: '',
  assignee: ME,
  team: 'cskh',
  reason: 'guidance',
  promisedFor: '2026-11-22T03:00:00.000Z',
  agreed: false,
  firstAttemptAt: null,
  verdict: null,
  createdAt: '2026-11-22T02:00:00.000Z',
  createdBy: 'me',
  waitingFor: null,
  attempts: [],
  awaits: null,
  version: 4,
}
let service: FakeService
const onClose = vi.fn<() => void>()

beforeEach(() => {
  service = fakeService()
  onClose.mockClear()
})
afterEach(() => vi.unstubAllGlobals())

async function shown(form: 'give' | 'correct'): Promise<HTMLElement> {
  const Form = form === 'give' ? GivePromise : CorrectOutcome
  const { element } = mount(inPage(<Form promise={PROMISE} onClose={onClose} />))
  await settle()
  return element
}

function choose(element: HTMLElement, value: string): void {
  const select = element.querySelector('select')
  act(() => {
    if (select === null) throw new Error('there is nothing to choose from')
    select.value = value
    select.dispatchEvent(new Event('change', { bubbles: true }))
  })
}

test('a promise is given by the keyboard: the choice has the focus, Escape closes', async () => {
  service.answer(PEOPLE, { body: { items: [ME, MAI] } })
  const element = await shown('give')
  const select = element.querySelector('select')
  expect(document.activeElement).toBe(select)
  const names = [...element.querySelectorAll('option')].map((option) => option.textContent)
  expect(names).toEqual(['Chọn một người', 'Mai'])
  act(
    () =>
      void select?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })),
  )
  expect(onClose).toHaveBeenCalledTimes(1)
})

test('it is given to who was chosen, as it was read', async () => {
  service.answer(PEOPLE, { body: { items: [ME, MAI] } })
  service.answer('POST /api/callbacks/p1/assign', { body: { ...PROMISE, assignee: MAI } })
  const element = await shown('give')
  expect(element.querySelector('button')?.disabled).toBe(true)
  choose(element, 'mai')
  act(() => element.querySelector('button')?.click())
  await settle()
  expect(service.asked.at(-1)?.body).toEqual({ version: 4, staffId: 'mai' })
  expect(onClose).toHaveBeenCalledTimes(1)
})

test('who is alone with a phone is told so', async () => {
  service.answer(PEOPLE, { body: { items: [ME] } })
  expect((await shown('give')).textContent).toContain('Không có đồng nghiệp nào khác có máy nhánh')
})

test('names that could not be read are asked for again', async () => {
  service.answer(PEOPLE, aProblem(500))
  const element = await shown('give')
  expect(element.textContent).toContain('Máy chủ gặp lỗi')
  service.answer(PEOPLE, { body: { items: [MAI] } })
  act(() => element.querySelector('button')?.click())
  await settle()
  expect(element.querySelector('select')).not.toBeNull()
})

test('of a promise that was never dialled it can only be said that no call is needed', async () => {
  const element = await shown('correct')
  expect(element.querySelectorAll('option')).toHaveLength(1)
  service.answer('POST /api/callbacks/p1/outcome', { body: { ...PROMISE, status: 'done' } })
  act(() => element.querySelector('button')?.click())
  await settle()
  expect(service.asked.at(-1)?.body).toEqual({ version: 4, outcome: 'reached' })
})
