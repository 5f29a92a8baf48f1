import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { CallbackView } from '#contract/callbacks.ts'
import { runChord, useAction } from '../../actions.ts'
import { speak } from '../../test-support/texts.ts'
import { tell } from '../../live-store.ts'
import { fakeService } from '../../test-support/fake-service.ts'
import type { FakeService } from '../../test-support/fake-service.ts'
import { mountHook } from '../../test-support/mount.tsx'
import { inPage, mountRouted, settle, type as typeInto } from '../../test-support/page.tsx'
import { aCallback, anAttempt, aSnapshot } from '../../test-support/samples.ts'
import { WordStrip } from './word-strip.tsx'

const WORD = 'POST /api/callbacks/callback-1/outcome'
let service: FakeService

beforeEach(() => {
  service = fakeService()
  act(() => tell({ type: 'desk_snapshot', snapshot: aSnapshot() }))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  act(() => {
    tell({ type: 'signed_out' })
    speak('vi')
  })
})

function called(change: Partial<CallbackView> = {}, attempt = anAttempt({ talkSeconds: 33 })) {
  const awaits: CallbackView['awaits'] = {
    staffId: 'staff-1',
    words: ['solved', 'unsolved', 'not_reached'],
  }
  const who = { customerName: 'Công ty Minh Tâm', status: 'done', version: 5 } as const
  return aCallback({ ...who, attempts: [attempt], awaits, ...change })
}
const hear = (callback: CallbackView) => act(() => tell({ type: 'callback_updated', callback }))
async function shown(...callbacks: CallbackView[]): Promise<HTMLElement> {
  const { element } = await mountRouted(inPage(<WordStrip />))
  for (const callback of callbacks) hear(callback)
  return element
}
const buttons = (element: HTMLElement) => [...element.querySelectorAll('button')]
const labels = (element: HTMLElement) => buttons(element).map(({ textContent }) => textContent)
const likely = (element: HTMLElement) =>
  element.querySelector('button[data-likely=true]')?.textContent
const press = async (chord: string) => {
  let isTaken = false
  act(() => void (isTaken = runChord(chord)))
  await settle()
  return isTaken
}

test('an agent who called says how it went by one key, once', async () => {
  service.answer(WORD, { body: called({ awaits: null, version: 6 }) })
  const strip = await shown(called())
  expect(strip.textContent).toContain('Công ty Minh Tâm · KN-2026-000123')
  expect(strip.textContent).toContain('Nói chuyện 0:33')
  expect(labels(strip)).toEqual([
    'Đã gặp, xongAlt+Y',
    'Đã gặp, chưa xong → NOCAlt+U',
    'Không gặpAlt+I',
  ])
  expect(likely(strip)).toContain('Đã gặp, xong')
  await press('Alt+Y')
  expect(service.asked).toEqual([
    {
      method: 'POST',
      path: '/api/callbacks/callback-1/outcome',
      body: { version: 5, outcome: 'reached', result: 'ok' },
    },
  ])
  expect(strip.querySelector('section')?.textContent).toBe('')
  expect(await press('Alt+Y')).toBe(false)
})

test('a word keeps its key from the ticket that comes to the front below it', async () => {
  await shown(called())
  const run = vi.fn<() => void>()
  mountHook(useAction, { id: 'ticket.attach', keys: 'Alt+U', label: '', run })
  await press('Alt+U')
  expect([run.mock.calls.length, service.asked[0]?.body]).toEqual([
    0,
    { version: 5, outcome: 'reached', result: 'nok' },
  ])
})

test('a second press does not speak of the next call, which has the keys a moment later', async () => {
  service.answer(WORD, { body: called({ awaits: null, version: 6 }) })
  const before = anAttempt({ talkSeconds: 12, endedAt: '2026-11-22T03:20:00.000Z' })
  const strip = await shown(called({ id: 'callback-0', customerName: 'Hoa' }, before), called())
  expect(labels(strip).filter((label) => label.includes('Alt'))).toHaveLength(3)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  act(() => void runChord('Alt+U'))
  await act(() => vi.advanceTimersByTimeAsync(100))
  expect(strip.textContent).not.toContain('Minh Tâm')
  expect(runChord('Alt+U')).toBe(false)
  await act(() => vi.advanceTimersByTimeAsync(1_500))
  expect(labels(strip)[1]).toBe('Đã gặp, chưa xong → NOCAlt+U')
  expect(service.asked).toHaveLength(1)
})

test('a short talk is said to be a guess, and that nobody was reached is said by the mouse', async () => {
  const machine = anAttempt({ outcome: 'no_answer', talkSeconds: 4 })
  service.answer(WORD, { body: called({ awaits: null, version: 6 }, machine) })
  const strip = await shown(called({ status: 'scheduled' }, machine))
  expect(strip.textContent).toContain('Chỉ nghe máy 4 giây: có phải hộp thư thoại?')
  speak('en')
  expect(strip.textContent).toContain('Answered for only 4 s: a machine?')
  expect(likely(strip)).toContain('Not reached')
  act(() => buttons(strip).at(-1)?.click())
  await settle()
  expect(service.asked.at(-1)?.body).toEqual({ version: 5, outcome: 'no_answer' })
})

test('what the process asks for is asked in its place, and Enter sends it with the same word', async () => {
  const fault = { path: 'note', message: 'write how they confirmed', code: 'note_missing' }
  service.answer(WORD, { status: 422, body: { status: 422, title: 'x', errors: [fault] } })
  const strip = await shown(called({}, anAttempt({ outcome: 'no_answer', talkSeconds: 4 })))
  await press('Alt+Y')
  const field = strip.querySelector('input')
  expect(document.activeElement).toBe(field)
  expect(field?.getAttribute('aria-label')).toBe('Khách xác nhận thế nào?')
  expect(await press('Alt+U')).toBe(false)
  service.answer(WORD, { body: called({ awaits: null, version: 6 }) })
  await typeInto(field, 'khách bảo đã có mạng')
  act(() => strip.querySelector('form')?.requestSubmit())
  await settle()
  expect(service.asked.at(-1)?.body).toEqual({
    version: 5,
    outcome: 'reached',
    result: 'ok',
    note: 'khách bảo đã có mạng',
  })
  expect(strip.querySelector('section')?.textContent).toBe('')
})

test('is there after a reload, for who called alone, and goes when the ticket went another way', async () => {
  const strip = await shown()
  const snapshot = aSnapshot({ awaiting: [called()] })
  act(() => tell({ type: 'desk_snapshot', snapshot }))
  expect(strip.querySelectorAll('[data-testid=awaited-word]')).toHaveLength(1)
  hear(called({ id: 'of-lan', awaits: { staffId: 'lan', words: ['not_reached'] } }))
  expect(strip.querySelectorAll('[data-testid=awaited-word]')).toHaveLength(1)
  hear(called({ awaits: null }))
  expect(strip.querySelectorAll('[data-testid=awaited-word]')).toHaveLength(0)
})
