import { afterAll, beforeAll, expect, test } from 'vitest'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { missedCaller } from '../../server/contract/casework/missed.ts'
import { ticket } from '../../server/contract/tickets.ts'
import { become } from '../support/agent-state.ts'
import { type LabHotline, startLabHotline } from '../support/lab-hotline.ts'
import type { Listener, Person } from '../support/person.ts'
import { createShiftedClock } from '../support/shifted-clock.ts'

const CUSTOMER = '0912345678'
const HALF_AN_HOUR_MS = 30 * 60_000
/** Whole seconds are counted. */
const SPOKEN_MS = 2_000

let labHotline: LabHotline
let lan: Person
let desk: Listener
const clock = createShiftedClock()

beforeAll(async () => {
  labHotline = await startLabHotline(
    { lan: '101' },
    {
      clock,
      queues: { maxlen: '1' },
      env: { SHORTEST_TALK_SECONDS: '1', CALLBACK_HOURS: '00:00-24:00' },
    },
  )
  lan = labHotline.deskOf('lan').person
  desk = await lan.listen()
  await become(lan, desk, 'ready')
})
afterAll(async () => {
  desk.close()
  await labHotline.stop()
})

const missed = async () => {
  const { items } = await lan.get('/missed', z.object({ items: z.array(missedCaller) }))
  return items
}

test('who gives up in the queue is called back by who is free; the ticket opens when they talk', async () => {
  const { lab } = labHotline
  const { phone } = labHotline.deskOf('lan')
  const customer = await lab.customerPhone({ number: CUSTOMER, behaviour: 'manual' })
  const call = await lab.placeCall({ from: CUSTOMER })
  await phone.waitForCall()
  await call.hangup()
  const made = await desk.waitFor('callback_updated', ({ reason }) => reason === 'missed')
  expect(made).toMatchObject({ ticket: null, assignee: null, number: { raw: CUSTOMER } })
  expect(await missed()).toMatchObject([{ queue: 'hotline', calls: 1, promise: { id: made.id } }])

  clock.shift(HALF_AN_HOUR_MS)
  const atLan = await phone.waitForCall()
  expect(await missed()).toMatchObject([{ promise: { assignee: { displayName: 'lan' } } }])
  atLan.answer()
  await desk.waitFor('callback_updated', ({ attempts }) => attempts[0]?.stage === 'confirming')
  await atLan.press('1')
  const atCustomer = await customer.waitForCall()
  const pop = desk.waitFor('screen_pop', ({ ticket: shown }) => shown !== null)
  atCustomer.answer()
  const opened = await pop
  await delay(SPOKEN_MS)
  await atCustomer.hangup()
  const kept = await desk.waitFor(
    'callback_updated',
    ({ id, status }) => id === made.id && status === 'done',
  )
  expect(kept.ticket?.id).toBe(opened.ticket?.id)
  const read = await lan.get(`/tickets/${kept.ticket?.id}`, ticket)
  expect(read).toMatchObject({
    channel: 'hotline',
    recovered: false,
    number: { raw: CUSTOMER },
    calls: [{ id: opened.call.id, agents: ['lan'] }],
  })
  expect(await missed()).toEqual([])
})

test('whom a full queue refuses is promised a call at once, and once, whatever the journal says again', async () => {
  const { lab, hotline } = labHotline
  const { phone } = labHotline.deskOf('lan')
  const first = await lab.placeCall({ from: '0912345679' })
  const atLan = await phone.waitForCall()
  const refused = await lab.placeCall({ from: '0912345670' })
  expect(await refused.outcome).toMatchObject({ by: 'them', wasUp: true })
  const goneMs = clock.nowMs()
  const made = await desk.waitFor('callback_updated', ({ number }) => number.raw === '0912345670')
  expect(made).toMatchObject({ reason: 'missed', ticket: null, status: 'scheduled' })
  // The next check of what nobody heard comes within a minute.
  expect(Date.parse(made.createdAt) - goneMs).toBeLessThan(5_000)
  atLan.answer()
  await first.hangup()

  await hotline.restart()
  await hotline.ready()
  const missedOf = (await missed()).filter(({ number }) => number.raw === '0912345670')
  expect(missedOf).toMatchObject([{ queue: 'hotline', calls: 1, promise: { id: made.id } }])
})
