import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import type { CallInbox } from '../../scripts/pbx-lab/phone.ts'
import type { SipCall } from '../../scripts/pbx-lab/sip/call.ts'
import type { CallbackView } from '../../server/contract/callbacks.ts'
import { callbackSettingsView } from '../../server/contract/casework/callback-settings.ts'
import { missedCaller } from '../../server/contract/casework/missed.ts'
import { outageView } from '../../server/contract/casework/outages.ts'
import type { ProcessAction } from '../../server/contract/casework/process.ts'
import { pageOf } from '../../server/contract/primitives.ts'
import { queuesSnapshot } from '../../server/contract/queues.ts'
import { closeResult } from '../../server/contract/supervision/steering.ts'
import { type Ticket, ticket as ticketSchema, ticketRow } from '../../server/contract/tickets.ts'
import { eventually } from '../support/eventually.ts'
import type { Listener, Person } from '../support/person.ts'
import { openPromiseDesks, type PromiseDesks } from '../support/promise-desks.ts'

const missedCallers = z.object({ items: z.array(missedCaller) })
const CLOSE = { resolutionCode: 'fixed_on_site', resolution: 'Hàn lại cáp', causeCode: 'fibre_cut' }

let floor: PromiseDesks
let noc: Person
let screen: Listener
let customers = 0

beforeAll(async () => {
  floor = await openPromiseDesks(['101'], { HOTLINE_CONSENT_SECONDS: '20' })
  noc = await floor.hotline.hire('noc', 'noc')
  screen = await floor.desk('101').person.listen()
  const { admin } = floor.hotline
  const settings = await admin.get('/settings/callbacks', callbackSettingsView)
  const order = { ...settings, retries: 2, customerFirstQueue: 'hotline' }
  await admin.send('PUT', '/settings/callbacks', order, callbackSettingsView)
})
afterAll(async () => {
  screen.close()
  await floor.stop()
})

interface Affected {
  number: string
  customer: CallInbox
  ticketId: string
}

/** A customer called about it, and has a ticket. */
async function affected(): Promise<Affected> {
  customers += 1
  const number = `09120010${String(customers).padStart(2, '0')}`
  const customer = await floor.lab.customerPhone({ number, behaviour: 'manual' })
  await floor.become('101', 'ready')
  const call = await floor.lab.placeCall({ from: number })
  await floor.answer(floor.desk('101'))
  const { person } = floor.desk('101')
  const found = await eventually(async () => {
    const { items } = await person.get(`/tickets?q=${number}`, pageOf(ticketRow))
    expect(items).toHaveLength(1)
    return items[0]
  })
  await call.hangup()
  const ticketId = found?.id ?? ''
  await eventually(async () => {
    const [queue] = (await floor.hotline.admin.get('/queues', queuesSnapshot)).queues
    expect(queue?.members.map(({ state }) => state)).toEqual(['ready'])
    // the board counts an answer when it is committed, which may be after the ticket is found
    expect(queue?.today.answered).toBe(queue?.today.offered)
  })
  return { number, customer, ticketId }
}

async function act(by: Person, ticketId: string, action: ProcessAction, input: object = {}) {
  const { version } = await floor.read(ticketId)
  const order = { action, version, ...input }
  return by.send('POST', `/tickets/${ticketId}/actions`, order, ticketSchema)
}

/** These customers' outage begins and ends: each is promised a call at once. */
async function outageOf(ones: readonly Affected[]): Promise<void> {
  const { person } = floor.desk('101')
  const order = { area: 'Cầu Giấy', message: 'Đứt cáp', callbacksPerMinute: 60 }
  const { ticket: parent } = await noc.send('POST', '/outages', order, outageView)
  const parentId = parent?.id ?? ''
  for (const { ticketId } of ones) {
    // oxlint-disable-next-line no-await-in-loop
    await act(person, ticketId, 'skip_guidance', { reason: 'los_red' })
  }
  const link = { ticketIds: ones.map(({ ticketId }) => ticketId) }
  await noc.send('POST', `/outages/${parentId}/link`, link, outageView)
  await act(noc, parentId, 'accept')
  await act(noc, parentId, 'core_fixable', { causeCode: 'fibre_cut' })
  await act(noc, parentId, 'core_done', { note: 'đã hàn' })
  await act(noc, parentId, 'verify', { result: 'ok', testResult: 'ping tốt' })
  await act(person, parentId, 'close', CLOSE)
}

async function promiseOf({ ticketId }: Affected): Promise<CallbackView | undefined> {
  return (await floor.read(ticketId)).callbacks[0]
}

function until(one: Affected, fits: (promise: CallbackView) => boolean): Promise<CallbackView> {
  return eventually(async () => {
    const promise = await promiseOf(one)
    if (promise === undefined || !fits(promise)) {
      throw new Error(`not yet: ${JSON.stringify(promise)}`)
    }
    return promise
  })
}

const isAt = (stage: string) => (promise: CallbackView) => promise.attempts.at(-1)?.stage === stage

/** The customer is rung, answers, and is asked for the key. */
async function askedAt(one: Affected): Promise<SipCall> {
  const call = await one.customer.waitForCall()
  expect(call.caller).toContain('19000382')
  call.answer()
  await until(one, isAt('consenting'))
  return call
}

async function tickets(number: string): Promise<Ticket['id'][]> {
  const { items } = await floor.hotline.admin.get(`/tickets?q=${number}`, pageOf(ticketRow))
  return items.map(({ id }) => id)
}

test('the end of an outage rings its customers, one per free agent; who presses 1 is put through', async () => {
  const first = await affected()
  const second = await affected()
  const { admin } = floor.hotline
  const before = (await admin.get('/queues', queuesSnapshot)).queues[0]?.today
  await outageOf([first, second])
  const atFirst = await askedAt(first)
  expect(second.customer.calls).toEqual([])
  expect(floor.desk('101').phone.calls).toHaveLength(2)
  expect(await until(second, ({ waitingFor }) => waitingFor === 'agent')).toMatchObject({
    attempts: [],
  })

  await atFirst.press('1')
  const atAgent = await floor.desk('101').phone.waitForCall()
  expect(atAgent.caller).toContain(first.number)
  const ringing = ({ stage, ticket }: { stage: string; ticket: { id: string } | null }) =>
    stage === 'ringing' && ticket?.id === first.ticketId
  expect(await screen.waitFor('screen_pop', ringing)).toMatchObject({
    call: { number: { raw: first.number } },
    promise: { callbackId: (await promiseOf(first))?.id },
  })
  expect(await until(first, isAt('customer_waiting'))).toMatchObject({
    attempts: [{ extension: '' }],
  })
  atAgent.answer()
  expect(await until(first, isAt('talking'))).toMatchObject({
    assignee: { displayName: 'agent101' },
    attempts: [{ extension: '101' }],
  })
  await atFirst.hangup()
  expect(await until(first, ({ status }) => status === 'done')).toMatchObject({
    verdict: 'kept',
    attempts: [{ outcome: 'reached', extension: '101' }],
  })
  expect(await tickets(first.number)).toEqual([first.ticketId])
  const { calls } = await floor.read(first.ticketId)
  expect(calls.map(({ agents }) => agents)).toEqual([['agent101'], ['agent101']])

  // The agent is free again, and the second one's turn comes; nobody presses there.
  await floor.tune('HOTLINE_CONSENT_SECONDS', '1')
  await askedAt(second)
  expect(await until(second, ({ attempts }) => attempts[0]?.outcome != null)).toMatchObject({
    status: 'scheduled',
    verdict: 'kept',
    awaits: null,
    attempts: [{ outcome: 'not_accepted', extension: '' }],
  })
  await floor.tune('HOTLINE_CONSENT_SECONDS', '20')
  expect(floor.desk('101').phone.calls).toHaveLength(3)
  expect((await admin.get('/queues', queuesSnapshot)).queues[0]?.today).toEqual(before)
})

test('who presses 1 and hangs up before an agent comes is tried again, and is no missed caller', async () => {
  const one = await affected()
  const { admin } = floor.hotline
  const before = (await admin.get('/queues', queuesSnapshot)).queues[0]?.today
  await outageOf([one])
  const atCustomer = await askedAt(one)
  await atCustomer.press('1')
  await floor.desk('101').phone.waitForCall()
  await until(one, isAt('customer_waiting'))
  await atCustomer.hangup()
  const left = await until(one, ({ attempts }) => attempts[0]?.outcome != null)
  expect(left).toMatchObject({
    status: 'scheduled',
    verdict: 'kept',
    awaits: null,
    attempts: [{ outcome: 'left_waiting', extension: '', talkSeconds: null }],
  })
  const retryMs = Date.parse(left.dueAt) - Date.parse(left.attempts[0]?.endedAt ?? '')
  expect(retryMs).toBe(5 * 60_000)
  expect(await admin.get('/missed', missedCallers)).toEqual({ items: [] })
  expect((await admin.get('/queues', queuesSnapshot)).queues[0]?.today).toEqual(before)
  await floor.hotline.shift(retryMs)
  await floor.confirm({ ...one, desk: floor.desk('101'), dueMs: 0 })
  const again = await one.customer.waitForCall()
  again.answer()
  await until(one, isAt('talking'))
  await again.hangup()
  expect(await until(one, ({ status }) => status === 'done')).toMatchObject({
    attempts: [{ outcome: 'left_waiting' }, { outcome: 'reached', extension: '101' }],
  })
})

test('who pressed 1 and waits in a queue that is closed hears that we call again, and the promise goes on', async () => {
  const chi = await floor.hotline.hire('chi', 'supervisor')
  const one = await affected()
  await outageOf([one])
  const atCustomer = await askedAt(one)
  await atCustomer.press('1')
  const atAgent = await floor.desk('101').phone.waitForCall()
  await until(one, isAt('customer_waiting'))
  const waiting = await eventually(async () => {
    const [queue] = (await chi.get('/queues', queuesSnapshot)).queues
    expect(queue?.waiting).toHaveLength(1)
    return queue?.waiting[0]
  })
  const send = `/queues/hotline/waiting/${waiting?.uniqueid}/send`
  const order = { staffId: floor.desk('101').person.user.id, reason: 'khách gấp' }
  await expect(chi.send('POST', send, order, z.unknown())).rejects.toThrow('called_first')
  const closing = chi.send('POST', '/queues/hotline/close', { reason: 'hết ca' }, closeResult)
  atAgent.reject(486)
  expect(await closing).toEqual({ promised: 1, stayed: 0, unheard: 0 })
  await eventually(async () =>
    expect(await floor.lab.cli('core show channels concise')).toContain('hotline/hold-closed&'),
  )
  await atCustomer.hangup()
  expect(await until(one, ({ attempts }) => attempts[0]?.outcome != null)).toMatchObject({
    status: 'scheduled',
    attempts: [{ outcome: 'left_waiting', extension: '' }],
  })
  expect(await chi.get('/missed', missedCallers)).toEqual({ items: [] })
})

test('nobody is rung while no agent is free; a service killed before the agent’s answer doubles nothing', async () => {
  const one = await affected()
  await floor.become('101', 'offline')
  await outageOf([one])
  await until(one, ({ waitingFor }) => waitingFor === 'agent')
  expect(one.customer.calls).toEqual([])
  await floor.become('101', 'ready')
  const atCustomer = await askedAt(one)
  await floor.hotline.kill()
  await atCustomer.press('1')
  const atAgent = await floor.desk('101').phone.waitForCall()
  atAgent.answer()
  await floor.hotline.start()
  expect(await until(one, isAt('talking'))).toMatchObject({
    status: 'dialing',
    assignee: { displayName: 'agent101' },
    attempts: [{ extension: '101' }],
  })
  await atCustomer.hangup()
  expect(await until(one, ({ status }) => status === 'done')).toMatchObject({
    verdict: 'kept',
    attempts: [{ outcome: 'reached', extension: '101' }],
  })
  expect(one.customer.calls).toHaveLength(1)
  expect(await tickets(one.number)).toEqual([one.ticketId])
})

test('what a dead service heard nothing of is in the journal: the talk, and who talked', async () => {
  const one = await affected()
  await outageOf([one])
  const atCustomer = await askedAt(one)
  await floor.hotline.kill()
  await atCustomer.press('1')
  const mark = floor.lab.ami.mark()
  await floor.answer(floor.desk('101'))
  await floor.lab.ami.waitFor({ Event: 'AgentConnect' }, mark)
  await atCustomer.hangup()
  await floor.lab.ami.waitFor({ Event: 'AgentComplete' }, mark)
  await floor.hotline.start()
  expect(await until(one, ({ status }) => status === 'done')).toMatchObject({
    assignee: { displayName: 'agent101' },
    attempts: [{ outcome: 'reached', extension: '101' }],
  })
  expect(one.customer.calls).toHaveLength(1)
})

test('who presses 1 comes before callers who wait already, who come after', async () => {
  const desk = floor.desk('101')
  const one = await affected()
  await outageOf([one])
  const atCustomer = await one.customer.waitForCall()
  const talking = await floor.lab.placeCall({ from: '0912001099' })
  await floor.answer(desk)
  const waiting = await floor.lab.placeCall({ from: '0912001098' })
  await eventually(async () => {
    const [queue] = (await floor.hotline.admin.get('/queues', queuesSnapshot)).queues
    expect(queue?.waiting.map(({ number }) => number.raw)).toEqual(['0912001098'])
  })
  atCustomer.answer()
  await until(one, isAt('consenting'))
  await atCustomer.press('1')
  await until(one, isAt('customer_waiting'))
  await talking.hangup()
  const next = await desk.phone.waitForCall()
  expect(next.caller).toContain(one.number)
  next.answer()
  await until(one, isAt('talking'))
  await atCustomer.hangup()
  expect((await desk.phone.waitForCall()).caller).toContain('0912001098')
  await waiting.hangup()
  expect(await until(one, ({ status }) => status === 'done')).toMatchObject({ verdict: 'kept' })
})
