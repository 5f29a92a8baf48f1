import { act, useState } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeService } from '../../test-support/fake-service.ts'
import type { FakeService } from '../../test-support/fake-service.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage, settle, type } from '../../test-support/page.tsx'
import { aTicket, aUser } from '../../test-support/samples.ts'
import { TicketWords } from './module-values.tsx'
import { WordsArea } from './words-area.tsx'

const MODULES = [
  { name: 'hen', title: 'Hẹn gọi lại', text: 'Hẹn {customer} gọi lại.' },
  { name: 'los', title: 'Đèn LOS đỏ', text: 'Đèn LOS đỏ, phiếu {ticket} ({agent}).' },
].map((module) => ({ ...module, id: module.name }))

let service: FakeService
beforeEach(() => {
  service = fakeService()
  service.answer('GET /api/text-modules', { body: { items: MODULES } })
})
afterEach(() => vi.unstubAllGlobals())

function Field() {
  const [words, setWords] = useState('')
  return <WordsArea value={words} onChange={(event) => setWords(event.currentTarget.value)} />
}

function area() {
  const keys: string[] = []
  const ticket = aTicket({ code: 'KN-2026-000007', customer: null })
  const page = mount(
    inPage(
      <TicketWords ticket={ticket}>
        <form onKeyDown={({ key }) => keys.push(key)}>
          <Field />
        </form>
      </TicketWords>,
      { user: aUser({ displayName: 'Lan' }) },
    ),
  )
  const field = page.element.querySelector('textarea')
  if (!field) throw new Error('there is no field')
  const press = (key: string, more: KeyboardEventInit = {}) =>
    act(() => {
      const init = { key, bubbles: true, cancelable: true, ...more }
      field.dispatchEvent(new KeyboardEvent('keydown', init))
    })
  const write = async (words: string) => {
    field.selectionStart = words.length
    await type(field, words)
  }
  const options = () =>
    [...page.element.querySelectorAll('[role="option"]')].map(
      (option) => option.firstElementChild?.textContent,
    )
  return { page, field, press, write, options, keys }
}

describe('a text of ours', () => {
  test('is put in by its name, filled from the ticket', async () => {
    const { field, press, write, options } = area()
    await write('Đã kiểm tra. ::lo')
    expect(options()).toEqual(['los'])
    press('Enter')
    await settle()
    expect(field.value).toBe('Đã kiểm tra. Đèn LOS đỏ, phiếu KN-2026-000007 (Lan).')
    expect(options()).toEqual([])
  })

  test('is chosen by arrows and Tab, or by a press on it', async () => {
    const { page, field, press, write, options } = area()
    await write('::')
    expect(options()).toEqual(['hen', 'los'])
    press('ArrowDown')
    expect(field.getAttribute('aria-activedescendant')).toBe(
      page.element.querySelector('[aria-selected="true"]')?.id,
    )
    press('Tab')
    await settle()
    expect(field.value).toContain('Đèn LOS đỏ')
    await write('::h')
    act(() => page.element.querySelector<HTMLElement>('[role="option"]')?.click())
    await settle()
    expect(field.value).toBe('Hẹn … gọi lại.')
  })
})

describe('keys', () => {
  test('of the list are not those of the form around it', async () => {
    const { press, write, options, keys } = area()
    await write('::h')
    press('Escape')
    expect([options(), keys]).toEqual([[], []])
    press('Escape')
    expect(keys).toEqual(['Escape'])
    await write('::he')
    expect(options()).toEqual([])
    await write('')
    await write('::h')
    expect(options()).toEqual(['hen'])
  })

  test('of an input method in the middle of a letter, and Ctrl+Enter, are not the list’s', async () => {
    const { field, press, write, keys } = area()
    await write('::h')
    press('Enter', { isComposing: true })
    press('Enter', { ctrlKey: true })
    expect(keys).toEqual(['Enter', 'Enter'])
    expect(field.value).toBe('::h')
  })

  test('are the field’s own where nothing is asked for, and nothing is read then', async () => {
    const { press, write, keys } = area()
    await write('giờ 14::30')
    press('Enter')
    expect(keys).toEqual(['Enter'])
    expect(service.asked).toEqual([])
  })
})
