import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Ticket } from '#contract/tickets.ts'
import { fakeService } from '../../../test-support/fake-service.ts'
import type { FakeService } from '../../../test-support/fake-service.ts'
import { mount } from '../../../test-support/mount.tsx'
import { inPage, type as typeInto, within } from '../../../test-support/page.tsx'
import { aTicket } from '../../../test-support/samples.ts'
import { TicketReplies } from './ticket-replies.tsx'

const ticket = aTicket({
  version: 4,
  status: 'customer_reply',
  replyChannel: { channel: 'letter', agreedBy: null },
  permissions: ['edit', 'note_reply'],
})
let service: FakeService

beforeEach(() => {
  localStorage.clear()
  service = fakeService()
})
afterEach(() => vi.unstubAllGlobals())

function shown(given: Ticket) {
  const { element } = mount(inPage(<TicketReplies ticket={given} />))
  return { element, ...within(element) }
}

test('another channel is agreed with a name, by the version that was seen', async () => {
  service.answer('POST /api/tickets/ticket-1/reply-channel', { body: ticket })
  const page = shown(ticket)
  await page.press('Đổi kênh trả lời')
  await typeInto(page.element.querySelector('select'), 'hotline')
  await typeInto(page.field('Ai đồng ý (khách, người đại diện)'), 'chị Hà')
  await page.press('Đổi kênh trả lời')
  const body = { version: 4, channel: 'hotline', agreedBy: 'chị Hà' }
  expect(service.asked[0]?.body).toEqual(body)
})

test('what counts as the answer is marked; who may not write has no buttons', () => {
  const one = { at: '2026-11-22T03:00:00.000Z', by: null, reference: 'CV 12', counts: true }
  const letter = { ...one, kind: 'letter', channel: 'letter' } as const
  const tried = { ...one, kind: 'attempt', channel: 'hotline', counts: false } as const
  const { element } = shown({ ...ticket, permissions: [], evidence: [tried, letter] })
  const lines = [...element.querySelectorAll('li')].map(({ textContent }) => textContent)
  expect(lines[0]).toContain('Đã gửi công văn Được tính là bằng chứng')
  expect(lines[1]).toContain('Liên lạc không gặp')
  expect(lines[1]).not.toContain('bằng chứng')
  expect(element.querySelector('button')).toBeNull()
})
