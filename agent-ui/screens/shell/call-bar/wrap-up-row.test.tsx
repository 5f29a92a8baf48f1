import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { AgentState } from '#contract/desk.ts'
import { runChord } from '../../../actions.ts'
import { tell } from '../../../live-store.ts'
import { type FakeService, fakeService } from '../../../test-support/fake-service.ts'
import { inPage, mountRouted, settle } from '../../../test-support/page.tsx'
import { aCall, aSnapshot } from '../../../test-support/samples.ts'
import { speak } from '../../../test-support/texts.ts'
import { DeskKeys } from '../desk-keys.tsx'
import { CallBar } from './call-bar.tsx'

let service: FakeService

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-22T03:00:00.000Z'), toFake: ['Date'] })
  service = fakeService()
  service.answer('POST /api/desk/wrap-up', { body: resting(80, 'paused') })
})
afterEach(() => {
  act(() => tell({ type: 'signed_out' }))
  speak('vi')
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function resting(seconds: number, state: 'ready' | 'paused'): AgentState {
  const now = Date.now()
  return {
    state,
    reason: state === 'paused' ? 'wrap_up' : null,
    since: new Date(now).toISOString(),
    confirmed: true,
    wrapUp: { endsAt: new Date(now + seconds * 1_000).toISOString() },
  }
}

async function bar(state: AgentState, call: ReturnType<typeof aCall> | null = null) {
  const page = await mountRouted(
    inPage(
      <>
        <DeskKeys />
        <CallBar />
      </>,
    ),
  )
  const serverTime = new Date().toISOString()
  const snapshot = { ...aSnapshot(), serverTime, state, call }
  act(() => tell({ type: 'desk_snapshot', snapshot }))
  return () => page.element.querySelector('[data-testid="wrap-up"]')?.textContent
}

const bodies = () => service.asked.filter(({ method }) => method === 'POST').map(({ body }) => body)
const press = async (chord: string) => {
  await act(async () => void runChord(chord))
  await settle()
}

test('the rest after a call counts down on the bar, in both languages', async () => {
  const row = await bar(resting(20, 'ready'))
  expect(row()).toMatch(/^Xử lý sau cuộc gọi0:20/)
  speak('en')
  expect(row()).toContain('After-call work')
})

test('a minute more and the end of it are a key each', async () => {
  const row = await bar(resting(20, 'ready'))
  await press('Alt+P')
  expect(bodies()).toEqual([{ action: 'prolong' }])
  expect(row()).toMatch(/1:20/)
  await press('Alt+A')
  expect(bodies()).toEqual([{ action: 'prolong' }, { action: 'end' }])
})

test('what is asked for is asked once until it is answered', async () => {
  await bar(resting(20, 'ready'))
  const asked: unknown[] = []
  vi.stubGlobal('fetch', (_address: string, { body }: RequestInit) => {
    asked.push(body)
    return new Promise<never>(() => {})
  })
  await press('Alt+P')
  await press('Alt+P')
  await press('Alt+A')
  expect(asked).toEqual([JSON.stringify({ action: 'prolong' })])
})

test('there is none while one talks, nor when it is over', async () => {
  expect((await bar(resting(20, 'ready'), aCall()))()).toBeUndefined()
  expect((await bar(resting(-1, 'ready')))()).toBeUndefined()
})
