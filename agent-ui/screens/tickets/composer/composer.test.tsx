import { act } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Ticket } from '#contract/tickets.ts'
import { runChord } from '../../../actions.ts'
import { openComposer } from '../../../wanted.ts'
import { queries } from '../../../queries.ts'
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
import { aCallback, aNeed, aTicket, aUser, anOffer } from '../../../test-support/samples.ts'
import { Composer } from './composer.tsx'

const ticket = aTicket({
  version: 4,
  status: 'customer_reply',
  replyChannel: { channel: 'letter', agreedBy: null },
  permissions: ['edit', 'promise_callback', 'note_reply'],
  actions: [
    anOffer({ action: 'need_field', needs: [aNeed({ name: 'note', type: 'long_text' })] }),
    anOffer({ action: 'recheck_technical' }),
  ],
})
let service: FakeService

beforeEach(() => {
  localStorage.clear()
  dispatchEvent(new StorageEvent('storage', { key: null }))
  service = fakeService()
})
afterEach(() => vi.unstubAllGlobals())

async function shown(given: Ticket = ticket) {
  const client = testClient()
  const drawn = (one: Ticket) => inPage(<Composer ticket={one} />, { client })
  const { element, show } = mount(drawn(given))
  const give = (one: Ticket) => show(drawn(one))
  await settle()
  const form = () => element.querySelector('form')?.getAttribute('aria-label')
  const tabs = () =>
    [...element.querySelectorAll('[data-tab]')].map(
      (tab) => `${tab.textContent}${tab.querySelector('[role="img"]') ? ' •' : ''}`,
    )
  return { element, client, give, form, tabs, ...within(element) }
}

async function chord(keys: string): Promise<void> {
  act(() => void runChord(keys))
  await settle()
}

/** Whether the page took the key, so that a browser does nothing by it. */
async function key(name: string, more: KeyboardEventInit = {}): Promise<boolean> {
  const event = new KeyboardEvent('keydown', {
    key: name,
    bubbles: true,
    cancelable: true,
    ...more,
  })
  act(() => void document.activeElement?.dispatchEvent(event))
  await settle()
  return event.defaultPrevented
}

describe('one place to write', () => {
  test('begins with the note; each tab has its key, and its words stay when another is opened', async () => {
    const page = await shown()
    expect(page.form()).toBe('Ghi chú nội bộ (khách không thấy)')
    await typeInto(page.element.querySelector('textarea'), 'khách bận')
    await chord('Alt+H')
    expect(page.form()).toBe('Hẹn gọi lại')
    expect(page.tabs()).toEqual(['Ghi chú •', 'Hẹn gọi lại', 'Trả lời', 'Chuyển'])
    await chord('Alt+R')
    expect(page.form()).toBe('Ghi nhận trả lời')
    await chord('Alt+K')
    expect(page.form()).toBe('Chuyển Kỹ thuật')
    act(() => void runChord('Alt+J'))
    // at once: the next key is meant for it
    expect(document.activeElement).toBe(page.element.querySelector('textarea'))
    expect(page.element.querySelector('textarea')?.value).toBe('khách bận')
    expect(page.tabs()[0]).toBe('Ghi chú')
  })

  test('Ctrl+Enter sends what is open, and the note is empty for the next one', async () => {
    const noted = { ...ticket, version: 5 }
    service.answer('POST /api/tickets/ticket-1/notes', { status: 201, body: noted })
    const page = await shown()
    const note = page.element.querySelector('textarea')
    await typeInto(note, 'khách bận')
    note?.focus()
    await key('Enter', { ctrlKey: true })
    expect(service.asked).toEqual([
      { method: 'POST', path: '/api/tickets/ticket-1/notes', body: { note: 'khách bận' } },
    ])
    expect([note?.value, localStorage.length]).toEqual(['', 0])
    expect(page.client.getQueryData(queries.ticket('ticket-1').queryKey)).toEqual(noted)
  })

  test('a note that was just sent is taken back as the service has it, and its words come back', async () => {
    const actor = { id: aUser().id, displayName: 'An' }
    const line = { id: 'l9', at: '2026-11-28T01:00:00.000Z', actor, fields: {} } as const
    const noted: Ticket = { ...ticket, timeline: [{ ...line, kind: 'note', note: 'khách bận' }] }
    service.answer('POST /api/tickets/ticket-1/notes', { status: 201, body: noted })
    const page = await shown()
    const note = page.element.querySelector('textarea')
    await typeInto(note, 'khách bận')
    note?.focus()
    await key('Enter', { ctrlKey: true })
    expect(page.element.textContent).toContain('Đã thêm ghi chú.')
    const back: Ticket = { ...ticket, timeline: [{ ...line, kind: 'note_withdrawn', note: '' }] }
    service.answer('DELETE /api/tickets/ticket-1/notes/l9', { body: back })
    const undo = [...page.element.querySelectorAll('button')].find(({ textContent }) =>
      textContent?.startsWith('Hoàn tác'),
    )
    undo?.focus()
    act(() => undo?.click())
    await settle()
    expect(page.client.getQueryData(queries.ticket('ticket-1').queryKey)).toEqual(back)
    expect(note?.value).toBe('khách bận')
    expect(document.activeElement).toBe(note)
    expect(page.element.textContent).not.toContain('Hoàn tác')
  })

  test('Escape goes back to the note and leaves the keyboard where the form was opened', async () => {
    const page = await shown()
    await chord('Alt+H')
    expect(document.activeElement?.textContent).toMatch(/^Hẹn gọi lại lúc/)
    await key('Escape')
    expect(document.activeElement?.textContent).toBe('Hẹn gọi lại')
    expect(page.form()).toBe('Ghi chú nội bộ (khách không thấy)')
  })

  test('says what is promised already, and offers no second promise', async () => {
    const { element, tabs } = await shown({
      ...ticket,
      callbacks: [aCallback({ status: 'scheduled' })],
    })
    expect(tabs()).toEqual(['Ghi chú', 'Trả lời', 'Chuyển'])
    expect(element.textContent).toContain('hẹn gọi lại')
  })

  test('a tab that is gone and comes back does not take the note out of the hands', async () => {
    const page = await shown()
    await chord('Alt+H')
    page.give({ ...ticket, callbacks: [aCallback({ status: 'scheduled' })] })
    await settle()
    await typeInto(page.element.querySelector('textarea'), 'khách bận')
    page.give(ticket)
    await settle()
    expect(page.form()).toBe('Ghi chú nội bộ (khách không thấy)')
  })

  test('words typed while the note is on its way stay', async () => {
    const answer = Promise.withResolvers<Response>()
    vi.stubGlobal('fetch', () => answer.promise)
    const page = await shown()
    const note = page.element.querySelector('textarea')
    await typeInto(note, 'khách bận')
    note?.focus()
    await key('Enter', { ctrlKey: true })
    await typeInto(note, 'khách bận, gọi lại')
    answer.resolve(new Response(JSON.stringify(ticket), { status: 201 }))
    await settle()
    expect(note?.value).toBe('khách bận, gọi lại')
    expect(page.client.getQueryData(queries.ticket('ticket-1').queryKey)).toEqual(ticket)
  })

  test('is opened from elsewhere on the page', async () => {
    const page = await shown()
    act(() => openComposer('another-ticket', 'reply'))
    await settle()
    expect(page.form()).toBe('Ghi chú nội bộ (khách không thấy)')
    act(() => openComposer('ticket-1', 'reply'))
    await settle()
    expect(page.form()).toBe('Ghi nhận trả lời')
  })
})

describe('a promise', () => {
  test('is kept half-filled, with the time that was chosen for it', async () => {
    const page = await shown()
    await chord('Alt+H')
    act(() => page.element.querySelector<HTMLInputElement>('input[value="60"]')?.click())
    await typeInto(page.field('Ghi chú'), 'gọi con trai')
    await chord('Alt+J')
    await chord('Alt+H')
    expect(page.field('Ghi chú').value).toBe('gọi con trai')
    service.answer('POST /api/tickets/ticket-1/callbacks', { status: 201, body: aCallback() })
    act(() => page.element.querySelector<HTMLButtonElement>('button[type="submit"]')?.click())
    await settle()
    expect(service.asked[0]?.body).toMatchObject({ inMinutes: 60, note: 'gọi con trai' })
  })
})

describe('a promise, noted in a text of ours', () => {
  test('takes it in one line by its name, and leaves the next Enter to the form', async () => {
    const text = 'Hẹn gọi lại:\nkiểm tra đèn LOS.'
    const items = [{ id: 'hen', name: 'hen', title: 'Hẹn', text }]
    service.answer('GET /api/text-modules', { body: { items } })
    const page = await shown()
    await chord('Alt+H')
    const note = page.field('Ghi chú')
    note.focus()
    note.selectionStart = 5
    await typeInto(note, '::hen')
    expect(await key('Enter')).toBe(true)
    expect(note.value).toBe('Hẹn gọi lại: kiểm tra đèn LOS.')
    expect(await key('Enter')).toBe(false)
  })
})

describe('an answer', () => {
  test('a letter that was sent is noted with its reference, and the ticket is as the service says', async () => {
    const noted = { ...ticket, version: 5 }
    service.answer('POST /api/tickets/ticket-1/evidence', { status: 201, body: noted })
    const page = await shown()
    await chord('Alt+R')
    await page.press('Ghi nhận trả lời')
    expect(service.asked).toEqual([])
    await typeInto(page.field('Số công văn'), 'CV 12/2026')
    await page.press('Ghi nhận trả lời')
    expect(service.asked[0]?.body).toEqual({
      kind: 'letter',
      channel: 'letter',
      reference: 'CV 12/2026',
      note: '',
    })
    expect(page.client.getQueryData(queries.ticket('ticket-1').queryKey)).toEqual(noted)
    expect([page.form(), localStorage.length]).toEqual(['Ghi chú nội bộ (khách không thấy)', 0])
  })
})

test('a ticket is handed on with what the step asks for, one way of several', async () => {
  service.answer('POST /api/tickets/ticket-1/actions', { body: { ...ticket, actions: [] } })
  const page = await shown()
  await chord('Alt+K')
  await typeInto(page.field('Chuyển thế nào'), 'recheck_technical')
  expect(page.form()).toBe('Chuyển NOC kiểm tra lại')
  act(() => page.element.querySelector<HTMLButtonElement>('button[type="submit"]')?.click())
  await settle()
  expect(service.asked[0]?.body).toEqual({ action: 'recheck_technical', version: 4 })
})
