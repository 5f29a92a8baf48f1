import { act } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Ticket } from '#contract/tickets.ts'
import { runChord } from '../../../actions.ts'
import { queries } from '../../../queries.ts'
import { aProblem, fakeService } from '../../../test-support/fake-service.ts'
import type { FakeService } from '../../../test-support/fake-service.ts'
import { mount } from '../../../test-support/mount.tsx'
import { inPage, settle, testClient, type as typeInto } from '../../../test-support/page.tsx'
import { aNeed, aTicket, anOffer } from '../../../test-support/samples.ts'
import { ActionBar } from './action-bar.tsx'

const SKIP = anOffer({
  action: 'skip_guidance',
  needs: [
    aNeed({ name: 'reason', type: 'choice', required: true, options: ['los_red', 'voice'] }),
    aNeed({ name: 'note', type: 'long_text' }),
  ],
})
const START = anOffer({ action: 'start_guidance', main: true })
const PATH = '/api/tickets/ticket-1/actions'
let service: FakeService

beforeEach(() => {
  localStorage.clear()
  service = fakeService()
})
afterEach(() => vi.unstubAllGlobals())

function buttonOf(text: string): HTMLButtonElement | undefined {
  return [...document.querySelectorAll('button')].find((one) => one.textContent === text)
}

async function press(text: string): Promise<void> {
  act(() => buttonOf(text)?.click())
  await settle()
}

function shown(ticket: Ticket) {
  const client = testClient()
  const page = mount(inPage(<ActionBar ticket={ticket} />, { client }))
  return { ...page, client, press }
}

async function chord(keys: string): Promise<void> {
  act(() => void runChord(keys))
  await settle()
}

describe('the steps of the process', () => {
  test('have the one that leads on as a button, and it is on Alt+N', async () => {
    const page = shown(aTicket({ actions: [SKIP, START] }))
    expect(page.element.querySelector('button')?.textContent).toBe('Bắt đầu hướng dẫn')
    await chord('Alt+N')
    expect(page.element.querySelector('form')?.getAttribute('aria-label')).toBe('Bắt đầu hướng dẫn')
  })

  test('that hand the ticket on stand in the composer, but for the one that leads on', async () => {
    const { element } = shown(aTicket({ actions: [SKIP, START] }))
    expect([...element.querySelectorAll('button')]).toHaveLength(1)
    expect(runChord('Alt+M')).toBe(false)
  })

  test('that are not offered are not there, and say whose turn it is', async () => {
    // merging stands beside the other open tickets
    for (const actions of [[], [anOffer({ action: 'merge' })]]) {
      const page = shown(aTicket({ team: 'noc', status: 'noc_queued', actions }))
      expect(page.element.querySelector('button')).toBeNull()
      expect(page.element.textContent).toContain('Phiếu đang ở NOC')
    }
    expect(runChord('Alt+N')).toBe(false)
  })

  test('name what a ticket is about in words', async () => {
    const options = ['NO_INTERNET', 'SLOW']
    const category = aNeed({ name: 'category', type: 'choice', options })
    const page = shown(aTicket({ actions: [{ ...START, needs: [category] }] }))
    await chord('Alt+N')
    const names = [...page.element.querySelectorAll('option')].map((option) => option.textContent)
    expect(names).toEqual(['Chọn', 'Mất kết nối Internet', 'Mạng chậm'])
  })

  test('ask for what the service says they need, before anything is sent', async () => {
    const page = shown(aTicket({ actions: [{ ...SKIP, main: true }] }))
    await chord('Alt+N')
    const labels = [...page.element.querySelectorAll('label')].map((label) => label.textContent)
    expect(labels).toEqual(['Lý do *', 'Ghi chú'])
    await page.press('Thực hiện')
    expect(page.element.textContent).toContain('Chọn một giá trị trong danh sách.')
    expect(service.asked).toEqual([])
  })

  test('are sent with the version that was seen, and the ticket moves on', async () => {
    const moved = aTicket({ status: 'noc_queued', version: 5 })
    service.answer(`POST ${PATH}`, { body: moved })
    const page = shown(aTicket({ version: 4, actions: [{ ...SKIP, main: true }] }))
    await chord('Alt+N')
    await typeInto(page.element.querySelector('select'), 'los_red')
    await page.press('Thực hiện')
    expect(service.asked.at(-1)).toEqual({
      method: 'POST',
      path: PATH,
      body: { action: 'skip_guidance', version: 4, reason: 'los_red' },
    })
    expect(page.client.getQueryData(queries.ticket('ticket-1').queryKey)).toEqual(moved)
    expect(page.element.querySelector('form')).toBeNull()
  })

  test('that are refused say why at the field, and keep what was typed', async () => {
    const errors = [{ path: 'note', message: 'a note is needed', code: 'note_missing' }]
    const problem = { type: 'about:blank', title: 'Problem', status: 422, detail: 'a note' }
    service.answer(`POST ${PATH}`, { status: 422, body: { ...problem, code: 'missing', errors } })
    const page = shown(aTicket({ actions: [{ ...SKIP, main: true }] }))
    await chord('Alt+N')
    await typeInto(page.element.querySelector('select'), 'voice')
    await page.press('Thực hiện')
    expect(page.element.textContent).toContain('Nhập ghi chú.')
    page.unmount()
    const again = shown(aTicket({ actions: [{ ...SKIP, main: true }] }))
    await chord('Alt+N')
    expect(again.element.querySelector('select')?.value).toBe('voice')
  })

  test('that somebody else was faster with read the ticket again', async () => {
    service.answer(`POST ${PATH}`, aProblem(409))
    const page = shown(aTicket({ actions: [START] }))
    const key = queries.ticket('ticket-1').queryKey
    page.client.setQueryData(key, aTicket())
    await chord('Alt+N')
    await page.press('Thực hiện')
    expect(page.client.getQueryState(key)?.isInvalidated).toBe(true)
  })
})

test('what is known of the ticket need not be typed again', async () => {
  const offer = anOffer({ action: 'need_field', main: true, needs: [aNeed({ name: 'address' })] })
  const page = shown(aTicket({ address: '12 Cầu Giấy', actions: [offer] }))
  await chord('Alt+N')
  expect(page.element.querySelector('input')?.value).toBe('12 Cầu Giấy')
})
