import { act } from 'react'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { eventually } from '../../../test/support/eventually.ts'
import { runChord } from '../../actions.ts'
import { tell } from '../../live-store.ts'
import { queries } from '../../queries.ts'
import { fakeService } from '../../test-support/fake-service.ts'
import { inPage, mountRouted, settle, testClient, type } from '../../test-support/page.tsx'
import { aCustomerRef, aPop, aSnapshot, aTicket, aTicketRef } from '../../test-support/samples.ts'
import { followPops, forgetWorkspace, step } from '../../workspace-store.ts'
import { DeskScreen } from './desk-screen.tsx'

beforeEach(() => {
  fakeService()
  forgetWorkspace()
  for (const ticketId of ['a', 'b']) step({ type: 'ticket_opened', ticketId })
})
afterEach(() => {
  act(() => tell({ type: 'signed_out' }))
  forgetWorkspace()
  vi.unstubAllGlobals()
})

test('another tab begins at its top, however far down the last one was read', async () => {
  const { element } = await mountRouted(
    inPage(
      <main id="content">
        <DeskScreen />
      </main>,
    ),
  )
  act(() => tell({ type: 'desk_snapshot', snapshot: aSnapshot() }))
  await settle()
  const content = element.querySelector('main')
  if (content) content.scrollTop = 300
  act(() => tell({ type: 'counts', counts: { myOpenTickets: 3, callbacksDue: 0 } }))
  expect(content?.scrollTop).toBe(300)
  act(() => step({ type: 'tab_chosen', key: 'a' }))
  expect(content?.scrollTop).toBe(0)
})

/** Here no style sheet is read. */
function isSeen(field: HTMLElement | null): boolean {
  return field?.checkVisibility() === true && field.closest('[class*="outOfSight"]') === null
}

describe('the form of a call that rings', () => {
  const customer = aCustomerRef()
  const ticket = aTicketRef('ticket-1')
  const ringing = aPop({ customer })
  const answered = aPop({ customer, rev: 2, stage: 'answered', ticket })

  /** The desk while this call rings, its form ready. */
  async function whileItRings() {
    const service = fakeService()
    forgetWorkspace()
    const leave = followPops({ bring: () => undefined, fetch: () => new Promise(() => {}) })
    onTestFinished(leave)
    const client = testClient()
    const { element } = await mountRouted(inPage(<DeskScreen />, { client }))
    act(() => tell({ type: 'desk_snapshot', snapshot: aSnapshot() }))
    act(() => tell({ type: 'screen_pop', pop: ringing }))
    const subjectOf = (code: string) =>
      element.querySelector<HTMLInputElement>(`form[aria-label="Phiếu ${code}"] input`)
    expect(subjectOf('…')).toBeNull()
    const ready = await eventually(() => {
      const subject = subjectOf('…')
      if (subject === null) throw new Error('the form is not ready')
      return subject
    })
    return { element, service, client, ready, subjectOf }
  }

  test('is made ready out of sight, without the keyboard, a key or a request', async () => {
    const { service, ready } = await whileItRings()
    expect(isSeen(ready)).toBe(false)
    expect(document.activeElement).toBe(document.body)
    // laid out all the same
    expect(ready.checkVisibility()).toBe(true)
    expect([runChord('Alt+T'), runChord('Alt+J')]).toEqual([false, false])
    expect(service.asked.filter(({ path }) => path.startsWith('/api/tickets/'))).toEqual([])
  })

  test('is shown by the answer at once, with the keyboard, and takes words before its ticket is read', async () => {
    const { element, client, ready, subjectOf } = await whileItRings()
    act(() => tell({ type: 'screen_pop', pop: answered }))
    expect(subjectOf(ticket.code)).toBe(ready)
    expect([isSeen(ready), document.activeElement === ready]).toEqual([true, true])
    await type(ready, 'Mất mạng từ sáng')
    const save = () => ready.form?.querySelector<HTMLButtonElement>('button[type=submit]')
    expect(save()?.disabled).toBe(true)
    // it could not be read
    expect(element.textContent).toContain('Thử lại')
    const read = aTicket({ ...ticket, customer, description: 'Khách gọi lần hai' })
    act(() => void client.setQueryData(queries.ticket(ticket.id).queryKey, read))
    await settle()
    expect(subjectOf(ticket.code)).toBe(ready)
    expect([ready.value, save()?.disabled]).toEqual(['Mất mạng từ sáng', false])
    expect(ready.form?.querySelector('textarea')?.value).toBe('Khách gọi lần hai')
    expect(element.querySelectorAll('h1')).toHaveLength(1)
  })

  test('is not that of another call that is answered meanwhile, and goes with its call', async () => {
    const { client, ready, subjectOf } = await whileItRings()
    const other = aTicket({ id: 'ticket-2', code: 'KN-2026-000222' })
    client.setQueryData(queries.ticket(other.id).queryKey, other)
    act(() => step({ type: 'call_opened', callId: 'call-2', ticketId: other.id }))
    await settle()
    expect([isSeen(subjectOf(other.code)), isSeen(ready)]).toEqual([true, false])
    act(() => tell({ type: 'screen_pop', pop: { ...ringing, rev: 2, stage: 'withdrawn' } }))
    await eventually(() => expect(ready.isConnected).toBe(false))
  })
})

test('the ticket before is out of sight at once, and gone when the one in front is on screen', async () => {
  const client = testClient()
  for (const id of ['a', 'b']) {
    client.setQueryData(queries.ticket(id).queryKey, aTicket({ id, code: `KN-${id}` }))
  }
  const { element } = await mountRouted(inPage(<DeskScreen />, { client }))
  act(() => tell({ type: 'desk_snapshot', snapshot: aSnapshot() }))
  await settle()
  const heads = () =>
    [...element.querySelectorAll('h1')].map((head) => [head.textContent, isSeen(head)])
  act(() => step({ type: 'tab_chosen', key: 'a' }))
  expect(heads()).toEqual(expect.arrayContaining([[expect.stringContaining('KN-b'), false]]))
  expect(heads()).toEqual(expect.arrayContaining([[expect.stringContaining('KN-a'), true]]))
  await settle()
  expect(element.querySelector('h1')?.textContent).toContain('KN-a')
  expect(element.querySelectorAll('h1')).toHaveLength(1)
})
