import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { callbackView } from '../../server/contract/callbacks.ts'
import { deskSnapshot } from '../../server/contract/desk.ts'
import type { ProcessAction } from '../../server/contract/casework/process.ts'
import { type Ticket, ticket as ticketSchema } from '../../server/contract/tickets.ts'
import { become } from '../support/agent-state.ts'
import { type LabHotline, startLabHotline } from '../support/lab-hotline.ts'
import type { Listener, Person } from '../support/person.ts'
import { createShiftedClock } from '../support/shifted-clock.ts'

const CUSTOMER = '0912345678'
const HALF_AN_HOUR_MS = 30 * 60_000
/** An answered call of this length says that somebody was spoken to. */
const SPOKEN_MS = 10_000

let labHotline: LabHotline
let lan: Person
let desk: Listener
const clock = createShiftedClock()

beforeAll(async () => {
  labHotline = await startLabHotline(
    { lan: '101' },
    { clock, env: { SHORTEST_TALK_SECONDS: String(SPOKEN_MS / 1000) } },
  )
  lan = labHotline.deskOf('lan').person
  desk = await lan.listen()
  await become(lan, desk, 'ready')
})
afterAll(async () => {
  desk.close()
  await labHotline.stop()
})

const read = (id: string): Promise<Ticket> => lan.get(`/tickets/${id}`, ticketSchema)

async function act<S extends z.ZodType>(
  id: string,
  action: ProcessAction,
  input: object,
  answer: S,
): Promise<z.output<S>> {
  const { version } = await read(id)
  return lan.send('POST', `/tickets/${id}/actions`, { action, version, ...input }, answer)
}

const step = (id: string, action: ProcessAction, input: object = {}): Promise<Ticket> =>
  act(id, action, input, ticketSchema)

/** A customer calls the hotline, lan answers, and they hang up: the ticket that it opened. */
async function calledIn(): Promise<string> {
  const { lab } = labHotline
  const call = await lab.placeCall({ from: CUSTOMER })
  const atAgent = await labHotline.deskOf('lan').phone.waitForCall()
  atAgent.answer()
  const pop = await desk.waitFor('screen_pop', ({ stage }) => stage === 'answered')
  await call.hangup()
  await desk.waitFor('call_updated', ({ id, status }) => id === pop.call.id && status === 'ended')
  return pop.ticket?.id ?? 'none'
}

test('from a SIP call to closed: answered, guided, promised, called back by the PBX, confirmed', async () => {
  const { lab } = labHotline
  const { phone } = labHotline.deskOf('lan')
  const id = await calledIn()
  expect(await read(id)).toMatchObject({ status: 'new', channel: 'hotline' })

  await step(id, 'start_guidance', { category: 'NO_INTERNET', identityUnknown: true })
  const steps = { NO_INTERNET_1: { answer: 'ok' } }
  const guided = await step(id, 'save_guidance', { result: 'ok', steps })
  expect(guided.status).toBe('callback_due')
  expect(guided.callbacks).toMatchObject([{ status: 'scheduled' }])

  const customer = await lab.customerPhone({ number: CUSTOMER, behaviour: 'manual' })
  clock.shift(HALF_AN_HOUR_MS)
  const atAgent = await phone.waitForCall()
  atAgent.answer()
  await desk.waitFor('callback_updated', ({ attempts }) => attempts[0]?.stage === 'confirming')
  await atAgent.press('1')
  const atCustomer = await customer.waitForCall()
  expect(atCustomer.caller).toContain('19000382')
  atCustomer.answer()
  await desk.waitFor('callback_updated', ({ attempts }) => attempts[0]?.stage === 'talking')
  await expect(act(id, 'callback_result', { result: 'ok' }, z.unknown())).rejects.toMatchObject({
    status: 422,
  })
  await delay(SPOKEN_MS + 1500)
  await atCustomer.hangup()
  await desk.waitFor('callback_updated', ({ status }) => status === 'done')
  await labHotline.hotline.service.idle()

  const { awaiting } = await lan.get('/desk', deskSnapshot)
  const [promise] = awaiting
  expect(promise?.awaits?.words).toEqual(['solved', 'unsolved', 'not_reached'])
  const word = { version: promise?.version, outcome: 'reached', result: 'ok' }
  await lan.send('POST', `/callbacks/${promise?.id}/outcome`, word, callbackView)
  expect((await read(id)).status).toBe('confirmed')
  const codes = { resolutionCode: 'guided_by_phone', causeCode: 'power' }
  const closed = await step(id, 'close', { ...codes, resolution: 'khởi động lại modem' })
  expect(closed.status).toBe('closed')
  expect(closed.callbacks).toMatchObject([{ status: 'done', attempts: [{ outcome: 'reached' }] }])
  expect(closed.calls.map(({ direction }) => direction).toSorted()).toEqual(['callback', 'inbound'])
  expect(closed.clocks.filter(({ stoppedAt }) => stoppedAt === null)).toEqual([])
  const moved = closed.timeline.filter(({ kind }) => kind === 'moved')
  expect(moved.map(({ fields }) => fields['action'])).toEqual([
    'start_guidance',
    'save_guidance',
    'callback_result',
    'close',
  ])
  expect(new Set(moved.map(({ actor }) => actor?.id))).toEqual(new Set([lan.user.id]))
})
