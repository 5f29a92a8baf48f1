import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { MissedCaller } from '#contract/casework/missed.ts'
import { runChord } from '../../actions.ts'
import { aProblem, fakeService } from '../../test-support/fake-service.ts'
import type { FakeService } from '../../test-support/fake-service.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage, settle, type as typeInto } from '../../test-support/page.tsx'
import { aCallback } from '../../test-support/samples.ts'
import { MissedScreen } from './missed-screen.tsx'

const promise = aCallback({ id: 'p1', ticket: null, assignee: null, reason: 'missed' })
const caller: MissedCaller = {
  callId: 'c1',
  number: promise.number,
  customerName: 'Nguyễn Bình',
  queue: 'hotline',
  missedAt: '2026-11-22T03:00:00.000Z',
  calls: 3,
  promise,
}
const hidden: MissedCaller = {
  ...caller,
  callId: 'c2',
  number: { raw: '', kind: 'anonymous', key: null, display: '' },
  customerName: null,
  promise: null,
}
const waiting = aCallback({ ...promise, dueAt: '2026-11-22T03:00:00.000Z', waitingFor: 'agent' })
let service: FakeService

beforeEach(() => {
  service = fakeService()
  answer([caller, hidden])
})
afterEach(() => vi.unstubAllGlobals())

const answer = (items: MissedCaller[]) => service.answer('GET /api/missed', { body: { items } })

async function shown(): Promise<HTMLElement> {
  const { element } = mount(inPage(<MissedScreen />))
  await settle()
  return element
}
async function press(chord: string): Promise<void> {
  act(() => void runChord(chord))
  await act(() => new Promise<void>((resolve) => void requestAnimationFrame(() => resolve())))
  await settle()
}

test('says who called, how often, and what becomes of them', async () => {
  answer([{ ...caller, promise: waiting }, hidden])
  const text = (await shown()).textContent
  for (const part of ['Nguyễn Bình', 'hotline', 'Chờ người rảnh máy', 'Số ẩn', 'Không có số']) {
    expect(text).toContain(part)
  }
})

test('a caller is taken by one key, and the list is read again', async () => {
  service.answer('POST /api/callbacks/p1/dial', { status: 202, body: promise })
  await shown()
  await press('j')
  await press('d')
  expect(service.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /api/missed',
    'POST /api/callbacks/p1/dial',
    'GET /api/missed',
  ])
})

test('a caller is dropped with a reason', async () => {
  service.answer('POST /api/callbacks/p1/cancel', { body: { ...promise, status: 'cancelled' } })
  await shown()
  await press('j')
  await press('x')
  await typeInto(document.querySelector('[role=dialog] input'), 'gọi nhầm')
  act(() => document.querySelector<HTMLButtonElement>('[role=dialog] [type=submit]')?.click())
  await settle()
  expect(service.asked.find(({ method }) => method === 'POST')?.body).toEqual({
    reason: 'gọi nhầm',
  })
})

test('nobody to call, and a list that cannot be read, each say so', async () => {
  answer([])
  expect((await shown()).textContent).toContain('Không còn ai chờ gọi lại')
  service.answer('GET /api/missed', aProblem(500, 'internal'))
  expect((await shown()).textContent).toContain('Thử lại')
})
