import { notifications } from '@mantine/notifications'
import type { QueryClient } from '@tanstack/react-query'
import { act } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { OwnCall } from '#contract/calls.ts'
import type { PbxStatus } from '#contract/queues.ts'
import { eventually } from '../../../../test/support/eventually.ts'
import { runChord } from '../../../actions.ts'
import { tell } from '../../../live-store.ts'
import { queries } from '../../../queries.ts'
import { type FakeService, fakeService } from '../../../test-support/fake-service.ts'
import { inPage, mountRouted, settle, testClient, type } from '../../../test-support/page.tsx'
import { aCall, aSnapshot } from '../../../test-support/samples.ts'
import { forgetWorkspace } from '../../../workspace-store.ts'
import { CallBar } from './call-bar.tsx'

const HANG_UP = '/api/calls/call-1/hangup'
const TRANSFER = '/api/calls/call-1/transfer'
const SINCE = '2026-11-22T03:01:00.000Z'

let service: FakeService
let client: QueryClient

beforeEach(() => {
  forgetWorkspace()
  service = fakeService()
  client = testClient()
  for (const path of [HANG_UP, TRANSFER, '/api/calls/call-1/consult'])
    service.answer(`POST ${path}`, { status: 202, body: {} })
  service.answer('GET /api/directory', { body: DIRECTORY })
})
afterEach(() => {
  act(() => tell({ type: 'signed_out' }))
  vi.unstubAllGlobals()
})

const told = () => service.asked.filter(({ method }) => method === 'POST')
const press = async (chord: string) => {
  await act(async () => void runChord(chord))
  await settle()
}

async function talking(change: Partial<OwnCall> = {}, pbx: Partial<PbxStatus> = {}) {
  const page = await mountRouted(inPage(<CallBar />, { client }))
  const status = {
    pbxId: 'pbx1',
    link: 'ready',
    since: SINCE,
    problem: null,
    version: null,
    ...pbx,
  } as const
  act(() => tell({ type: 'pbx_status', pbx: [status] }))
  act(() => tell({ type: 'desk_snapshot', snapshot: aSnapshot({ call: aCall(change) }) }))
  const words = () => page.element.querySelector('[data-testid="own-call"]')?.textContent ?? ''
  return { ...page, words }
}

test('the call is ended by the second press, and by it alone', async () => {
  const { words } = await talking()
  await press('F9')
  expect(words()).toContain('Bấm lần nữa để kết thúc')
  expect(told()).toEqual([])
  await press('F9')
  expect(told().map(({ path }) => path)).toEqual([HANG_UP])
})

test.each([
  ['user', 'chưa được cấp quyền'],
  ['link', 'mất kết nối điều khiển'],
] as const)(
  'where the page cannot do it (%s) it says why, and no key does anything',
  async (lack, why) => {
    const { words } = await talking({}, { controlLacks: lack })
    expect(words()).toContain(why)
    expect([runChord('F8'), runChord('F9')]).toEqual([false, false])
  },
)

test('an older dialplan still lets calls be ended', async () => {
  const { words } = await talking({}, { controlLacks: 'dialplan' })
  expect(words()).toContain('tổng đài chưa được cập nhật')
  expect([runChord('F8'), runChord('F9')]).toEqual([false, true])
})

test('a call of ours is handed on as one of a caller’s is', async () => {
  const { words } = await talking({ direction: 'callback' })
  expect(words()).toContain('Chuyển')
  expect(runChord('F8')).toBe(true)
})

test('a hold at the desk phone is shown', async () => {
  expect((await talking({ heldSince: SINCE })).words()).toContain('Đang giữ máy')
  expect((await talking()).words()).not.toContain('Đang giữ máy')
})

const dialog = () => document.querySelector('[role="dialog"]')
const field = () => document.querySelector<HTMLInputElement>('[role="dialog"] input')
const options = () =>
  [...document.querySelectorAll('[role="option"]')].map(({ textContent }) => textContent)

const key = async (name: string, ctrlKey = false, isComposing = false) => {
  act(() => {
    field()?.dispatchEvent(
      new KeyboardEvent('keydown', { key: name, ctrlKey, isComposing, bubbles: true }),
    )
  })
  await settle()
}

const marked = () =>
  document.querySelector('[role="option"][aria-selected="true"]')?.textContent ?? undefined
const aColleague = (id: string, displayName: string) => ({
  id,
  displayName,
  role: 'agent',
  extension: '104',
  state: 'ready',
})

/** The list is asked for again every few seconds. */
async function tellDirectory(directory: object) {
  service.answer('GET /api/directory', { body: directory })
  await act(() => client.invalidateQueries({ queryKey: queries.directory().queryKey }))
  await settle()
}

async function choosing() {
  await talking()
  await press('F8')
  await eventually(async () => {
    await settle()
    expect(options().length).toBeGreaterThan(0)
  })
}

describe('to whom', () => {
  test('is found by letters without accents and sent by Enter', async () => {
    await choosing()
    expect(options()).toEqual([
      'Hoà103Sẵn sàng',
      'Dũng102Đang đàm thoại',
      'Hàng đợi hotline1 khách chờ · 2 người rảnh',
    ])
    await type(field(), 'hoa')
    await key('Enter')
    expect(told()).toMatchObject([
      { path: TRANSFER, body: { to: { staffId: 'hoa' }, askFirst: false } },
    ])
    expect(dialog()).toBeNull()
  })

  test('is asked first by Ctrl+Enter; a queue cannot be, nor who talks be called at all', async () => {
    await choosing()
    await key('ArrowUp')
    await key('Enter', true)
    await type(field(), 'dung')
    await key('Enter')
    expect(told()).toEqual([])
    await type(field(), '')
    await key('ArrowDown')
    await key('ArrowUp')
    await key('Enter', true)
    expect(told()).toMatchObject([{ body: { to: { staffId: 'hoa' }, askFirst: true } }])
  })

  test('is who was marked, and nobody else once they are no longer there', async () => {
    await choosing()
    await tellDirectory({ ...DIRECTORY, people: [aColleague('an', 'An'), ...DIRECTORY.people] })
    expect(options()[0]).toContain('An')
    expect(marked()).toContain('Hoà')
    await tellDirectory({ ...DIRECTORY, people: [aColleague('an', 'An')] })
    expect(marked()).toBeUndefined()
    expect(dialog()?.textContent).toContain('không còn trong danh sách')
    await key('Enter')
    expect(told()).toEqual([])
    await key('ArrowDown')
    await key('Enter')
    expect(told()).toMatchObject([{ body: { to: { staffId: 'an' } } }])
  })

  test('is not sent by the Enter that ends a word of an input method', async () => {
    await choosing()
    await key('Enter', false, true)
    expect(told()).toEqual([])
  })

  test('is said also when the call has left the page before the answer', async () => {
    await choosing()
    const answer = Promise.withResolvers<Response>()
    vi.stubGlobal('fetch', () => answer.promise)
    await key('Enter')
    act(() => tell({ type: 'desk_call', call: null }))
    const shown = vi.spyOn(notifications, 'show')
    answer.resolve(new Response('{}', { status: 202 }))
    await settle()
    expect(shown.mock.calls).toMatchObject([[{ message: 'Đang chuyển khách sang Hoà' }]])
    shown.mockRestore()
  })

  test('the choice goes away with the call', async () => {
    await choosing()
    act(() => tell({ type: 'desk_call', call: null }))
    expect(dialog()).toBeNull()
  })
})

describe('while a colleague is asked', () => {
  const consult = { extension: '102', displayName: 'Dũng', since: SINCE }

  test('who rings can only be left', async () => {
    const { words } = await talking({ consult: { ...consult, stage: 'ringing' } })
    expect(words()).toContain('Khách chờ Dũng nhấc máy')
    expect(words()).not.toContain('Kết thúc')
    expect(runChord('F8')).toBe(false)
    await press('F9')
    expect(told()).toMatchObject([{ body: { end: 'take_back' } }])
  })

  test('who answered is given the customer by one key', async () => {
    const { words } = await talking({ consult: { ...consult, stage: 'talking' } })
    expect(words()).toContain('Khách chờ, đang hỏi Dũng')
    await press('F8')
    expect(told()).toMatchObject([{ body: { end: 'hand_over' } }])
  })

  test('one order goes out until it is answered', async () => {
    await talking({ consult: { ...consult, stage: 'talking' } })
    const asked: unknown[] = []
    vi.stubGlobal('fetch', (_address: string, { body }: RequestInit) => {
      asked.push(body)
      return new Promise<never>(() => {})
    })
    for (const chord of ['F8', 'F8', 'F9']) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await press(chord)
    }
    expect(asked).toEqual([JSON.stringify({ end: 'hand_over' })])
  })
})

const DIRECTORY = {
  people: [
    { id: 'dung', displayName: 'Dũng', role: 'agent', extension: '102', state: 'in_call' },
    { id: 'hoa', displayName: 'Hoà', role: 'agent', extension: '103', state: 'ready' },
  ],
  queues: [{ name: 'hotline', waiting: 1, free: 2 }],
  pbxs: [],
}
