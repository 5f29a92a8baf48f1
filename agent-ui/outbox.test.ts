import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AS_PERSON } from '#contract/staff.ts'
import type { Ticket } from '#contract/tickets.ts'
import { openOutbox, putIntoOutbox, sendOutbox } from './outbox.ts'
import { readOutbox } from './state/outbox.ts'
import { aProblem, fakeService } from './test-support/fake-service.ts'
import type { FakeService } from './test-support/fake-service.ts'
import { aTicket, anOffer } from './test-support/samples.ts'
import { loadTexts } from './test-support/texts.ts'

const ACT = 'POST /api/tickets/t1/actions'
const READ = 'GET /api/tickets/t1'
const ticket = aTicket({ id: 't1', code: 'KN-1', version: 4 })
const step = {
  kind: 'act',
  action: 'field_done',
  version: 4,
  input: { conclusion: 'Thay dây' },
} as const
let service: FakeService
let close: () => void
const sent: Ticket[] = []

beforeEach(() => {
  loadTexts()
  localStorage.clear()
  sent.length = 0
  service = fakeService()
  close = openOutbox('kt')
})
afterEach(() => {
  close()
  vi.unstubAllGlobals()
})

const kept = () => readOutbox(JSON.parse(localStorage.getItem('hotline.outbox.kt') ?? '[]'))
const send = () => sendOutbox('kt', (one) => sent.push(one))
const asked = () => service.asked.map(({ method, path }) => `${method} ${path}`)
const moved = (at: string) =>
  aTicket({
    id: 't1',
    timeline: [
      {
        id: 'l1',
        at,
        kind: 'moved',
        actor: { id: 'kt', displayName: 'KT' },
        note: 'Thay dây',
        fields: { action: 'field_done' },
      },
    ],
  })

test('without a connection a deed is kept, for its own person alone, and sent when it is back', async () => {
  putIntoOutbox('kt', ticket, step)
  await send()
  expect(kept()).toMatchObject([{ ticketId: 't1', step, isTried: true, refusal: null }])
  expect(localStorage.getItem('hotline.outbox.other')).toBeNull()
  service.answer(READ, { body: ticket })
  service.answer(ACT, { body: ticket })
  await send()
  expect(kept()).toEqual([])
  expect(sent).toHaveLength(1)
  expect(service.asked.at(-1)?.body).toEqual({
    action: 'field_done',
    version: 4,
    conclusion: 'Thay dây',
  })
})

test('what arrived without an answer is not done a second time', async () => {
  putIntoOutbox('kt', ticket, step)
  await send()
  service.answer(READ, { body: moved('2199-01-01T00:00:00.000Z') })
  service.answer(ACT, { body: ticket })
  await send()
  expect(kept()).toEqual([])
  expect(asked().filter((one) => one === ACT)).toHaveLength(1)
})

test('a word that somebody wrote meanwhile is no obstacle while the step is still offered', async () => {
  let version = 0
  vi.stubGlobal('fetch', (path: string, init: { method: string; body: string }) => {
    if (init.method === 'GET') {
      const offered = { ...ticket, version: 6, actions: [anOffer({ action: 'field_done' })] }
      return Promise.resolve(Response.json(offered))
    }
    ;({ version } = JSON.parse(init.body))
    return Promise.resolve(
      version === 6 ? Response.json(ticket) : Response.json({ title: path }, { status: 409 }),
    )
  })
  putIntoOutbox('kt', ticket, step)
  await send()
  expect([version, kept()]).toEqual([6, []])
})

test('a deed waits for its own person while somebody else is signed in on the phone', async () => {
  const errors = [{ path: '', message: 'somebody else', code: 'other_person' }]
  const problem = { type: 'about:blank', title: 'Conflict', status: 409, detail: '', errors }
  const whose: unknown[] = []
  vi.stubGlobal('fetch', (_path: string, init: RequestInit) => {
    whose.push(new Headers(init.headers).get(AS_PERSON))
    return Promise.resolve(Response.json(problem, { status: 409 }))
  })
  putIntoOutbox('kt', ticket, step)
  putIntoOutbox('kt', ticket, { kind: 'note', note: 'Đã đến' })
  await send()
  expect(whose).toEqual(['kt'])
  expect(kept().map(({ refusal }) => refusal)).toEqual([null, null])
})

test('a refusal stays with its words, and what comes after it is sent', async () => {
  service.answer(READ, { body: { ...ticket, actions: [] } })
  service.answer(ACT, aProblem(409))
  service.answer('POST /api/tickets/t1/notes', { body: ticket, status: 201 })
  putIntoOutbox('kt', ticket, step)
  putIntoOutbox('kt', ticket, { kind: 'note', note: 'Đã đến' })
  await send()
  expect(kept()).toMatchObject([{ step, refusal: expect.stringMatching(/\S/) }])
  expect(sent).toHaveLength(1)
})

test('what is done first is sent first: nothing overtakes a deed that waits', async () => {
  service.answer('POST /api/tickets/t1/notes', { body: ticket, status: 201 })
  putIntoOutbox('kt', ticket, step)
  putIntoOutbox('kt', ticket, { kind: 'note', note: 'Đã đến' })
  await send()
  expect(asked()).toEqual([ACT])
  expect(kept()).toHaveLength(2)
})
