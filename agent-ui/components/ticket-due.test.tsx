import { afterEach, expect, test } from 'vitest'
import type { TicketRow } from '#contract/tickets.ts'
import { speak } from '../test-support/texts.ts'
import { mount } from '../test-support/mount.tsx'
import { inPage } from '../test-support/page.tsx'
import { aTicket } from '../test-support/samples.ts'
import { TicketDue } from './ticket-due.tsx'

const dueAt = '2099-01-20T16:59:59.999Z'
afterEach(() => speak('vi'))

function dueOf(change: Partial<TicketRow>): HTMLElement {
  return mount(inPage(<TicketDue row={aTicket({ dueAt, ...change })} />)).element
}

test('a deadline that may still move is marked, in both languages', () => {
  const due = dueOf({ dueProvisional: true })
  expect(due.textContent).toBe('20/01/2099 Tạm tính')
  expect(due.querySelectorAll('[title]')[1]?.getAttribute('title')).toContain('hạn có thể thay đổi')
  speak('en')
  expect(due.textContent).toBe('20/01/2099 Provisional')
})

test('one that is certain, and one of a ticket that is over, are not', () => {
  expect(dueOf({}).textContent).toBe('20/01/2099')
  expect(dueOf({ dueProvisional: true, status: 'closed' }).textContent).toBe('20/01/2099')
})

test('one that has passed says by how much, while the ticket is open', () => {
  const past = new Date(Date.now() - 3 * 3_600_000 - 90_000).toISOString()
  expect(dueOf({ dueAt: past }).textContent).toMatch(/^quá 3 giờ [01] phút$/)
  expect(dueOf({ dueAt: past, status: 'closed' }).textContent).not.toContain('quá')
})
