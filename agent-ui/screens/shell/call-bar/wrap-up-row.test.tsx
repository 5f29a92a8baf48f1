import { act } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ProcessAction } from '#contract/casework/process.ts'
import type { AgentState } from '#contract/desk.ts'
import { runChord, useAction } from '../../../actions.ts'
import { tell } from '../../../live-store.ts'
import { type FakeService, fakeService } from '../../../test-support/fake-service.ts'
import { inPage, mountRouted, settle } from '../../../test-support/page.tsx'
import { mountHook } from '../../../test-support/mount.tsx'
import { aCall, aCallback, aSnapshot, aTicket, aUser } from '../../../test-support/samples.ts'
import { speak } from '../../../test-support/texts.ts'
import { useWantedStep } from '../../../wanted.ts'
import { forgetWorkspace } from '../../../workspace-store.ts'
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

const step = (action: ProcessAction, main = false) => ({ action, main, needs: [] })

const talked = (id: string, endedAt: string) => ({
  extension: '101',
  staff: { id, displayName: id },
  how: 'queue' as const,
  startedAt: '2026-11-22T02:58:00.000Z',
  endedAt,
})

describe('what became of the matter', () => {
  const ticket = { id: 'ticket-1', code: 'KN-2026-000123' }
  const steps = [step('start_guidance', true), step('resolved_on_call')]
  const asked = { ...aCallback(), awaits: { staffId: aUser().id, words: ['solved' as const] } }

  const own = talked(aUser().id, '2026-11-22T02:59:00.000Z')
  let segments = [own]
  beforeEach(() => (segments = [own]))

  async function afterCall(direction: 'inbound' | 'callback' = 'inbound', awaiting = [asked]) {
    forgetWorkspace()
    service.answer('GET /api/tickets/ticket-1', { body: aTicket({ actions: steps }) })
    const call = aCall({ ticket, direction })
    const ended = { ...call, status: 'ended' as const, segments, timeline: [] }
    service.answer(`GET /api/calls/${call.id}`, { body: ended })
    const row = await bar(resting(20, 'ready'), call)
    act(() => tell({ type: 'desk_call', call: null }))
    for (const callback of awaiting) act(() => tell({ type: 'callback_updated', callback }))
    await settle()
    return row
  }

  test('is asked on the bar with a key each, by the steps of the ticket, in both languages', async () => {
    const row = await afterCall('inbound', [])
    expect(row()).toContain('KN-2026-000123')
    expect(row()).toContain('Đã giải quyếtAlt+YBắt đầu hướng dẫnAlt+U')
    speak('en')
    expect(row()).toContain('SolvedAlt+Y')
  })

  test('opens the step that was chosen, wherever the ticket is shown', async () => {
    await afterCall('inbound', [])
    const opened: string[] = []
    mountHook(() => useWantedStep('ticket-1', (action) => void opened.push(action)), undefined)
    // another tab of the desk comes to the front, with files to attach by the same key
    mountHook(useAction, { id: 'ticket.attach', keys: 'Alt+U', label: '', run: () => {} })
    await press('Alt+Y')
    await press('Alt+U')
    expect(opened).toEqual(['resolved_on_call', 'start_guidance'])
  })

  test('is not asked of whoever handed the customer on', async () => {
    segments = [own, talked('mai', '2026-11-22T03:05:00.000Z')]
    expect((await afterCall('inbound', []))()).not.toContain('Alt+Y')
  })

  test('is not asked of a call of ours, which has words of its own', async () => {
    expect((await afterCall('callback', []))()).not.toContain('Alt+Y')
  })

  test('has no key while another call waits for its word: the keys are that one’s', async () => {
    const row = await afterCall('inbound', [
      { ...asked, ticket: { ...ticket, id: 'other', subject: '' } },
    ])
    expect(row()).toContain('Đã giải quyết')
    expect(row()).not.toContain('Alt+Y')
  })
})
