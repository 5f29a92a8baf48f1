import { act } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { PbxStatus } from '#contract/queues.ts'
import { runChord } from '../../../actions.ts'
import { StandsStill } from '../../../components/stands-still.tsx'
import { tell } from '../../../live-store.ts'
import { fakeService } from '../../../test-support/fake-service.ts'
import { mountHook } from '../../../test-support/mount.tsx'
import { inPage, mountRouted, settle } from '../../../test-support/page.tsx'
import { aCall, aPop, aSnapshot, aTicket, aTicketRef } from '../../../test-support/samples.ts'
import { speak } from '../../../test-support/texts.ts'
import { forgetWorkspace, step, useReadyCall, useWorkspace } from '../../../workspace-store.ts'
import { CallBar } from './call-bar.tsx'

const TICKET = { id: 'ticket-1', code: 'KN-2026-000123' }
const TALKING = aSnapshot({
  call: aCall({ ticket: TICKET }),
  pops: [aPop({ stage: 'answered', ticket: aTicketRef('ticket-1') })],
})

beforeEach(() => {
  forgetWorkspace()
  fakeService().answer('GET /api/tickets/ticket-1', { body: aTicket({ id: 'ticket-1' }) })
})
afterEach(() => {
  act(() => tell({ type: 'signed_out' }))
  speak('vi')
})

const press = () => act(async () => void runChord('Alt+C'))

async function bar(snapshot: Parameters<typeof aSnapshot>[0] = {}) {
  const page = await mountRouted(
    inPage(
      <StandsStill>
        <CallBar />
      </StandsStill>,
    ),
  )
  act(() => tell({ type: 'desk_snapshot', snapshot: { ...aSnapshot(), ...snapshot } }))
  const talk = () => page.element.querySelector('[data-testid="own-call"]')
  return { ...page, talk }
}

test('an empty bar takes no room', async () => {
  expect((await bar()).element.querySelector('section')?.childElementCount).toBe(0)
})

describe('the own call', () => {
  test('stays on the bar until it is over, and says what it is in both languages', async () => {
    const page = await bar({ ...TALKING, pops: [] })
    expect(page.talk()?.textContent).toContain('Đang đàm thoại')
    expect(page.talk()?.textContent).toContain('0912 345 678')
    expect(page.talk()?.textContent).toContain('KN-2026-000123')
    speak('en')
    expect(page.talk()?.textContent).toContain('In conversation')
    act(() => tell({ type: 'desk_call', call: null }))
    expect(page.talk()).toBeNull()
  })

  test('is marked while other work is in front, and one key brings its ticket', async () => {
    const page = await bar({ ...TALKING, pops: [] })
    act(() => step({ type: 'ticket_opened', ticketId: 'other' }))
    expect(page.talk()?.getAttribute('data-away')).toBe('true')
    await press()
    expect(page.path()).toBe('/desk')
    expect(page.talk()?.getAttribute('data-away')).toBe('false')
    expect(page.talk()?.textContent).not.toContain('Mở phiếu')
  })

  test('that is answered brings the desk with its ticket, wherever this person is', async () => {
    const page = await bar(TALKING)
    await settle()
    expect(page.path()).toBe('/desk')
    expect(page.talk()?.getAttribute('data-away')).toBe('false')
  })
})

test('the ticket whose form is made ready is asked for once that form is on screen', async () => {
  const service = fakeService()
  const frames: FrameRequestCallback[] = []
  vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame))
  const asked = () => service.asked.filter(({ path }) => path === '/api/tickets/ticket-1').length
  const ready = mountHook(useReadyCall, 'call-1', (node) => node)
  await bar(TALKING)
  await settle()
  expect(asked()).toBe(0)
  for (const frame of frames.splice(0)) frame(0)
  await settle()
  expect(asked()).toBe(1)
  ready.unmount()
})

test('the key shows what rings first when nothing else is to be opened', async () => {
  const later = { ...aPop().call, id: 'call-2', enteredAt: '2026-11-22T03:01:00.000Z' }
  const page = await bar({ pops: [aPop(), aPop({ id: 'pop-2', call: later })] })
  expect(page.element.querySelectorAll('[data-testid="incoming-call"]')).toHaveLength(2)
  await press()
  expect(page.path()).toBe('/desk')
})

const pass = (seconds: number) => act(() => void vi.advanceTimersByTime(seconds * 1000))
const link = (pbxId: string, state: PbxStatus['link']): PbxStatus => ({
  pbxId,
  link: state,
  since: new Date().toISOString(),
  version: null,
  problem: null,
})

describe('a call that rings, of which nothing is heard any more', () => {
  const START = '2026-11-22T03:00:00.000Z'
  beforeEach(() => vi.useFakeTimers({ now: Date.parse(START), toFake: ['Date', 'setInterval'] }))
  afterEach(() => vi.useRealTimers())
  async function ringing() {
    act(() => tell({ type: 'connection', status: 'connected' }))
    const pop = aPop({ call: { ...aPop().call, enteredAt: START } })
    const page = await bar({ serverTime: START, pops: [pop] })
    const row = () => page.element.querySelector('[data-testid="incoming-call"]')
    return { pop, row, isStale: () => row()?.getAttribute('data-stale') }
  }

  test('is marked, counts no further, and goes with what its PBX says when it is back', async () => {
    const { pop, row, isStale } = await ringing()
    pass(10)
    expect([isStale(), row()?.textContent?.includes('0:10')]).toEqual(['false', true])
    act(() => tell({ type: 'pbx_status', pbx: [link('pbx1', 'closed'), link('pbx2', 'ready')] }))
    pass(60)
    expect(isStale()).toBe('true')
    expect(row()?.textContent).toContain('chưa rõ còn đổ chuông không')
    expect(row()?.textContent).toContain('0:10số liệu tính đến 10:00:10')
    speak('en')
    expect(row()?.textContent).toContain('not known whether it still rings')
    act(() => tell({ type: 'pbx_status', pbx: [link('pbx1', 'ready'), link('pbx2', 'ready')] }))
    expect([isStale(), row()?.textContent?.includes('1:10')]).toEqual(['false', true])
    act(() => tell({ type: 'screen_pop', pop: { ...pop, rev: 2, stage: 'withdrawn' } }))
    expect(row()).toBeNull()
  })

  test('is what the snapshot says once the service is back', async () => {
    const { row, isStale } = await ringing()
    act(() => tell({ type: 'connection', status: 'disconnected' }))
    pass(6)
    expect(isStale()).toBe('true')
    act(() => tell({ type: 'connection', status: 'connected' }))
    act(() => tell({ type: 'desk_snapshot', snapshot: aSnapshot({ pops: [] }) }))
    expect(row()).toBeNull()
  })
})

function Front() {
  const { tabs, activeKey } = useWorkspace()
  return <p>{tabs.find(({ key }) => key === activeKey)?.callId}</p>
}

test('the key shows what rings while the ticket of the own call is in front already', async () => {
  const front = await mountRouted(inPage(<Front />))
  const ringing = aPop({ id: 'pop-2', call: { ...aPop().call, id: 'call-2' } })
  await bar({ call: aCall({ ticket: TICKET }), pops: [...(TALKING.pops ?? []), ringing] })
  await settle()
  expect(front.element.textContent).toBe('call-1')
  await press()
  expect(front.element.textContent).toBe('call-2')
  await press()
  expect(front.element.textContent).toBe('call-1')
})

test('the key does nothing while there is no call', async () => {
  const page = await bar()
  await press()
  expect(page.path()).toBe('/here')
})
