import { beforeEach, expect, test } from 'vitest'
import type { TimelineEntry } from '#contract/tickets.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage, mountRouted } from '../../test-support/page.tsx'
import { aTicket } from '../../test-support/samples.ts'
import { TicketTimeline } from './ticket-timeline.tsx'

beforeEach(() => localStorage.clear())

function lineOf(fields: TimelineEntry['fields'], of: Partial<TimelineEntry> = {}): string {
  const at = '2026-11-22T03:00:00.000Z'
  const entry = { id: 'line-1', at, kind: 'moved' as const, actor: null, note: '', fields, ...of }
  const { element } = mount(inPage(<TicketTimeline ticket={aTicket({ timeline: [entry] })} />))
  return element.querySelector('ol')?.textContent ?? ''
}

test('a step says what was given with it in words, and no id', () => {
  const step = { action: 'verify', from: 'noc_verifying', to: 'customer_reply', loopNo: 1 }
  const text = lineOf({ ...step, result: 'ok', causeCode: 'fibre_cut', staffId: 'staff-7' })
  expect(text).toContain('Kết quả: Đã hết lỗi (OK) · Nguyên nhân: Đứt cáp quang')
  expect(text).not.toContain('staff-7')
  expect(text).not.toContain('noc_verifying')
})

test('the end of an outage is told on the tickets that it held', () => {
  const step = { action: 'outage_ended', from: 'noc_diagnosing', to: 'customer_reply', loopNo: 1 }
  expect(lineOf({ ...step, outageId: 'ticket-9' })).toContain('Sự cố diện rộng đã khắc phục')
})

test.each(['link_outage', 'outage_unlinked'])(
  'the line of %s names the outage, by no id',
  (action) => {
    const step = { action, from: 'noc_diagnosing', to: 'noc_diagnosing', loopNo: 1 }
    const text = lineOf({ ...step, outageId: 'ticket-9', outage: 'KN-2026-000009 · Cầu Giấy' })
    expect(text).toContain('Sự cố diện rộng: KN-2026-000009 · Cầu Giấy')
    expect(text).not.toContain('ticket-9')
  },
)

test('a promise that ended by itself says why in the reader’s words', () => {
  const line = { kind: 'callback_ended', note: 'superseded' } as const
  expect(lineOf({ outcome: 'cancelled' }, line)).toContain('Khách đã gọi đến trước')
  const own = { ...line, note: 'khách hẹn tuần sau' }
  expect(lineOf({ outcome: 'cancelled' }, own)).toContain('khách hẹn tuần sau')
})

test.each([
  [
    { kind: 'letter', channel: 'letter', reference: 'CV 12' },
    'Đã trả lời khách hàng',
    'Việc đã làm: Đã gửi công văn',
  ],
  [{ kind: 'attempt', channel: 'hotline' }, 'Liên lạc không gặp khách', 'Tổng đài'],
  [{ channel: 'email', agreedBy: 'chị Hà' }, 'Đổi kênh trả lời', 'Theo thỏa thuận với: chị Hà'],
])('of %j it is said "%s"', (fields, title, detail) => {
  const text = lineOf(fields, { kind: 'answered' })
  expect(text).toContain(title)
  expect(text).toContain(detail)
})

test('who was given a ticket stands on its line', () => {
  const given = { to: 'Trần Ngọc Mai', toId: 'staff-3' }
  expect(lineOf(given, { kind: 'assigned' })).toContain('Đến: Trần Ngọc Mai')
})

test('the line of a call leads to the call, and says how long it was', async () => {
  const at = '2026-11-22T03:00:00.000Z'
  const call = {
    id: 'call-7',
    direction: 'inbound' as const,
    enteredAt: at,
    answeredAt: at,
    endedAt: '2026-11-22T03:01:05.000Z',
    agents: ['Lan'],
  }
  const fields = { callId: 'call-7' }
  const line = { id: 'line-1', at, kind: 'call' as const, actor: null, note: '', fields }
  const ticket = aTicket({ calls: [call], timeline: [line] })
  const { element } = await mountRouted(inPage(<TicketTimeline ticket={ticket} />))
  const link = element.querySelector('a')
  expect([link?.getAttribute('href'), link?.textContent]).toEqual([
    '/calls/call-7',
    'Gọi đến · 1:05',
  ])
})
