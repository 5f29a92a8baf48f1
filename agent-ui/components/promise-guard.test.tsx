import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { AgentStateChange } from '#contract/desk.ts'
import { tell } from '../live-store.ts'
import { fakeService } from '../test-support/fake-service.ts'
import type { FakeService } from '../test-support/fake-service.ts'
import { mount } from '../test-support/mount.tsx'
import { inPage, settle } from '../test-support/page.tsx'
import { aCallback, aSnapshot } from '../test-support/samples.ts'
import { usePromiseGuard } from './promise-guard.tsx'

let service: FakeService
let left: AgentStateChange[]

beforeEach(() => {
  service = fakeService()
  left = []
  tell({ type: 'desk_snapshot', snapshot: aSnapshot({ callbacks: [aCallback()] }) })
})
afterEach(() => {
  vi.unstubAllGlobals()
  act(() => tell({ type: 'signed_out' }))
})

function Leaving({ change }: { change: AgentStateChange }) {
  const { guard, dialog } = usePromiseGuard()
  return (
    <>
      <button type="button" onClick={() => guard(change, () => void left.push(change))}>
        leave
      </button>
      {dialog}
    </>
  )
}

const press = async (text: string) => {
  const button = [...document.querySelectorAll('button')].find((one) => one.textContent === text)
  act(() => button?.click())
  await settle()
}
const dialog = () => document.querySelector('[role=dialog]')?.textContent ?? ''

test('who goes offline is shown their promises, and hands them over by one press', async () => {
  const change = { state: 'offline' } as const
  mount(inPage(<Leaving change={change} />))
  await press('leave')
  expect(dialog()).toContain('KN-2026-000123')
  expect(left).toEqual([])
  const given = aCallback({ assignee: { id: 'lan', displayName: 'Lan' }, version: 2 })
  service.answer('POST /api/callbacks/hand-over', { body: { items: [given] } })
  await press('Chuyển cho nhóm và rời máy')
  expect(service.asked.at(-1)?.body).toEqual({ ids: ['callback-1'] })
  expect(left).toEqual([change])
})

test('while nobody can take them over the person stays, or keeps them knowingly', async () => {
  const change = { state: 'offline' } as const
  mount(inPage(<Leaving change={change} />))
  await press('leave')
  service.answer('POST /api/callbacks/hand-over', { status: 409, body: { detail: 'nobody' } })
  await press('Chuyển cho nhóm và rời máy')
  expect(left).toEqual([])
  await press('Giữ lại và rời máy')
  expect(left).toEqual([change])
})

test('a short pause asks nothing', async () => {
  const change = { state: 'paused', reason: 'break' } as const
  mount(inPage(<Leaving change={change} />))
  await press('leave')
  expect(left).toEqual([change])
})

test('who leaves while a promise is dialled is told that their phone rings for it', async () => {
  const dialled = aCallback({ status: 'dialing', customerName: 'Lê Ánh' })
  act(() => tell({ type: 'desk_snapshot', snapshot: aSnapshot({ callbacks: [dialled] }) }))
  mount(inPage(<Leaving change={{ state: 'offline' }} />))
  await press('leave')
  expect(dialog()).toContain('Lê Ánh')
  expect(dialog()).toContain('đang được quay số')
  expect(left).toEqual([])
  await press('Vẫn rời máy')
  expect(left).toEqual([{ state: 'offline' }])
})
