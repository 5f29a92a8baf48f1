import { act } from 'react'
import { afterEach, expect, test } from 'vitest'
import type { TicketRow } from '#contract/tickets.ts'
import { changeLanguage } from '../../i18n/setup.ts'
import { inPage, mountRouted } from '../../test-support/page.tsx'
import { aTicket } from '../../test-support/samples.ts'
import { TicketTable } from './ticket-table.tsx'

const dueAt = '2099-01-20T16:59:59.999Z'
afterEach(() => act(() => changeLanguage('vi')))

async function dueOf(change: Partial<TicketRow>): Promise<HTMLElement | null> {
  const row = aTicket({ dueAt, ...change })
  const { element } = await mountRouted(inPage(<TicketTable rows={[row]} />))
  return element.querySelector('tbody td:last-child')
}

test('a deadline that may still move is marked in the list, in both languages', async () => {
  const due = await dueOf({ dueProvisional: true })
  expect(due?.textContent).toBe('20/01/2099Tạm tính')
  expect(due?.querySelector('[title]')?.getAttribute('title')).toContain('hạn có thể thay đổi')
  act(() => changeLanguage('en'))
  expect(due?.textContent).toBe('20/01/2099Provisional')
})

test('one that is certain, and one of a ticket that is over, are not', async () => {
  expect((await dueOf({}))?.textContent).toBe('20/01/2099')
  expect((await dueOf({ dueProvisional: true, status: 'closed' }))?.textContent).toBe('20/01/2099')
})
