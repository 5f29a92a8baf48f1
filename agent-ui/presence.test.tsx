import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { tell } from './live-store.ts'
import { tellPresence, useTicketPresence } from './presence.ts'
import { fakeService } from './test-support/fake-service.ts'
import type { FakeService } from './test-support/fake-service.ts'
import { mount } from './test-support/mount.tsx'
import { inPage, settle } from './test-support/page.tsx'
import { aUser } from './test-support/samples.ts'

let service: FakeService
let shown: ReturnType<typeof useTicketPresence>
let renders = 0
function Probe({ id, isOn = true }: { id: string; isOn?: boolean }) {
  shown = useTicketPresence(id, isOn)
  renders += 1
  return null
}
const inFront = (id: string, isOn = true) =>
  inPage(<Probe id={id} isOn={isOn} />, { user: aUser({ id: 'me' }) })
const said = () =>
  service.asked.map(({ path, body }) => `${path.split('/')[3]} ${Object(body).doing}`)
const person = (id: string, isTyping = false) => ({ id, displayName: id, isTyping })

const pass = (ms: number) => act(() => void vi.advanceTimersByTime(ms))

beforeEach(() => {
  service = fakeService()
  tell({ type: 'connection', status: 'connected' })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
})
// the service stays: a page that is closed says so
afterEach(() => void vi.useRealTimers())

test('says every ten seconds what is in front, and that it is gone', () => {
  const page = mount(inFront('a'))
  expect(said()).toEqual([])
  pass(10_000)
  page.show(inFront('b'))
  pass(0)
  page.show(inFront('b', false))
  pass(60_000)
  expect(said()).toEqual(['a looking', 'a looking', 'a gone', 'b looking', 'b gone'])
})

test('a page that is left or closed says so by itself', () => {
  mount(inFront('a'))
  pass(0)
  act(() => void dispatchEvent(new Event('pagehide')))
  expect(said()).toEqual(['a looking', 'a gone'])
})

test('says once that somebody types, however many letters, and when hands rest', () => {
  mount(inFront('a'))
  pass(0)
  for (let letter = 0; letter < 5; letter += 1) act(() => shown.typed())
  pass(4_000)
  pass(0)
  expect(said()).toEqual(['a looking', 'a typing', 'a looking'])
})

test('an answer that says the same as before redraws nothing', () => {
  mount(inFront('a'))
  const hear = (isTyping: boolean) =>
    act(() => tellPresence({ ticketId: 'a', people: [person('mai', isTyping)] }))
  hear(false)
  const before = renders
  hear(false)
  expect(renders).toBe(before)
  hear(true)
  expect(shown.others).toEqual([person('mai', true)])
})

test('a page that nobody sees, or that has no connection, has nothing in front', () => {
  const sight = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  const becomes = (state: 'visible' | 'hidden') => {
    act(() => {
      sight.mockReturnValue(state)
      document.dispatchEvent(new Event('visibilitychange'))
    })
    pass(0)
  }

  mount(inFront('a'))
  expect(said()).toEqual([])
  becomes('visible')
  becomes('hidden')
  expect(said()).toEqual(['a looking', 'a gone'])
  becomes('visible')
  act(() => tell({ type: 'connection', status: 'disconnected' }))
  pass(0)
  expect(said().slice(2)).toEqual(['a looking', 'a gone'])
  sight.mockRestore()
})

test('shows the others at the ticket in front, whatever is told of the ticket of another tab', async () => {
  vi.useRealTimers()
  const people = [person('me'), person('mai', true)]
  service.answer('POST /api/tickets/a/presence', { body: { ticketId: 'a', people } })
  mount(inFront('a'))
  await settle()
  expect(shown.others).toEqual([person('mai', true)])
  act(() => tellPresence({ ticketId: 'b', people: [person('lan')] }))
  expect(shown.others).toEqual([person('mai', true)])
  act(() => tellPresence({ ticketId: 'a', people: [person('me'), person('lan')] }))
  expect(shown.others).toEqual([person('lan')])
})
