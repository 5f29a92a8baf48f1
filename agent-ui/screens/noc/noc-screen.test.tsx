import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { QueryClient } from '@tanstack/react-query'
import type { GuidanceFinding } from '#contract/casework/guidance.ts'
import type { TeamView } from '#contract/casework/teams.ts'
import type { TicketRow } from '#contract/tickets.ts'
import { runChord } from '../../actions.ts'
import { LANES, nocSearch } from '../../state/noc-board.ts'
import { patchTicketLists } from '../../ticket-lists.ts'
import { fakeService } from '../../test-support/fake-service.ts'
import type { FakeService } from '../../test-support/fake-service.ts'
import { mountScreen, settle, testClient } from '../../test-support/page.tsx'
import { aClock, aTicket, aUser, anOffer, anOutage } from '../../test-support/samples.ts'
import { NocScreen } from './noc-screen.tsx'

const noc = aUser({ id: 'noc-1', role: 'noc' })
const team: TeamView = {
  id: 'team-noc',
  kind: 'noc',
  name: 'NOC',
  areas: [],
  active: true,
  isDefault: true,
  members: [],
  version: 1,
}
const row = (id: string, change: Partial<TicketRow> = {}): TicketRow =>
  aTicket({ id, code: `KN-${id}`, team: 'noc', status: 'noc_queued', area: 'Cầu Giấy', ...change })

const said = (text: string) => ({ vi: text, en: text })

let service: FakeService
let client: QueryClient
beforeEach(() => {
  service = fakeService()
  client = testClient()
  service.answer('GET /api/teams', { body: { items: [team], nextCursor: null } })
  service.answer('GET /api/tickets/counts', {
    body: { byStatus: { noc_queued: 2, noc_diagnosing: 1 }, byTeam: {}, mine: 0, overdue: 0 },
  })
  service.answer('GET /api/outages?status=open', { body: { items: [] } })
  service.answer('GET /api/settings/outages', { body: { callers: 3, minutes: 10, version: 0 } })
})
afterEach(() => vi.unstubAllGlobals())

function lanesAre(rows: readonly TicketRow[]): void {
  for (const { statuses } of LANES) {
    const items = rows.filter(({ status }) => statuses.some((one) => one === status))
    const query = new URLSearchParams({ status: statuses.join(','), sort: 'clock', order: 'asc' })
    service.answer(`GET /api/tickets?${query}&limit=50`, { body: { items, nextCursor: null } })
  }
}

async function shown(): Promise<HTMLElement> {
  const screen = { path: '/noc', component: NocScreen, validateSearch: nocSearch }
  return mountScreen(screen, { client, user: noc })
}

async function press(chord: string): Promise<void> {
  act(() => void runChord(chord))
  await settle()
}
async function arrow(key: string): Promise<void> {
  act(() => {
    const down = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
    document.activeElement?.dispatchEvent(down)
  })
  await settle()
}
const dialog = () => document.querySelector('[role="dialog"]')
const focused = () => document.activeElement?.getAttribute('data-row')
const laneOf = (page: HTMLElement, id: string) =>
  page.querySelector(`[data-row="${id}"]`)?.closest('section')?.querySelector('h2')?.textContent

test('each ticket stands in the lane of its stage, with its clock in words, age, area and owner', async () => {
  const owner = { id: 'noc-1', displayName: 'Trần Bình' }
  const late = aClock({ dueAt: '2026-11-20T03:00:00.000Z' })
  lanesAre([
    row('1', { stageClock: late }),
    row('2', { status: 'noc_diagnosing', assignee: owner }),
    row('3', { status: 'field_working', team: 'field' }),
  ])
  const page = await shown()
  expect(['1', '2', '3'].map((id) => laneOf(page, id))).toEqual([
    'Chờ nhận2',
    'Đang chẩn đoán1',
    'Chờ KT1',
  ])
  expect(page.textContent).toContain('quá ')
  expect(page.textContent).toContain('Trần Bình')
  expect(page.textContent).toContain('Cầu Giấy')
})

test('keys walk the lanes and take the focused ticket', async () => {
  lanesAre([row('1'), row('2'), row('3', { status: 'noc_diagnosing' })])
  await shown()
  await press('j')
  await press('j')
  expect(focused()).toBe('2')
  await arrow('ArrowRight')
  expect(focused()).toBe('3')
  await arrow('ArrowLeft')
  expect(focused()).toBe('1')
  service.answer('POST /api/tickets/1/actions', { body: aTicket() })
  await press('n')
  expect(service.asked.filter(({ method }) => method === 'POST')).toEqual([
    {
      method: 'POST',
      path: '/api/tickets/1/actions',
      body: { action: 'accept', version: 1, staffId: 'noc-1' },
    },
  ])
})

test('a step is asked for over the board, and refused in words when it is no longer possible', async () => {
  const mine = {
    assignee: { id: 'noc-1', displayName: 'Trần Bình' },
    status: 'noc_verifying',
  } as const
  lanesAre([row('1', mine)])
  service.answer('GET /api/tickets/1', {
    body: aTicket({ id: '1', actions: [anOffer({ action: 'verify' })] }),
  })
  await shown()
  await press('j')
  await press('v')
  expect(dialog()?.querySelector('form')?.getAttribute('aria-label')).toBe('Ghi kết quả kiểm tra')
  act(() => dialog()?.querySelector<HTMLElement>('[aria-label="Đóng"]')?.click())
  await settle()
  await press('t')
  expect(dialog()?.textContent).toContain('Bước này không còn làm được')
})

test('news moves a ticket to its lane at once, and the keyboard goes with it', async () => {
  lanesAre([row('1'), row('2')])
  const page = await shown()
  await press('j')
  expect(focused()).toBe('1')
  act(() => patchTicketLists(client, row('1', { status: 'noc_diagnosing', version: 2 })))
  await settle()
  expect(laneOf(page, '1')).toContain('Đang chẩn đoán')
  expect(focused()).toBe('1')
  act(() => patchTicketLists(client, row('1', { status: 'customer_reply', version: 3 })))
  await settle()
  expect(focused()).toBe('2')
})

test('an area with as many faults as make an outage is marked and declared from the board', async () => {
  lanesAre([
    row('1'),
    row('2'),
    row('3', { status: 'noc_diagnosing' }),
    row('4', { area: 'Ba Đình' }),
  ])
  const page = await shown()
  expect(page.textContent).toContain('Cầu Giấy · 3 phiếu')
  expect(page.textContent).toContain('Nghi sự cố diện rộng')
  act(() => page.querySelector<HTMLElement>('[aria-label="Khai báo sự cố ở Cầu Giấy"]')?.click())
  await settle()
  const area = document.querySelector<HTMLInputElement>('[role="dialog"] input')
  expect(area?.value).toBe('Cầu Giấy')
})

test('where an outage is open the board leads to it instead', async () => {
  lanesAre([row('1'), row('2'), row('3')])
  service.answer('GET /api/outages?status=open', { body: { items: [anOutage()] } })
  const page = await shown()
  expect(page.textContent).not.toContain('Nghi sự cố diện rộng')
  expect(page.querySelector('a[href="/outages/outage-1"]')?.textContent).toBe(
    'Sự cố KN-2026-000900',
  )
})

test('each card says what the guidance found and where the line ends', async () => {
  lanesAre([row('1'), row('2')])
  const finding: GuidanceFinding = {
    ticketId: '1',
    result: 'nok',
    ok: 2,
    skipped: 1,
    nok: ['Rút nguồn modem', 'Cắm lại dây LAN', 'Tắt camera'].map((step) => ({
      text: said(step),
      note: step === 'Rút nguồn modem' ? 'đèn PON vẫn nháy' : '',
    })),
    seen: ['LOS đỏ'],
    olt: 'CGY-OLT-02',
    circuitId: 'LL-1',
    rxDbm: -29.5,
  }
  service.answer('GET /api/guidance/findings', { body: { items: [finding] } })
  const page = await shown()
  const card = (id: string) => page.querySelector(`[data-row="${id}"]`)?.textContent ?? ''
  for (const words of [
    'OLT CGY-OLT-02 · Kênh LL-1 · Rx -29,5 dBm',
    'Chưa hết lỗi',
    'LOS đỏ · 2 đạt · 3 không đạt · 1 bỏ qua',
    'Không đạt: Rút nguồn modem — đèn PON vẫn nháy',
    'Không đạt: Cắm lại dây LAN',
    'và 1 bước không đạt nữa',
  ]) {
    expect(card('1')).toContain(words)
  }
  expect(card('2')).not.toContain('đạt')
})

test('an empty board and a failed one say so', async () => {
  lanesAre([])
  expect((await shown()).textContent).toContain('NOC không còn phiếu nào')
})

test('what cannot be read is said, with a way to try again', async () => {
  expect((await shown()).textContent).toContain('Thử lại')
})
