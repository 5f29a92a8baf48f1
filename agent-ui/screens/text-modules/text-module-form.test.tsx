import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { TextModule } from '#contract/casework/text-modules.ts'
import { aProblem, fakeService } from '../../test-support/fake-service.ts'
import type { FakeService } from '../../test-support/fake-service.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage, settle, type } from '../../test-support/page.tsx'
import { TextModuleForm } from './text-module-form.tsx'

const HEN: TextModule = {
  id: 'hen',
  name: 'hen',
  title: 'Hẹn gọi lại',
  text: 'Hẹn {customer}.',
  active: true,
  version: 3,
  updatedBy: null,
  updatedAt: '2026-11-28T01:00:00.000Z',
}

let service: FakeService
beforeEach(() => {
  localStorage.clear()
  service = fakeService()
})
afterEach(() => vi.unstubAllGlobals())

async function form(module: TextModule | null) {
  const done = vi.fn<() => void>()
  const { element } = mount(inPage(<TextModuleForm module={module} onDone={done} />))
  const fields = [
    ...element.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea'),
  ]
  const write = async (at: number, words: string) => type(fields[at] ?? null, words)
  const send = async () => {
    act(() => element.querySelector<HTMLButtonElement>('button[type="submit"]')?.click())
    await settle()
  }
  return { element, done, write, send }
}

test('a new text is written, and a name with accents is refused before anything is sent', async () => {
  service.answer('POST /api/text-modules', { status: 201, body: HEN })
  const { element, done, write, send } = await form(null)
  await write(0, 'hẹn')
  await write(1, 'Hẹn')
  await write(2, 'Hẹn {customer}.')
  await send()
  expect([service.asked, done.mock.calls]).toEqual([[], []])
  expect(element.querySelector('[aria-invalid="true"]')).not.toBeNull()
  await write(0, 'hen')
  await send()
  const body = { name: 'hen', title: 'Hẹn', text: 'Hẹn {customer}.' }
  expect(service.asked[0]).toEqual({ method: 'POST', path: '/api/text-modules', body })
  expect(done).toHaveBeenCalledOnce()
})

test('a text that somebody else changed meanwhile stays in the form, with what was typed', async () => {
  service.answer('PATCH /api/text-modules/hen', aProblem(409))
  const { element, done, write, send } = await form(HEN)
  await write(2, 'Hẹn lúc {due}.')
  await send()
  expect(service.asked[0]?.body).toMatchObject({ version: 3, text: 'Hẹn lúc {due}.' })
  expect(done).not.toHaveBeenCalled()
  expect(element.querySelector('textarea')?.value).toBe('Hẹn lúc {due}.')
})
