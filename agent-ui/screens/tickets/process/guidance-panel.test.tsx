import { act } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { runChord } from '../../../actions.ts'
import { fakeService } from '../../../test-support/fake-service.ts'
import type { FakeService } from '../../../test-support/fake-service.ts'
import { mount } from '../../../test-support/mount.tsx'
import {
  inPage,
  settle,
  testClient,
  type as typeInto,
  within,
} from '../../../test-support/page.tsx'
import { aGuidance, aTicket, anOffer } from '../../../test-support/samples.ts'
import { ActionBar } from './action-bar.tsx'
import { GuidancePanel } from './guidance-panel.tsx'

const guidance = aGuidance()
const ticket = aTicket({
  version: 7,
  status: 'guiding',
  guidance,
  actions: [
    anOffer({ action: 'save_guidance', main: true }),
    anOffer({ action: 'resolved_on_call' }),
  ],
})
let service: FakeService

beforeEach(() => {
  localStorage.clear()
  service = fakeService()
})
afterEach(() => vi.unstubAllGlobals())

function two(): void {
  act(() => void runChord('2'))
}

function shown(given = ticket) {
  const client = testClient()
  const page = (of: typeof ticket) =>
    inPage(<GuidancePanel ticket={of} guidance={of.guidance ?? guidance} />, { client })
  const { element, show } = mount(page(given))
  const pressed = () =>
    [...element.querySelectorAll('li')].map(
      (step) => step.querySelector<HTMLElement>('[aria-pressed=true]')?.dataset['answer'] ?? '-',
    )
  const { press } = within(element)
  return { element, pressed, press, arrives: (of: typeof ticket) => show(page(of)) }
}

test('the key of a step marks it, once more the next answer, and again until it is taken back', () => {
  const page = shown()
  two()
  expect(page.pressed()).toEqual(['-', 'ok'])
  two()
  expect(page.pressed()).toEqual(['-', 'nok'])
  two()
  two()
  expect(page.pressed()).toEqual(['-', '-'])
})

test('one press saves what was answered and hands the ticket on', async () => {
  service.answer('POST /api/tickets/ticket-1/actions', { body: aTicket({ status: 'noc_queued' }) })
  const page = shown()
  act(() => void runChord('1'))
  await typeInto(page.element.querySelector('input[inputmode=decimal]'), '-27,5')
  await page.press('Chưa hết lỗi → chuyển NOC')
  expect(service.asked.at(-1)?.body).toEqual({
    action: 'save_guidance',
    version: 7,
    result: 'nok',
    steps: { GEN_1: { answer: 'ok', note: '' } },
    fields: { rx_dbm: -27.5 },
  })
})

test('after guidance the keyboard is at what may be done next', async () => {
  const frames: FrameRequestCallback[] = []
  vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame))
  const moved = { ...ticket, status: 'noc_queued' as const, actions: [anOffer({ main: true })] }
  service.answer('POST /api/tickets/ticket-1/actions', { body: moved })
  const client = testClient()
  const both = (of: typeof ticket) =>
    inPage(
      <>
        <ActionBar ticket={of} />
        <GuidancePanel ticket={of} guidance={guidance} />
      </>,
      { client },
    )
  const { element, show } = mount(both(ticket))
  const done = [...element.querySelectorAll('button')].find(({ textContent }) =>
    textContent.startsWith('Đã hết lỗi'),
  )
  act(() => done?.click())
  await settle()
  show(both(moved))
  for (const frame of frames) frame(0)
  expect(document.activeElement?.textContent).toBe('Tiếp nhận xử lý')
})

test('a value that cannot be is said at its field and not sent', async () => {
  const page = shown()
  await typeInto(page.element.querySelector('input[inputmode=decimal]'), '-99')
  await page.press('Đã hết lỗi → hẹn gọi lại')
  expect(page.element.textContent).toContain('Ít nhất -40.')
  expect(service.asked).toEqual([])
})

test('while guiding, the main button and its key lead to the first step', () => {
  const page = mount(
    inPage(
      <>
        <ActionBar ticket={ticket} />
        <GuidancePanel ticket={ticket} guidance={guidance} />
      </>,
    ),
  )
  expect(page.element.querySelector('button')?.textContent).toContain('Hướng dẫn khách')
  act(() => void runChord('Alt+N'))
  expect(document.activeElement?.closest('li')?.textContent).toContain('Xác nhận số hợp đồng')
})

test('who may not answer reads it: no field, no key', () => {
  const page = shown({ ...ticket, actions: [] })
  expect(page.element.querySelector('input')).toBeNull()
  expect(runChord('1')).toBe(false)
})

const answered = (answer: 'ok' | 'nok') => ({ answer, note: '', at: '2026-11-22T03:05:00.000Z' })

describe('guidance that was saved', () => {
  const read = { ...ticket, actions: [] }
  const steps = { GEN_1: answered('ok') }

  test('is seen by who reads along, without loading the ticket anew', () => {
    const page = shown(read)
    page.arrives({ ...read, guidance: aGuidance({ steps, version: 2 }) })
    expect(page.pressed()).toEqual(['ok', '-'])
  })

  test('by a colleague stands beside what is being answered here', () => {
    const page = shown()
    two()
    page.arrives({ ...ticket, guidance: aGuidance({ steps, version: 2 }) })
    expect(page.pressed()).toEqual(['ok', 'ok'])
  })

  test('leaves nothing behind in the browser and stays on the page', async () => {
    const moved = aTicket({ status: 'noc_queued', guidance: aGuidance({ steps, version: 2 }) })
    service.answer('POST /api/tickets/ticket-1/actions', { body: moved })
    const page = shown()
    act(() => void runChord('1'))
    expect(localStorage.length).toBe(1)
    await page.press('Chưa hết lỗi → chuyển NOC')
    page.arrives(moved)
    expect([page.pressed(), localStorage.length]).toEqual([['ok', '-'], 0])
  })

  test('for now is no draft any more', async () => {
    const page = shown()
    two()
    const kept = aGuidance({ steps: { SLOW_1: answered('ok') }, version: 2 })
    page.arrives({ ...ticket, guidance: kept })
    expect([page.pressed(), localStorage.length]).toEqual([['-', 'ok'], 0])
  })
})
