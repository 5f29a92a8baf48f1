import { act, useState } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import type { ScreenPop } from '#contract/screen-pop.ts'
import type { Ticket } from '#contract/tickets.ts'
import { runChord } from '../../actions.ts'
import { tell } from '../../live-store.ts'
import { tellPresence } from '../../presence.ts'
import { queries } from '../../queries.ts'
import { fakeService } from '../../test-support/fake-service.ts'
import { inPage, mountRouted, settle, testClient, type } from '../../test-support/page.tsx'
import { aPop, aTicket, aTicketRef } from '../../test-support/samples.ts'
import { TicketView } from './ticket-view.tsx'

afterEach(() => vi.unstubAllGlobals())

async function shown(ticket: Ticket, pop?: ScreenPop) {
  const service = fakeService()
  const client = testClient()
  const { queryKey } = queries.ticket(ticket.id)
  client.setQueryData(queryKey, ticket)
  const { element } = await mountRouted(
    inPage(<TicketView ticketId={ticket.id} pop={pop} />, { client }),
  )
  await settle()
  return { element, client, queryKey, service }
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

/** Which of the two stands first. */
const first = (element: Element) =>
  [...element.querySelectorAll('h2')]
    .map(({ textContent }) => textContent)
    .find((title) => title === 'Phiếu đang mở khác' || title === 'Khách hàng')

function UntilForgotten({ pop }: { pop: ScreenPop }) {
  const [shownPop, setPop] = useState<ScreenPop | undefined>(pop)
  return (
    <>
      <button id="forget" type="button" onClick={() => setPop(undefined)} />
      <TicketView ticketId="ticket-1" pop={shownPop} />
    </>
  )
}

test('in a call the other open tickets stand above who called, and stay there after it', async () => {
  fakeService()
  const client = testClient()
  client.setQueryData(queries.ticket('ticket-1').queryKey, aTicket())
  const pop = aPop({ stage: 'answered', openTickets: [aTicketRef('ticket-7')] })
  const { element } = await mountRouted(inPage(<UntilForgotten pop={pop} />, { client }))
  await settle()
  expect(first(element)).toBe('Phiếu đang mở khác')
  act(() => element.querySelector<HTMLElement>('#forget')?.click())
  await settle()
  expect(first(element)).toBe('Phiếu đang mở khác')
})

test('without a call the customer stands first', async () => {
  const { element } = await shown(aTicket())
  expect(first(element)).toBe('Khách hàng')
})

/** Counts how often the whole ticket is drawn: its side asks for what came with the pop each time. */
function countedPop() {
  let draws = 0
  const pop = Object.defineProperty(aPop(), 'openTickets', {
    get() {
      draws += 1
      return []
    },
  })
  return { pop, draws: () => draws }
}

test('who comes and who types is shown without drawing the whole ticket again', async () => {
  tell({ type: 'connection', status: 'connected' })
  const { pop, draws } = countedPop()
  const { element, service } = await shown(aTicket(), pop)
  const before = draws()
  const mai = { id: 'mai', displayName: 'Mai', isTyping: false }
  act(() => tellPresence({ ticketId: 'ticket-1', people: [mai] }))
  expect(element.textContent).toContain('Mai đang xem')
  await type(element.querySelector('textarea'), 'Khách gọi lại')
  const said = service.asked.filter(({ path }) => path.endsWith('/presence'))
  expect(said.at(-1)?.body).toMatchObject({ doing: 'typing' })
  expect(draws()).toBe(before)
})

test('the talk on a ticket counts no further while its PBX is away', async () => {
  tell({ type: 'connection', status: 'connected' })
  const answeredAt = new Date(Date.now() - 60_000).toISOString()
  const call = { ...aPop().call, answeredAt }
  const { element } = await shown(aTicket(), aPop({ stage: 'answered', call }))
  const since = new Date(Date.parse(answeredAt) + 12_000).toISOString()
  const lost = { pbxId: 'pbx1', link: 'closed' as const, since, version: null, problem: null }
  act(() => tell({ type: 'pbx_status', pbx: [lost] }))
  expect(element.textContent).toContain('Đang đàm thoại 0:12')
  act(() => tell({ type: 'signed_out' }))
})
