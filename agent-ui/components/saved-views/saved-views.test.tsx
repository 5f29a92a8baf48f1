import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { SavedView } from '#contract/casework/views.ts'
import { runChord } from '../../actions.ts'
import { aProblem, type FakeService, fakeService } from '../../test-support/fake-service.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage, settle, type } from '../../test-support/page.tsx'
import { aUser, aView } from '../../test-support/samples.ts'
import { SavedViews } from './saved-views.tsx'

const LIST = '/api/views?list=tickets'
const late = aView({ id: 'late', name: 'Quá hạn', search: { scope: 'overdue' }, count: 12 })
const noc = aView({
  id: 'noc',
  name: 'NOC',
  search: { team: 'noc' },
  team: 'noc',
  mayChange: false,
  count: null,
})
let service: FakeService

beforeEach(() => {
  localStorage.clear()
  service = fakeService()
  service.answer(`GET ${LIST}`, { body: { items: [late, noc] satisfies SavedView[] } })
})
afterEach(() => vi.unstubAllGlobals())

function button(name: string): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>('button')].find(
    (one) => one.getAttribute('aria-label') === name || one.textContent?.startsWith(name),
  )
}

async function shown(search: object, role: 'agent' | 'supervisor' = 'agent') {
  const onPick = vi.fn<(kept: Record<string, string>) => void>()
  const page = mount(
    inPage(<SavedViews list="tickets" search={search} onPick={onPick} />, {
      user: aUser({ role }),
    }),
  )
  await settle()
  const bar = page.element.querySelector('[role="group"]')
  return {
    onPick,
    bar,
    field: () => document.querySelector<HTMLInputElement>('form input'),
  }
}

const press = (element: HTMLElement | undefined) => act(async () => element?.click())
const sent = () => service.asked.filter(({ method }) => method !== 'GET')

test('views say how many open tickets are in them, the shown one is pressed, shared ones say by whom', async () => {
  const { bar } = await shown({ scope: 'overdue' })
  expect(
    [...(bar?.querySelectorAll('[aria-pressed]') ?? [])].map((one) => one.textContent),
  ).toEqual(['Quá hạn12', 'NOC'])
  expect(button('Quá hạn')?.getAttribute('aria-pressed')).toBe('true')
  expect(button('NOC')?.title).toBe('Dùng chung, Nguyễn An chia sẻ')
  expect(button('Sửa bộ lọc Quá hạn')).toBeDefined()
  expect(button('Lưu bộ lọc')).toBeUndefined()
})

test('one press goes to the address of a view, one key to the next', async () => {
  const { onPick } = await shown({ scope: 'overdue' })
  await press(button('NOC'))
  act(() => void runChord('v'))
  expect(onPick.mock.calls).toEqual([[{ team: 'noc' }], [{ team: 'noc' }]])
})

test('one key keeps the filters of now under a name', async () => {
  service.answer('POST /api/views', { status: 201, body: aView({ name: 'Gấp' }) })
  const { field } = await shown({ scope: 'mine', sort: '-due' })
  await act(async () => void runChord('b'))
  await settle()
  await type(field(), 'Gấp')
  await act(async () => field()?.form?.requestSubmit())
  await settle()
  expect(sent()).toMatchObject([
    {
      method: 'POST',
      body: { list: 'tickets', name: 'Gấp', team: null, search: { scope: 'mine', sort: '-due' } },
    },
  ])
  expect(field()).toBeNull()
})

test('a name that is there takes the filters of now, and the dialog says so before', async () => {
  service.answer('PATCH /api/views/late', { body: late })
  const { field } = await shown({ scope: 'mine' })
  await press(button('Lưu bộ lọc'))
  await settle()
  await type(field(), 'quá hạn')
  expect(document.body.textContent).toContain('Bộ lọc Quá hạn sẽ nhận các điều kiện đang chọn.')
  await act(async () => field()?.form?.requestSubmit())
  await settle()
  expect(sent()).toMatchObject([
    { method: 'PATCH', path: '/api/views/late', body: { version: 1, search: { scope: 'mine' } } },
  ])
})

test('the shown view is renamed without touching its filters, shared by who leads, and deleted', async () => {
  service.answer('PATCH /api/views/late', { body: late })
  service.answer('DELETE /api/views/late', { status: 204 })
  const { field } = await shown({ scope: 'overdue' }, 'supervisor')
  await press(button('Sửa bộ lọc Quá hạn'))
  await settle()
  await type(field(), 'Trễ')
  await type(document.querySelector<HTMLSelectElement>('form select'), 'noc')
  await act(async () => field()?.form?.requestSubmit())
  await settle()
  await press(button('Sửa bộ lọc Quá hạn'))
  await settle()
  await press(button('Xóa bộ lọc'))
  await settle()
  expect(sent().map(({ method, path, body }) => [method, path, body])).toEqual([
    ['PATCH', '/api/views/late', { name: 'Trễ', team: 'noc', version: 1 }],
    ['DELETE', '/api/views/late', {}],
  ])
})

test('a view that somebody else changed meanwhile is saved at the second try', async () => {
  service.answer('PATCH /api/views/late', aProblem(409))
  const { field } = await shown({ scope: 'overdue' })
  await press(button('Sửa bộ lọc Quá hạn'))
  await settle()
  await type(field(), 'Trễ')
  service.answer(`GET ${LIST}`, { body: { items: [{ ...late, version: 2 }, noc] } })
  const save = async () => {
    await act(async () => field()?.form?.requestSubmit())
    await settle()
  }
  await save()
  service.answer('PATCH /api/views/late', { body: late })
  await save()
  expect(sent().map(({ body }) => body)).toEqual([
    { name: 'Trễ', team: null, version: 1 },
    { name: 'Trễ', team: null, version: 2 },
  ])
  expect(field()).toBeNull()
})

test.each([
  ['there are no filters', {}],
  ['a view is shown', { scope: 'overdue' }],
])('the key that keeps filters has nothing to do while %s', async (_when, search) => {
  await shown(search)
  expect(runChord('b')).toBe(false)
})

test('the button says the key that does the same', async () => {
  await shown({ scope: 'mine' })
  expect(button('Lưu bộ lọc')?.title).toBe('b')
})
