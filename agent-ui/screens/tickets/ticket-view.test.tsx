import { act } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import type { Ticket } from '#contract/tickets.ts'
import { runChord } from '../../actions.ts'
import { queries } from '../../queries.ts'
import { fakeService } from '../../test-support/fake-service.ts'
import { inPage, mountRouted, settle, testClient } from '../../test-support/page.tsx'
import { aTicket } from '../../test-support/samples.ts'
import { TicketView } from './ticket-view.tsx'

afterEach(() => vi.unstubAllGlobals())

async function shown(ticket: Ticket) {
  fakeService()
  const client = testClient()
  const { queryKey } = queries.ticket(ticket.id)
  client.setQueryData(queryKey, ticket)
  const { element } = await mountRouted(inPage(<TicketView ticketId={ticket.id} />, { client }))
  await settle()
  return { element, client, queryKey }
}

test('the answers stand before the matter while the customer is to be answered', async () => {
  const { element } = await shown(
    aTicket({ status: 'customer_reply', permissions: ['edit', 'note_reply'] }),
  )
  const titles = [...element.querySelectorAll('h2')].map(({ textContent }) => textContent)
  expect(titles.slice(0, 2)).toEqual(['Trả lời khách hàng', 'Thông tin phiếu'])
})

test('the key of the note, pressed before the ticket is there, gives the note the keyboard', async () => {
  vi.stubGlobal('fetch', () => new Promise(() => undefined))
  const client = testClient()
  await mountRouted(inPage(<TicketView ticketId="ticket-1" />, { client }))
  act(() => void runChord('Alt+J'))
  act(() => void client.setQueryData(queries.ticket('ticket-1').queryKey, aTicket()))
  await settle()
  expect(document.activeElement?.getAttribute('aria-label')).toContain('Ghi chú nội bộ')
})

test('a ticket that could not be read again says from when it is', async () => {
  const { element, client, queryKey } = await shown(aTicket())
  await act(() => client.invalidateQueries({ queryKey }))
  await settle()
  expect(element.textContent).toContain('Không tải lại được. Đang hiển thị dữ liệu lúc')
})
